"""The two cookies of a log-in: the ticket from step to step, then the session."""

from datetime import timedelta

from litestar.datastructures import Cookie
from litestar.response import Redirect

from yimatong.access import otp, sessions
from yimatong.storage import Tx
from yimatong.web.pages import AnyRequest

_NO_STORE = {"cache-control": "no-store"}


def ticket_of(request: AnyRequest) -> str:
    """The ticket that the browser carries; empty where it carries none."""
    return request.cookies.get(_ticket_name(request), "")


def next_step(request: AnyRequest, where: str, ticket: str) -> Redirect:
    """On to the next step of the log-in, with its ticket."""
    carried = _cookie(request, _ticket_name(request), ticket, otp.LIFE)
    return Redirect(where, status_code=303, cookies=[carried], headers=_NO_STORE)


def logged_in(request: AnyRequest, where: str, token: str, life: timedelta) -> Redirect:
    """Into the product with a new session; the ticket is dropped."""
    cookies = [_cookie(request, _session_name(request), token, life), _dropped_ticket(request)]
    return Redirect(where, status_code=303, cookies=cookies, headers=_NO_STORE)


def logged_out(request: AnyRequest, where: str) -> Redirect:
    cookies = [_cookie(request, _session_name(request), "", timedelta()), _dropped_ticket(request)]
    return Redirect(where, status_code=303, cookies=cookies, headers=_NO_STORE)


async def end_earlier(request: AnyRequest, tx: Tx) -> None:
    """Ends the session that this browser had, so that a log-in leaves only its own."""
    if earlier := request.cookies.get(_session_name(request)):
        await sessions.end(tx, earlier)


def _session_name(request: AnyRequest) -> str:
    name: str = request.app.state.session_cookie
    return name


def _ticket_name(request: AnyRequest) -> str:
    """Like the session's, so that `__Host-` binds it to this host where cookies are secure."""
    return _session_name(request).replace("session", "login")


def _dropped_ticket(request: AnyRequest) -> Cookie:
    return _cookie(request, _ticket_name(request), "", timedelta())


def _cookie(request: AnyRequest, name: str, value: str, life: timedelta) -> Cookie:
    return Cookie(
        key=name,
        value=value,
        max_age=int(life.total_seconds()),
        path="/",
        secure=_session_name(request).startswith("__Host-"),
        httponly=True,
        samesite="lax",
    )
