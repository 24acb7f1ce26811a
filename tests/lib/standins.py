"""WeChat and Alipay as servers of our own, which check what the real ones check.

The app's id, the registered address to come back to, the secret or the signature, and that a code
is of this app and used once. What they answer is what theirs answer, errors too.
"""

import base64
import json
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import uvicorn
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

WECHAT_ID, ALIPAY_ID, SECRET = "wx0123456789abcdef", "2021000000000001", "s3cret-of-the-account"
SHA256 = hashes.SHA256()


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class StandIn:
    """One server for both. `who` is who holds the phone; the rest makes it misbehave."""

    url: str = ""
    who: str = "oTester001"
    declines: bool = False
    away: bool = False
    forges: bool = False
    backs: set[str] = field(default_factory=set)
    """Where it may send people back to; any, while there is none."""
    codes: dict[str, str] = field(default_factory=dict)
    ours: rsa.RSAPrivateKey = field(default_factory=new_key)
    theirs: rsa.RSAPrivateKey = field(default_factory=new_key)

    def settings(self, folder: Path) -> dict[str, Any]:
        """The product's settings that make it ask here."""
        (folder / "wechat").write_text(SECRET + "\n")
        (folder / "ours.pem").write_bytes(
            self.ours.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        der = self.theirs.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        (folder / "theirs.txt").write_bytes(base64.b64encode(der))
        return {
            "wechat_app_id": WECHAT_ID,
            "wechat_secret_file": folder / "wechat",
            "wechat_authorize_url": f"{self.url}/connect/oauth2/authorize",
            "wechat_token_url": f"{self.url}/sns/oauth2/access_token",
            "alipay_app_id": ALIPAY_ID,
            "alipay_key_file": folder / "ours.pem",
            "alipay_public_key_file": folder / "theirs.txt",
            "alipay_authorize_url": f"{self.url}/oauth2/publicAppAuthorize.htm",
            "alipay_gateway_url": f"{self.url}/gateway.do",
        }

    def authorize(self, asked: dict[str, str], app: str, code_field: str) -> str | None:
        """Where the browser goes next; None where the app or the address are not known."""
        known = asked.get({"code": "appid"}.get(code_field, "app_id")) == app
        back = asked.get("redirect_uri", "")
        if not known or (self.backs and urlsplit(back).netloc not in self.backs):
            return None
        state = {"state": asked.get("state", "")}
        if self.declines:
            return f"{back}?{urlencode(state)}"
        code = secrets.token_hex(16)
        self.codes[code] = self.who
        return f"{back}?{urlencode({code_field: code, **state})}"

    def wechat_token(self, asked: dict[str, str]) -> dict[str, Any]:
        if asked.get("appid") != WECHAT_ID:
            return {"errcode": 40013, "errmsg": "invalid appid"}
        if asked.get("secret") != SECRET:
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        who = self.codes.pop(asked.get("code", ""), None)
        if who is None or asked.get("grant_type") != "authorization_code":
            return {"errcode": 40029, "errmsg": "invalid code"}
        return {"access_token": "t", "expires_in": 7200, "refresh_token": "r", "openid": who,
                "scope": "snsapi_base"}  # fmt: skip

    def alipay_token(self, asked: dict[str, str]) -> str:
        """The whole body, signed as Alipay signs it: over the bytes of the inner object."""
        if not self._signed(asked) or asked.get("app_id") != ALIPAY_ID:
            return self._told("error_response", {
                "code": "40002", "msg": "Invalid Arguments", "sub_code": "isv.invalid-signature",
            })  # fmt: skip
        who = self.codes.pop(asked.get("code", ""), None)
        if who is None:
            return self._told("error_response", {
                "code": "40002", "msg": "Invalid Arguments", "sub_code": "isv.code-invalid",
            })  # fmt: skip
        return self._told(
            f"{asked['method'].replace('.', '_')}_response",
            {"open_id": who, "access_token": "t/+", "expires_in": 1296000, "auth_start": "2026"},
        )

    def _signed(self, asked: dict[str, str]) -> bool:
        given = base64.b64decode(asked.get("sign", ""))
        said = "&".join(f"{key}={asked[key]}" for key in sorted(asked) if key != "sign")
        try:
            self.ours.public_key().verify(given, said.encode(), padding.PKCS1v15(), SHA256)
        except InvalidSignature:
            return False
        return True

    def _told(self, name: str, told: dict[str, Any]) -> str:
        inner = json.dumps(told, separators=(",", ":")).replace("/", "\\/")
        sign = base64.b64encode(self.theirs.sign(inner.encode(), padding.PKCS1v15(), SHA256))
        if self.forges:
            inner = inner.replace(self.who, "somebody-else")
        return f'{{"{name}":{inner},"sign":"{sign.decode()}"}}'

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """ASGI."""
        if scope["type"] != "http":
            return
        said = scope["query_string"].decode()
        while scope["method"] == "POST":
            part = await receive()
            said += "&" + part.get("body", b"").decode()
            if not part.get("more_body"):
                break
        asked = {key: values[0] for key, values in parse_qs(said).items()}
        status, headers, body = self._answer(scope["path"], asked)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body.encode()})

    def _answer(self, path: str, asked: dict[str, str]) -> tuple[int, list[Any], str]:
        if self.away:
            return 502, [], "Bad Gateway"
        if path.startswith(("/connect", "/oauth2")):
            wechat = path.startswith("/connect")
            app, code_field = (WECHAT_ID, "code") if wechat else (ALIPAY_ID, "auth_code")
            there = self.authorize(asked, app, code_field)
            if there is None:
                return 200, [(b"content-type", b"text/html")], "redirect_uri 参数错误"
            return 302, [(b"location", there.encode())], ""
        if path == "/sns/oauth2/access_token":
            plain = [(b"content-type", b"text/plain")]  # as WeChat says of its JSON
            return 200, plain, json.dumps(self.wechat_token(asked))
        return 200, [(b"content-type", b"text/html;charset=utf-8")], self.alipay_token(asked)


@contextmanager
def stand_in() -> Iterator[StandIn]:
    """A stand-in on a socket of its own, in a thread."""
    one, opened = StandIn(), socket.create_server(("127.0.0.1", 0))
    one.url = f"http://127.0.0.1:{opened.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(one, log_level="warning", lifespan="off"))
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]  not in a thread
    thread = threading.Thread(target=lambda: server.run([opened]), daemon=True)
    thread.start()
    yield one
    server.should_exit = True
    thread.join(10)
