"""Posters at the desk: which places are open, and each one's poster to print."""

from uuid import UUID

from litestar import Response, get
from litestar.response import Template

from yimatong import places
from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.entrances.poster import drawn
from yimatong.kernel.clock import Clock
from yimatong.kernel.ids import Randomness
from yimatong.places import PlaceState
from yimatong.places.posters import PATH
from yimatong.storage import Database
from yimatong.web.pages import AnyRequest, absolute, page, site_of
from yimatong.web.routes import allowed

MAY = allowed(Permission.PLACE_APPROVE)
SVG = "image/svg+xml"


@get("/desk/posters", opt=MAY, include_in_schema=False)
async def every(request: AnyRequest, database: Database, actor: Actor) -> Template:
    """The first hundred open places of the administrator's area."""
    async with database.transaction() as tx:
        found = await places.waiting(tx, PlaceState.OPEN, actor.area)
    return page(request, "posters.html", places=found)


@get("/desk/posters/{place:uuid}", opt=MAY, include_in_schema=False)
async def one(
    request: AnyRequest,
    database: Database,
    clock: Clock,
    randomness: Randomness,
    actor: Actor,
    place: UUID,
) -> Template:
    """The poster of one, on its own when printed."""
    async with database.transaction() as tx:
        found = await places.in_area(tx, actor.area, place)
        id = await places.poster_of(tx, clock, randomness, place)
    return page(request, "poster.html", place=found, id=id, address=absolute(request, PATH + id))


@get("/desk/posters/{place:uuid}/poster.svg", opt=MAY, include_in_schema=False)
async def picture(
    request: AnyRequest,
    database: Database,
    clock: Clock,
    randomness: Randomness,
    actor: Actor,
    place: UUID,
) -> Response[str]:
    """The sheet itself, A4."""
    async with database.transaction() as tx:
        found = await places.in_area(tx, actor.area, place)
        id = await places.poster_of(tx, clock, randomness, place)
    sheet = drawn(found, id, absolute(request, PATH + id), site_of(request).catalogue)
    headers = {"cache-control": "no-store"}
    return Response(sheet, media_type=SVG, headers=headers)


ROUTES = [every, one, picture]
