"""Who is asking: the session behind a cookie or a bearer token, and what it may do."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult

from yimatong.access.actor import Actor
from yimatong.access.sessions import actor_of
from yimatong.kernel.errors import NotAllowed, NotLoggedIn
from yimatong.web.routes import PUBLIC

Connection = ASGIConnection[Any, Any, Any, Any]


def session_cookie(*, secure: bool) -> str:
    """The cookie's name; `__Host-` binds it to this host over HTTPS (RFC 6265bis)."""
    return "__Host-session" if secure else "session"


def token_of(connection: Connection) -> str | None:
    """The session token of a request: a bearer token before a cookie."""
    scheme, _, bearer = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and bearer:
        return bearer.strip()
    return connection.cookies.get(connection.app.state.session_cookie)


class SessionMiddleware(AbstractAuthenticationMiddleware):
    """Finds the actor of a request; a request without a live session has none."""

    async def authenticate_request(self, connection: Connection) -> AuthenticationResult:
        token = token_of(connection)
        if not token:
            return AuthenticationResult(user=None, auth=None)
        state = connection.app.state
        async with state.database.transaction() as tx:
            actor = await actor_of(tx, state.clock, token)
        return AuthenticationResult(user=actor, auth=token)


def guard(connection: Connection, handler: BaseRouteHandler) -> None:
    """Lets a request through only with the permission that its route names.

    OPTIONS, which the framework answers for every route, tells no more than the methods.
    """
    if connection.scope.get("method") == "OPTIONS":
        return
    permission = handler.opt["permission"]
    if permission != PUBLIC and not who(connection).may(permission):
        raise NotAllowed.of("web.not_allowed")


def who(connection: Connection) -> Actor:
    """The actor; NotLoggedIn where there is none."""
    actor: Actor | None = connection.scope.get("user")
    if actor is None:
        raise NotLoggedIn.of("web.not_logged_in")
    return actor
