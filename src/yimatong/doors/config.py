"""Settings, from the environment (`YIMATONG_…`), and their meaning."""

from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from yimatong.kernel.errors import Misconfigured, Problem, Where


class Config(BaseSettings):
    """Every setting there is; `docs/reference/settings.md` lists them (a test compares)."""

    model_config = SettingsConfigDict(env_prefix="YIMATONG_", extra="ignore")

    database_url: str | None = Field(
        default=None, description="PostgreSQL to use; without it the embedded one is started."
    )
    data_dir: Path = Field(
        default=Path(".data"), description="Folder of the embedded database and the key file."
    )
    keys_file: Path | None = Field(
        default=None, description="Secret key file; default: keys.toml in the data folder."
    )
    host: str = Field(default="127.0.0.1", description="Address the server listens on.")
    port: int = Field(default=8000, description="Port the server listens on.", ge=0, le=65535)
    secure_cookies: bool = Field(
        default=True, description="Cookies only over HTTPS; switch off only on one's own machine."
    )
    accept_keys: Literal["production", "test", "demo"] = Field(
        default="production", description="Purpose of the issuer keys that codes are accepted of."
    )
    public_url: str = Field(
        default="http://127.0.0.1:8000",
        description="Address that SMS lead to, without a slash at the end.",
        pattern=r"^https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._-]+)*$",
        max_length=100,
    )
    sms_file: Path | None = Field(
        default=None, description="File of the SMS gateway; without it SMS stay in the outbox."
    )
    demo: bool = Field(default=False, description="Shows the demo's pages; never in production.")

    @classmethod
    def read(cls) -> Self:
        """The settings of the environment; Misconfigured with each that cannot be used."""
        try:
            return cls()
        except ValidationError as error:
            raise Misconfigured(*map(_problem, error.errors())) from None

    @property
    def keys_path(self) -> Path:
        return self.keys_file or self.data_dir / "keys.toml"


def _problem(found: Any) -> Problem:
    setting = f"YIMATONG_{'_'.join(map(str, found['loc'])).upper()}"
    return Problem("doors.setting", Where(key=setting), {"reason": found["msg"]})
