"""The two cookies of a log-in: the ticket from step to step, then the session."""

from datetime import timedelta

from litestar.response import Redirect

from yimatong.access import otp, sessions
from yimatong.storage import Tx
from yimatong.web.cookies import cookie, dropped, read
from yimatong.web.pages import AnyRequest

_TICKET, _SESSION = "login", "session"
_NO_STORE = {"cache-control": "no-store"}


def ticket_of(request: AnyRequest) -> str:
    """The ticket that the browser carries; empty where it carries none."""
    return read(request, _TICKET)


def next_step(request: AnyRequest, where: str, ticket: str) -> Redirect:
    """On to the next step of the log-in, with its ticket."""
    carried = cookie(request, _TICKET, ticket, otp.LIFE)
    return Redirect(where, status_code=303, cookies=[carried], headers=_NO_STORE)


def logged_in(request: AnyRequest, where: str, token: str, life: timedelta) -> Redirect:
    """Into the product with a new session; the ticket is dropped."""
    cookies = [cookie(request, _SESSION, token, life), dropped(request, _TICKET)]
    return Redirect(where, status_code=303, cookies=cookies, headers=_NO_STORE)


def logged_out(request: AnyRequest, where: str) -> Redirect:
    cookies = [dropped(request, _SESSION), dropped(request, _TICKET)]
    return Redirect(where, status_code=303, cookies=cookies, headers=_NO_STORE)


async def end_earlier(request: AnyRequest, tx: Tx) -> None:
    """Ends the session that this browser had, so that a log-in leaves only its own."""
    if earlier := read(request, _SESSION):
        await sessions.end(tx, earlier)
