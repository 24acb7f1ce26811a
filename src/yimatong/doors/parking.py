"""What was typed into a form is not lost when the session ended meanwhile: it is kept for whom the
form was drawn for, before the request is refused."""

from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from yimatong.declarations.forms import typed_fields
from yimatong.declarations.pages import KEEPS_TYPED
from yimatong.kernel.errors import BadInput, NotLoggedIn
from yimatong.people import drafts
from yimatong.web import session
from yimatong.web.forms import read_form

KEPT = "declarations.kept_for_you"
"""The code of the refusal that says so."""


async def guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """The guard of every route."""
    try:
        session.guard(connection, handler)
    except NotLoggedIn:
        if handler.opt.get(KEEPS_TYPED) and isinstance(connection, Request):
            await _keep(connection)
        raise


async def _keep(request: Request[Any, Any, Any]) -> None:
    """NotLoggedIn that tells so, where something was kept; a form without our mark is nobody's,
    so nothing of it is."""
    if request.method != "POST":
        return
    state = request.app.state
    people, form, path = state.people, await read_form(request), request.url.path
    mark = drafts.read_mark(people, form["whose"], path)
    if mark is None:
        return
    try:
        async with state.database.transaction() as tx:
            await drafts.keep(people, tx, mark, typed_fields(path, form), cut_off=True)
    except BadInput:
        return
    raise NotLoggedIn.of(KEPT)
