"""The way back: where somebody wanted to go when they were sent to log in.

It is kept in a cookie of half an hour, so that no step of a log-in has to carry it, and is
forgotten once the page it names has been shown. Only addresses of our own are followed.
"""

from datetime import timedelta
from urllib.parse import quote, unquote

from litestar.datastructures import Cookie, MutableScopeHeaders
from litestar.response import Redirect
from litestar.types import Message, Scope

from yimatong.web.cookies import AnyRequest, cookie, dropped, read

LIFE = timedelta(minutes=30)
LONGEST = 600
"""Characters of an address that is kept; a longer one leads to the first page."""
DESK = "/desk"
_NAME = "way"


def ours(address: str) -> bool:
    """Whether a browser that is sent there stays with us: a path, and not `//host` in disguise."""
    plain = address.isprintable() and " " not in address and "\\" not in address
    return plain and address.startswith("/") and not address.startswith("//")


def to_log_in(request: AnyRequest, *, kept: bool = False) -> Redirect:
    """To the door of residents or of staff; where a page was asked for, back to it later. `kept`:
    what was sent is kept, and the door says so. A worker's door says that a log-in has ended."""
    desk = _of_desk(request.url.path)
    door = f"{DESK}/login" if desk else "/login"
    if kept:
        door += "?kept=1"
    elif desk and read(request, "session"):
        door += "?ended=1"
    return by_way_of(request, door) if request.method == "GET" else Redirect(door, status_code=303)


def by_way_of(request: AnyRequest, step: str) -> Redirect:
    """To a step that is needed first; from there `onward` leads back to this address."""
    return Redirect(step, status_code=303, cookies=[_kept(request)])


def onward(request: AnyRequest, otherwise: str) -> str:
    """Where to go after a log-in, a card or a declaration: where one wanted to, or `otherwise`.

    A resident is never led to a desk by it, nor a worker away from one.
    """
    way = way_of(request)
    return way if way and _of_desk(way) == _of_desk(otherwise) else otherwise


def way_of(request: AnyRequest) -> str:
    """The address that is kept; empty where there is none that may be followed."""
    way = unquote(read(request, _NAME))
    return way if ours(way) and len(way) <= LONGEST else ""


async def forget_on_arrival(message: Message, scope: Scope) -> None:
    """A hook before each answer: the page that was wanted is shown, so that is over."""
    if message["type"] != "http.response.start" or message["status"] != 200:
        return
    request = AnyRequest(scope)
    if request.method == "GET" and way_of(request) == _address(request):
        headers = MutableScopeHeaders.from_message(message)
        headers.add("set-cookie", dropped(request, _NAME).to_header(header=""))


def _kept(request: AnyRequest) -> Cookie:
    return cookie(request, _NAME, quote(_address(request), safe=""), LIFE)


def _address(request: AnyRequest) -> str:
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path


def _of_desk(path: str) -> bool:
    return path == DESK or path.startswith(f"{DESK}/")
