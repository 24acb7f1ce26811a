"""The file that says who carries SMS: `YIMATONG_SMS_FILE`, TOML. It holds a secret."""

import tomllib
from pathlib import Path
from typing import Literal

import msgspec

from yimatong.kernel.errors import Misconfigured, Where
from yimatong.kernel.words import Language
from yimatong.messages.model import TEXTS, Letter

PREFIX = "messages.text."


class Account(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """With a provider: credentials, the registered signature, and by language the provider's
    code of each text's template. English ones may be left out: then Chinese is sent.

    `app` and `area` are Tencent's SdkAppId and region. `per_second`: at most so many a second.
    """

    provider: Literal["aliyun", "tencent"]
    key_id: str
    key_secret: str
    signature: str
    templates: dict[Language, dict[str, str]]
    address: str = ""
    app: str = ""
    area: str = "ap-guangzhou"
    per_second: int = 20

    def __repr__(self) -> str:
        return f"<Account {self.provider}>"

    def template(self, letter: Letter) -> str:
        """The provider's code of the letter's template."""
        name = letter.key.removeprefix(PREFIX)
        return self.templates.get(letter.language, {}).get(name) or self.templates["zh"][name]


def read_account(path: Path) -> Account:
    """Misconfigured where the file cannot be read, a field is wrong or a template is missing."""
    where = Where(file=str(path))
    try:
        account = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Account)
    except (OSError, ValueError) as error:  # of TOML, UTF-8 and msgspec as well
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise Misconfigured.of("messages.file.unreadable", where, reason=reason) from None
    known = account.templates.get("zh", {})
    if lacking := [name for name in names() if not known.get(name)]:
        raise Misconfigured.of("messages.file.templates", where, lacking=", ".join(lacking))
    if account.provider == "tencent" and not account.app:
        raise Misconfigured.of("messages.file.app", where)
    if not 1 <= account.per_second <= 1000:
        raise Misconfigured.of("messages.file.per_second", where)
    return account


def names() -> list[str]:
    """Of every text, as the file calls it: `login_code`."""
    return [key.removeprefix(PREFIX) for key in TEXTS]
