"""The register's page, opening somebody of it, and taking it away by two."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.response import Redirect, Template

from yimatong.access.actor import Actor
from yimatong.desks import courses, exporting, opening
from yimatong.desks.model import DeskTools
from yimatong.desks.pages_parts import MAY, PATH, person_page
from yimatong.desks.wiring import id_in
from yimatong.kernel.errors import NotAllowed, NotFound, TooMany, YimatongError
from yimatong.storage import Database
from yimatong.web.forms import read_form
from yimatong.web.pages import AnyRequest, page, problem_texts

REGISTER = PATH + "/courses"


@get(REGISTER, **MAY)
async def show(
    request: AnyRequest, database: Database, actor: Actor, tools: DeskTools
) -> Template | Redirect:
    """Who is under observation here, and what is overdue."""
    return await _register(request, database, actor, tools)


@post(REGISTER, status_code=200, **MAY)
async def open_one(
    request: AnyRequest, database: Database, actor: Actor, tools: DeskTools
) -> Template | Redirect:
    """Opens somebody of the register, with the form that is due."""
    form = await read_form(request)
    try:
        async with database.transaction() as tx:
            desk = await opening.desk_of(tx, tools, actor)
            opened = await courses.opened(tx, tools, desk, id_in(form["course"]))
    except (NotFound, TooMany) as error:
        return await _register(request, database, actor, tools, error)
    return page(
        request, "desk_person.html", **person_page(request, tools, desk, opened, opened.form)
    )


@post(REGISTER + "/export", status_code=200, **MAY)
async def export(
    request: AnyRequest, database: Database, actor: Actor, tools: DeskTools
) -> Template | Redirect:
    """Asks to take the register away, or confirms a colleague's wish."""
    form = await read_form(request)
    try:
        async with database.transaction() as tx:
            desk = await opening.desk_of(tx, tools, actor)
            if form["confirm"]:
                await exporting.confirm(tx, tools, desk, id_in(form["confirm"]))
            else:
                await exporting.ask(tx, tools, desk)
    except (NotFound, NotAllowed) as error:
        return await _register(request, database, actor, tools, error)
    return await _register(request, database, actor, tools)


@get(REGISTER + "/export/{export:uuid}", **MAY)
async def sheet(database: Database, actor: Actor, tools: DeskTools, export: UUID) -> Response[str]:
    """The register as a file, once a colleague has confirmed."""
    async with database.transaction() as tx:
        desk = await opening.desk_of(tx, tools, actor)
        text = await exporting.sheet(tx, tools, desk, export)
    headers = {
        "cache-control": "no-store",
        "content-disposition": 'attachment; filename="register.csv"',
    }
    return Response(text, media_type="text/csv", headers=headers)


async def _register(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    tools: DeskTools,
    error: YimatongError | None = None,
) -> Template | Redirect:
    async with database.transaction() as tx:
        desk = await opening.desk_of(tx, tools, actor)
        if not desk.scene.times_a_day:
            return Redirect(PATH, status_code=303)
        lines = await courses.register(tx, tools, desk)
        asked = await exporting.asked(tx, tools, desk)
    shown: dict[str, Any] = {"desk": desk, "lines": lines, "asked": asked, "path": PATH}
    return page(
        request,
        "desk_courses.html",
        error.status if error else 200,
        problems=problem_texts(request, error) if error else {},
        **shown,
    )


ROUTES = [show, open_one, export, sheet]
