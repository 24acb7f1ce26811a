"""An owner's pages: registering, the poster to print, how many came, closing."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.response import Redirect, Template

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.kernel.errors import BadInput, Conflict, TooMany, Where, YimatongError
from yimatong.places import NewPlace, PlaceType, counties, divisions, townships
from yimatong.storage import Database
from yimatong.venues import owning
from yimatong.venues.model import TYPES, VEHICLES, Tools
from yimatong.venues.printing import printed
from yimatong.venues.wiring import ROOM
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import AnyRequest, form_again, language_of, page
from yimatong.web.routes import allowed

PATH = "/venues"
MAY: dict[str, Any] = {
    "opt": allowed(Permission.OWN_VENUE),
    "dependencies": ROOM,
    "include_in_schema": False,
}


@get(PATH, **MAY)
async def every(request: AnyRequest, database: Database, actor: Actor, tools: Tools) -> Template:
    """One's own venues."""
    async with database.transaction() as tx:
        found = await owning.owned(tx, tools, actor)
    return page(request, "venues.html", found=found, path=PATH)


@get(PATH + "/new", **MAY)
async def form(request: AnyRequest) -> Template:
    """What it is and where, then the venue itself."""
    asked = request.query_params
    return page(
        request, "venue_new.html", **_choices(request, asked.get("type"), asked.get("area"))
    )


@post(PATH + "/new", status_code=200, **MAY)
async def register(
    request: AnyRequest, database: Database, actor: Actor, tools: Tools
) -> Template | Redirect:
    """Registers it; it waits for the administrator of its area."""
    typed = await read_form(request)
    try:
        async with database.transaction() as tx:
            await owning.register(tx, tools, actor, _new(typed))
    except (BadInput, Conflict, TooMany) as error:
        shown = _choices(request, typed["type"], typed["area"])
        return form_again(request, "venue_new.html", typed, error, **shown)
    return Redirect(PATH, status_code=303)


@get(PATH + "/{place:uuid}", **MAY)
async def one(
    request: AnyRequest, database: Database, actor: Actor, tools: Tools, place: UUID
) -> Template:
    """How many came, and nothing of who."""
    return await _one(request, database, actor, tools, place)


@post(PATH + "/{place:uuid}/close", status_code=200, **MAY)
async def close(
    request: AnyRequest, database: Database, actor: Actor, tools: Tools, place: UUID
) -> Template | Redirect:
    """Closes it for good."""
    typed = await read_form(request)
    try:
        if not typed.ticked("sure"):
            raise BadInput.of("venues.sure", Where(field="sure"))
        async with database.transaction() as tx:
            await owning.close(tx, tools, actor, place)
    except (BadInput, Conflict) as error:
        return await _one(request, database, actor, tools, place, error)
    return Redirect(PATH, status_code=303)


@get(PATH + "/{place:uuid}/poster.pdf", **MAY)
async def sheet(
    request: AnyRequest, database: Database, actor: Actor, place: UUID
) -> Response[bytes]:
    """The poster, A4, to print."""
    async with database.transaction() as tx:
        found, id = await owning.poster(tx, actor, place)
    return printed(request, found, id)


async def _one(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    tools: Tools,
    place: UUID,
    error: YimatongError | None = None,
) -> Template:
    async with database.transaction() as tx:
        found = await owning.own(tx, actor, place)
        counts = await owning.counts(tx, tools, actor, place)
    shown: dict[str, Any] = {"place": found, "counts": counts, "path": PATH}
    if error is None:
        return page(request, "venue.html", **shown)
    return form_again(request, "venue.html", Form({}), error, **shown)


def _new(form: Form) -> NewPlace:
    types = {one.value: one for one in PlaceType}
    return NewPlace(
        type=types.get(form["type"], PlaceType.ROAD),
        division=form["division"],
        township=form["township"],
        address=form["address"],
        name=form["name"],
    )


def _choices(request: AnyRequest, type_: str | None, area: str | None) -> dict[str, Any]:
    language = language_of(request)
    chosen = next((one for one in TYPES if one.value == type_), None)
    try:
        below = counties(area) if area else ()
    except BadInput:
        area, below = None, ()
    prefectures = [one for one in divisions().values() if not one.code.endswith("0000")]
    return {
        "types": TYPES,
        "type": chosen,
        "vehicle": chosen in VEHICLES,
        "area": area,
        "areas": [(one.code, one.words.said_in(language)) for one in prefectures],
        "counties": [(one.code, one.words.said_in(language)) for one in below],
        "townships": sorted({name for one in below for name in townships(one.code)}),
        "path": PATH,
    }


ROUTES = [every, form, register, one, close, sheet]
