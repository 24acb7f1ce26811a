"""An administrator's page: the posters of the area's places, and which are in use."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.response import Template

from yimatong import places
from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.places import division
from yimatong.places.service import PAGE
from yimatong.storage import Database
from yimatong.venues import using
from yimatong.venues.model import InUse, Tools
from yimatong.venues.printing import printed
from yimatong.venues.wiring import ROOM
from yimatong.web.pages import AnyRequest, page
from yimatong.web.routes import allowed

PATH = "/desk/venues"
MAY: dict[str, Any] = {
    "opt": allowed(Permission.VENUE_OVERVIEW),
    "dependencies": ROOM,
    "include_in_schema": False,
}


@get(PATH, **MAY)
async def show(request: AnyRequest, database: Database, actor: Actor, tools: Tools) -> Template:
    """A hundred open places of the area with the visits of seven days."""
    name, at = _asked(request)
    found = await _found(database, actor, tools, name, at)
    shown: dict[str, Any] = {"found": found, "name": name, "at": at, "more": len(found) == PAGE}
    area = division(actor.area).words if actor.area else None
    return page(request, "venues_in_use.html", **shown, division=division, area=area, path=PATH)


@get(PATH + "/list.csv", **MAY)
async def sheet(
    request: AnyRequest, database: Database, actor: Actor, tools: Tools
) -> Response[str]:
    """The same page as a file for a spreadsheet."""
    found = await _found(database, actor, tools, *_asked(request))
    headers = {
        "cache-control": "no-store",
        "content-disposition": 'attachment; filename="places.csv"',
    }
    return Response(using.as_csv(found), media_type="text/csv", headers=headers)


@get(PATH + "/{place:uuid}/poster.pdf", **MAY)
async def poster(
    request: AnyRequest, database: Database, actor: Actor, tools: Tools, place: UUID
) -> Response[bytes]:
    """The poster of a place of the area, A4, to print."""
    people = tools.people
    async with database.transaction() as tx:
        found = await places.in_area(tx, actor.area, place)
        id = await places.poster_of(tx, people.clock, people.randomness, place)
    return printed(request, found, id)


async def _found(database: Database, actor: Actor, tools: Tools, name: str, at: int) -> list[InUse]:
    async with database.transaction() as tx:
        return await using.in_use(tx, tools, actor, name, at)


def _asked(request: AnyRequest) -> tuple[str, int]:
    number = request.query_params.get("page", "0")
    at = int(number) if number.isdecimal() and len(number) < 5 else 0
    return request.query_params.get("name", "")[:100], at


ROUTES = [show, sheet, poster]
