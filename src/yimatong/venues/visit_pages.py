"""A resident's pages: scanning a poster, one tap, the screen for the door."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.response import Redirect, Template

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.kernel.errors import BadInput, Conflict, NotFound, TooLarge, Where, YimatongError
from yimatong.kernel.ids import plain
from yimatong.places.posters import LENGTH, PATH
from yimatong.presence.form import shown_in
from yimatong.storage import Database
from yimatong.venues import visiting
from yimatong.venues.model import Tools
from yimatong.venues.wiring import ROOM, ids_in
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import AnyRequest, page, problem_texts
from yimatong.web.routes import allowed

MAY: dict[str, Any] = {
    "opt": allowed(Permission.ENTER_VENUE),
    "dependencies": ROOM,
    "include_in_schema": False,
}


@get("/scan", **MAY)
async def scanner(request: AnyRequest) -> Template:
    """The camera, a picture, or the poster's id typed in."""
    return _scanner(request, None)


@post("/scan", status_code=200, **MAY)
async def scanned(request: AnyRequest) -> Template | Redirect:
    """On to the page behind the poster."""
    form = await read_form(request)
    try:
        shown = await shown_in(request, form)
        return Redirect(PATH + _poster_in(shown.code or shown.short), status_code=303)
    except (BadInput, TooLarge) as error:
        return _scanner(request, error, form)


@post("/visit", status_code=200, **MAY)
async def enter(
    request: AnyRequest, database: Database, actor: Actor, tools: Tools
) -> Template | Redirect:
    """One tap: in, with whom of the family is ticked."""
    form = await read_form(request)
    try:
        async with database.transaction() as tx:
            with_them = ids_in(form.many("with"))
            visit = await visiting.enter(tx, tools, actor, form["poster"], with_them)
    except (BadInput, Conflict, NotFound) as error:
        return _scanner(request, error)
    return Redirect(f"/visit/{visit.id}", status_code=303)


@get("/visit/{visit:uuid}", **MAY)
async def show(
    request: AnyRequest, database: Database, actor: Actor, tools: Tools, visit: UUID
) -> Template:
    """What is held up at the door; it moves, and is derived as of now."""
    async with database.transaction() as tx:
        screen = await visiting.screen(tx, tools, actor, visit)
    return page(request, "visit.html", screen=screen)


def _poster_in(text: str) -> str:
    """The poster's id in what was scanned or typed. BadInput where there is none."""
    tail = text.rsplit(PATH, 1)[-1].split("?", maxsplit=1)[0] if PATH in text else text
    found = plain(tail)
    if len(found) != LENGTH:
        raise BadInput.of("venues.no_poster", Where(field="code"))
    return found


def _scanner(
    request: AnyRequest, error: YimatongError | None, typed: Form | None = None
) -> Template:
    return page(
        request,
        "scan_poster.html",
        error.status if error else 200,
        typed=typed or Form({}),
        problems=problem_texts(request, error) if error else {},
        path="/scan",
    )


ROUTES = [scanner, scanned, enter, show]
