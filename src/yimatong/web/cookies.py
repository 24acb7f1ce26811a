"""Cookies of ours: unseen by scripts, not sent along by other sites, and over HTTPS this host's."""

from datetime import timedelta
from typing import Any

from litestar import Request
from litestar.datastructures import Cookie

AnyRequest = Request[Any, Any, Any]


def name_of(request: AnyRequest, name: str) -> str:
    """Like the session's, so that `__Host-` binds it to this host where cookies are secure."""
    session: str = request.app.state.session_cookie
    return session.replace("session", name)


def read(request: AnyRequest, name: str) -> str:
    """What the browser carries under the name; empty where it carries nothing."""
    return request.cookies.get(name_of(request, name), "")


def cookie(request: AnyRequest, name: str, value: str, life: timedelta) -> Cookie:
    """A cookie of the name for the whole site."""
    full = name_of(request, name)
    return Cookie(
        key=full,
        value=value,
        max_age=int(life.total_seconds()),
        path="/",
        secure=full.startswith("__Host-"),
        httponly=True,
        samesite="lax",
    )


def dropped(request: AnyRequest, name: str) -> Cookie:
    """Has the browser forget it."""
    return cookie(request, name, "", timedelta())
