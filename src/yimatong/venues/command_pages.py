"""An administrator's page: which places of the area have a poster in use."""

from typing import Any

from litestar import Response, get
from litestar.response import Template

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.places import division
from yimatong.places.service import PAGE
from yimatong.storage import Database
from yimatong.venues import using
from yimatong.venues.model import InUse, Tools
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


async def _found(database: Database, actor: Actor, tools: Tools, name: str, at: int) -> list[InUse]:
    async with database.transaction() as tx:
        return await using.in_use(tx, tools, actor, name, at)


def _asked(request: AnyRequest) -> tuple[str, int]:
    number = request.query_params.get("page", "0")
    at = int(number) if number.isdecimal() and len(number) < 5 else 0
    return request.query_params.get("name", "")[:100], at


ROUTES = [show, sheet]
