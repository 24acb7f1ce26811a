"""Asking an app's server: so long, so much, and no word of it in a log."""

import asyncio
from typing import Any

import httpx
import msgspec

from yimatong.entrances.model import Failed, Failure

PATIENCE = 5.0
"""Seconds for the whole answer: a person waits before a white page."""
LARGEST = 65_536
_OK = 200


async def fetch(http: httpx.AsyncClient, method: str, url: str, **sent: Any) -> bytes:
    """The body of the answer. Failed(AWAY) where there is none in time; what httpx says of it is
    dropped, since it holds the address, and the address our secret."""
    try:
        async with asyncio.timeout(PATIENCE), http.stream(method, url, **sent) as answer:
            if answer.status_code != _OK:
                raise Failed(Failure.AWAY)
            body = b""
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > LARGEST:
                    raise Failed(Failure.BROKEN)
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError):
        raise Failed(Failure.AWAY) from None
    return body


def fields(body: bytes) -> dict[str, Any]:
    """A JSON object. Failed(BROKEN) where it is none."""
    try:
        return msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Failed(Failure.BROKEN) from None


def text(answer: dict[str, Any], *names: str) -> str:
    """The first of the fields that holds text. Failed(BROKEN) where none does."""
    for name in names:
        found = answer.get(name)
        if isinstance(found, str) and found:
            return f"{name}:{found}"
    raise Failed(Failure.BROKEN)
