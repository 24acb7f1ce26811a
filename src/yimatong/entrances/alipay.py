"""Logging in by Alipay, silently: scope `auth_base`, then `alipay.system.oauth.token`.

Both sides sign with RSA2 (RSASSA-PKCS1-v1_5 with SHA-256). We sign all parameters in order of
their names; Alipay signs the bytes of the object under `…_response` as they stand in the answer.
"""

import base64
import binascii
from dataclasses import dataclass, field
from json import JSONDecodeError, JSONDecoder
from typing import Any
from urllib.parse import urlencode

import httpx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from yimatong.entrances.fetching import fetch, fields, text
from yimatong.entrances.model import Failed, Failure
from yimatong.kernel.clock import Clock
from yimatong.people.links import Channel

_METHOD = "alipay.system.oauth.token"
_ANSWER = '"alipay_system_oauth_token_response"'
_CODE_ERRORS = frozenset({"isv.code-invalid", "isv.code-is-used", "isv.code-expired"})
_BUSY = frozenset({"20000", "40005"})
"""Service unavailable, called too often."""


@dataclass(frozen=True, slots=True)
class Alipay:
    """The web or mini-program application of this installation."""

    app_id: str
    key: RSAPrivateKey = field(repr=False)
    alipay_key: RSAPublicKey = field(repr=False)
    authorize_url: str
    gateway_url: str
    http: httpx.AsyncClient = field(repr=False)
    clock: Clock
    channel: Channel = Channel.ALIPAY
    code_field: str = "auth_code"

    def ask(self, back: str, state: str) -> str:
        asked = {"app_id": self.app_id, "scope": "auth_base", "redirect_uri": back, "state": state}
        return f"{self.authorize_url}?{urlencode(asked)}"

    async def identify(self, code: str) -> str:
        body = await fetch(self.http, "POST", self.gateway_url, data=self._signed(code))
        answer = fields(body)
        if isinstance(error := answer.get("error_response"), dict):
            raise Failed(_why(error))
        self._verify(body, answer.get("sign"))
        told = answer["alipay_system_oauth_token_response"]
        if not isinstance(told, dict):
            raise Failed(Failure.BROKEN)
        return f"{self.app_id}:{text(told, 'open_id', 'user_id')}"

    def _signed(self, code: str) -> dict[str, str]:
        sent = {
            "app_id": self.app_id,
            "charset": "utf-8",
            "code": code,
            "format": "JSON",
            "grant_type": "authorization_code",
            "method": _METHOD,
            "sign_type": "RSA2",
            "timestamp": self.clock.now().strftime("%Y-%m-%d %H:%M:%S"),
            "version": "1.0",
        }
        signature = self.key.sign(to_sign(sent), PKCS1v15(), SHA256())
        return {**sent, "sign": base64.b64encode(signature).decode()}

    def _verify(self, body: bytes, sign: object) -> None:
        """Failed(BROKEN) where the signature is not Alipay's over what stands in the body."""
        try:
            said = body.decode()
            begin = said.index("{", said.index(_ANSWER))
            _, end = JSONDecoder().raw_decode(said, begin)
            signature = base64.b64decode(sign if isinstance(sign, str) else "", validate=True)
            self.alipay_key.verify(signature, said[begin:end].encode(), PKCS1v15(), SHA256())
        except (InvalidSignature, JSONDecodeError, ValueError, binascii.Error):
            raise Failed(Failure.BROKEN) from None


def to_sign(sent: dict[str, str]) -> bytes:
    """What RSA2 signs of a request: `name=value` in order of names, empty ones left out."""
    return "&".join(f"{name}={sent[name]}" for name in sorted(sent) if sent[name]).encode()


def _why(error: dict[str, Any]) -> Failure:
    if error.get("sub_code") in _CODE_ERRORS:
        return Failure.CODE
    return Failure.AWAY if error.get("code") in _BUSY else Failure.BROKEN
