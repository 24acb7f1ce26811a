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
    public_url: str | None = Field(
        default=None,
        description="Address by which people reach the product, without a slash at the end: on"
        " posters, in SMS, for other apps.",
        pattern=r"^https?://[A-Za-z0-9.:\[\]-]+$",
        max_length=100,
    )
    wechat_app_id: str | None = Field(
        default=None, description="Id of the WeChat official account; without it no such log-in."
    )
    wechat_secret_file: Path | None = Field(
        default=None, description="File with the official account's secret."
    )
    wechat_authorize_url: str = Field(
        default="https://open.weixin.qq.com/connect/oauth2/authorize",
        description="Where WeChat asks the person.",
    )
    wechat_token_url: str = Field(
        default="https://api.weixin.qq.com/sns/oauth2/access_token",
        description="Where WeChat says who it was.",
    )
    alipay_app_id: str | None = Field(
        default=None, description="Id of the Alipay application; without it no such log-in."
    )
    alipay_key_file: Path | None = Field(
        default=None, description="File with our own RSA2 private key."
    )
    alipay_public_key_file: Path | None = Field(
        default=None, description="File with Alipay's RSA2 public key for the application."
    )
    alipay_authorize_url: str = Field(
        default="https://openauth.alipay.com/oauth2/publicAppAuthorize.htm",
        description="Where Alipay asks the person.",
    )
    alipay_gateway_url: str = Field(
        default="https://openapi.alipay.com/gateway.do",
        description="Where Alipay says who it was.",
    )
    scenes_dir: Path | None = Field(
        default=None,
        description="Folder with further scenes, one TOML file each; default: scenes in the data"
        " folder.",
    )
    accept_keys: Literal["production", "test", "demo"] = Field(
        default="production", description="Purpose of the issuer keys that codes are accepted of."
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
    def address(self) -> str:
        """What links in SMS begin with; without a public one, that of this very server."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def scenes_path(self) -> Path:
        return self.scenes_dir or self.data_dir / "scenes"

    @property
    def keys_path(self) -> Path:
        return self.keys_file or self.data_dir / "keys.toml"


def _problem(found: Any) -> Problem:
    setting = f"YIMATONG_{'_'.join(map(str, found['loc'])).upper()}"
    return Problem("doors.setting", Where(key=setting), {"reason": found["msg"]})
