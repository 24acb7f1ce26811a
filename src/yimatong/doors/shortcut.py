"""A program's scan at a gate, answered before the framework is asked.

Only what is well formed goes this way: JSON that fits, a bearer token, a key. Everything else
goes to the same route of the framework, which knows how to say what is wrong with it; so there
is one way to refuse, and this one is only faster (decision 0004).
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
from litestar.types import ASGIApp, Receive, Scope, Send

from yimatong.gates.scans import RECORDED, Knock, ScanAtOnce, Scans
from yimatong.kernel.errors import YimatongError
from yimatong.kernel.words import Catalogue
from yimatong.web.problems import PROBLEM_JSON, problem_details, problem_headers
from yimatong.web.site import preferred

PATH = "/api/v1/gate/scans"
LONGEST = 8192
"""Bytes of a body that is read here; a code has under 400."""
_SCAN = msgspec.json.Decoder(ScanAtOnce)
_NO_PAGE = (b"x-content-type-options", b"nosniff")
"""With this no browser takes the answer for a page, so that the headers of pages can stay away:
checking them took as long as answering."""
_NEEDED = (b"authorization", b"idempotency-key", b"content-length", b"content-type")


class _Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


def with_shortcut(app: ASGIApp, scans: Scans, catalogue: Catalogue) -> ASGIApp:
    """The application with the shorter way to one of its routes."""

    async def answered(scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"]) if _ours(scope) else {}
        if not _fits(headers):
            await app(scope, receive, send)
            return
        body = await _read(receive)
        knock = _knock(headers, body)
        answer = await _answer(scans, catalogue, knock) if knock else None
        if answer is None:
            await app(scope, _again(body, receive), send)
        else:
            await _send(send, answer)

    return answered


def _ours(scope: Any) -> bool:
    return (
        scope["type"] == "http"
        and scope["path"] == PATH
        and scope["method"] == "POST"
        and not scope["query_string"]
    )


def _fits(headers: Mapping[bytes, bytes]) -> bool:
    if any(name not in headers for name in _NEEDED):
        return False
    length = headers[b"content-length"]
    return (
        headers[b"authorization"].startswith(b"Bearer ")
        and headers[b"content-type"].startswith(b"application/json")
        and length.isdigit()
        and int(length) <= LONGEST
    )


async def _read(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        if message["type"] != "http.request":  # gone away
            return b""
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """The body that was read, to be read once more."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def received() -> Any:
        return waiting.pop() if waiting else await receive()

    return received


def _knock(headers: Mapping[bytes, bytes], body: bytes) -> Knock | None:
    try:
        scan = _SCAN.decode(body)
    except msgspec.MsgspecError:
        return None
    token = headers[b"authorization"][7:].strip().decode("latin-1")
    key = headers[b"idempotency-key"].decode("latin-1")
    language = preferred(None, None, headers.get(b"accept-language", b"").decode("latin-1"))
    return Knock(token, key, scan, language) if token else None


async def _answer(scans: Scans, catalogue: Catalogue, knock: Knock) -> _Answer | None:
    """None where something broke: the framework's route meets it again and tells it."""
    try:
        verdict = await scans.submit(knock)
    except YimatongError as error:
        details = problem_details(error, catalogue, knock.language, PATH)
        headers = problem_headers(error, knock.language) | {"content-type": PROBLEM_JSON}
        return _Answer(error.status, headers, msgspec.json.encode(details))
    except Exception:
        return None
    return _Answer(RECORDED, {"content-type": "application/json"}, verdict)


async def _send(send: Send, answer: _Answer) -> None:
    headers = [(name.encode(), value.encode()) for name, value in answer.headers.items()]
    headers += (_NO_PAGE, (b"content-length", str(len(answer.body)).encode()))
    start: Any = {"type": "http.response.start", "status": answer.status, "headers": headers}
    await send(start)
    await send({"type": "http.response.body", "body": answer.body, "more_body": False})
