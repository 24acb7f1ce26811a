"""Public answers that may be kept for a minute, and then are asked for again by their tag.

What is read by everybody in a queue at once costs a cache one request a minute. The tag is a
digest of what was answered, so that a browser that has it already gets no second copy.
"""

import hashlib
from typing import Any, TypeVar

import msgspec
from litestar import MediaType, Response
from litestar.response import Template

from yimatong.web.pages import AnyRequest

T = TypeVar("T")
SECONDS = 60
_SAME = 304


def kept_page(request: AnyRequest, shown: Template) -> Response[Any]:
    """A page that is the same for everybody who reads in this language."""
    body = shown.to_asgi_response(None, request).body
    return _answer(request, body, body, MediaType.HTML)


def kept_json(request: AnyRequest, value: T) -> Response[T]:
    """A value that is the same for everybody who reads in this language."""
    return _answer(request, msgspec.json.encode(value), value, MediaType.JSON)


def _answer(request: AnyRequest, body: bytes, content: T, media_type: MediaType) -> Response[T]:
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {
        "cache-control": f"{_whose(request)}, max-age={SECONDS}",
        "etag": tag,
        "vary": "Accept-Encoding, Accept-Language, Cookie",
    }
    if tag in request.headers.get("if-none-match", ""):
        same: Response[Any] = Response(None, status_code=_SAME, headers=headers)
        return same
    return Response(content, media_type=media_type, headers=headers)


def _whose(request: AnyRequest) -> str:
    """The head of a page shows who is logged in, so that only their browser may keep it."""
    return "public" if request.scope.get("user") is None else "private"
