"""The other apps that residents may log in by, as the settings have them; none by default."""

import base64
import binascii
from pathlib import Path

import httpx
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from yimatong.doors.config import Config
from yimatong.entrances.alipay import Alipay
from yimatong.entrances.model import App, Apps
from yimatong.entrances.wechat import WeChat
from yimatong.kernel.clock import Clock
from yimatong.kernel.errors import Misconfigured, Where


def apps_of(config: Config, clock: Clock, http: httpx.AsyncClient) -> Apps:
    """Those whose id is set. Misconfigured where a file that one needs is not named, cannot be
    read, or holds no such key."""
    found: list[App] = []
    if config.wechat_app_id:
        secret = _read("wechat_secret_file", config.wechat_secret_file).decode().strip()
        urls = config.wechat_authorize_url, config.wechat_token_url
        found.append(WeChat(config.wechat_app_id, secret, *urls, http))
    if config.alipay_app_id:
        ours, theirs = _private(config.alipay_key_file), _public(config.alipay_public_key_file)
        to, gateway = config.alipay_authorize_url, config.alipay_gateway_url
        found.append(Alipay(config.alipay_app_id, ours, theirs, to, gateway, http, clock))
    return Apps(found)


def _read(setting: str, path: Path | None) -> bytes:
    where = Where(key=f"YIMATONG_{setting.upper()}")
    if path is None:
        raise Misconfigured.of("doors.app_file", where)
    try:
        return path.read_bytes()
    except OSError as error:
        raise Misconfigured.of("doors.setting", where, reason=error.strerror) from None


def _private(path: Path | None) -> RSAPrivateKey:
    content, setting = _read("alipay_key_file", path), "alipay_key_file"
    try:
        if content.startswith(b"-----"):
            key = serialization.load_pem_private_key(content, None)
        else:
            key = serialization.load_der_private_key(_bare(content), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _no_key(setting) from None
    if not isinstance(key, RSAPrivateKey):
        raise _no_key(setting)
    return key


def _public(path: Path | None) -> RSAPublicKey:
    content, setting = _read("alipay_public_key_file", path), "alipay_public_key_file"
    try:
        if content.startswith(b"-----"):
            key = serialization.load_pem_public_key(content)
        else:
            key = serialization.load_der_public_key(_bare(content))
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise _no_key(setting) from None
    if not isinstance(key, RSAPublicKey):
        raise _no_key(setting)
    return key


def _bare(content: bytes) -> bytes:
    """A key as Alipay's own tool writes it: base64 without the lines around it."""
    try:
        return base64.b64decode(content, validate=False)
    except binascii.Error as error:
        raise ValueError from error


def _no_key(setting: str) -> Misconfigured:
    return Misconfigured.of("doors.app_key", Where(key=f"YIMATONG_{setting.upper()}"))
