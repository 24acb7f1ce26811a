"""What goes out, and by whom."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import IntEnum
from typing import Protocol
from uuid import UUID

import msgspec

from yimatong.kernel.clock import SHANGHAI
from yimatong.kernel.words import Language

QUIET_FROM, QUIET_TO = time(22), time(7)
"""Of a night in Shanghai, in which what can wait wakes nobody."""


class Rank(IntEnum):
    """What goes first: somebody waits for a code; a reminder or invitation can wait till day."""

    CODE = 0
    CHANGE = 1
    GENTLE = 2


TEXTS: Mapping[str, Rank] = {
    "messages.text.login_code": Rank.CODE,
    "messages.text.join": Rank.CODE,
    "messages.text.family_adult": Rank.CODE,
    "messages.text.family_child": Rank.CODE,
    "messages.text.deletion": Rank.CODE,
    "messages.text.changed": Rank.CHANGE,
    "messages.text.changed_family": Rank.CHANGE,
    "messages.text.place_open": Rank.CHANGE,
    "messages.text.place_refused": Rank.CHANGE,
    "messages.text.purchase": Rank.CHANGE,
    "messages.text.lapses": Rank.GENTLE,
    "messages.text.lapses_family": Rank.GENTLE,
    "messages.text.declare": Rank.GENTLE,
    "messages.text.declare_family": Rank.GENTLE,
    "messages.text.invite_return": Rank.GENTLE,
    "messages.text.invite_declare": Rank.GENTLE,
    "messages.text.invite_register": Rank.GENTLE,
}
"""Every text there is, by its key in words.toml; a provider knows each as a template."""


class Sms(msgspec.Struct, frozen=True):
    """A message of the outbox, opened. `phone` in E.164. `sent_at` None: not sent (yet)."""

    id: UUID
    phone: str
    text: str
    created_at: datetime
    sent_at: datetime | None


class Letter(msgspec.Struct, frozen=True):
    """What a gateway is handed: the text as it reads, and what it was made of.

    Providers in China carry no free text: they are told the template that was approved, and
    what to fill in, in the order of `params`.
    """

    phone: str
    text: str
    key: str
    language: Language
    params: dict[str, str]


class Wish(msgspec.Struct, frozen=True):
    """What the owner of a number wants by SMS beside codes and changes of colour, which always
    come."""

    reminders: bool = True
    invitations: bool = True
    language: Language = "zh"


class NotCarried(OSError):
    """A provider said no, or did not answer. `code` is its own word for why, no more."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Gateway(Protocol):
    """Hands an SMS to whoever carries it; raises OSError where that did not succeed."""

    async def send(self, letter: Letter) -> None: ...


class OutboxGateway:
    """Carries nothing anywhere: the outbox itself is the proof. For demo and tests."""

    async def send(self, letter: Letter) -> None:
        """The table has it already."""


def awake(moment: datetime) -> datetime:
    """The moment itself, or where it lies in the night, the end of that night."""
    here = moment.astimezone(SHANGHAI)
    if QUIET_TO <= here.time() < QUIET_FROM:
        return moment
    day = here.date() + timedelta(days=here.time() >= QUIET_FROM)
    return datetime.combine(day, QUIET_TO, SHANGHAI)
