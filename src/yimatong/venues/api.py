"""Venues for programs: entering, owning, and what command sees."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.params import Body

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.places import NewPlace, Place
from yimatong.storage import Database
from yimatong.venues import owning, using, visiting
from yimatong.venues.model import Counts, InUse, Owned, Screen, Tools
from yimatong.venues.wiring import ROOM
from yimatong.web.routes import allowed

ENTER: dict[str, Any] = {
    "opt": allowed(Permission.ENTER_VENUE),
    "dependencies": ROOM,
    "tags": ["venues"],
}
OWN: dict[str, Any] = {**ENTER, "opt": allowed(Permission.OWN_VENUE)}
COMMAND: dict[str, Any] = {**ENTER, "opt": allowed(Permission.VENUE_OVERVIEW)}


class Entering(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The id on the poster, and who of the family comes along."""

    poster: str
    family: list[UUID] = []


class Came(msgspec.Struct, frozen=True):
    """The visit, and what is shown at the door."""

    visit: UUID
    screen: Screen


@post("/api/v1/visits", **ENTER)
async def enter(
    data: Annotated[Entering, Body()], database: Database, actor: Actor, tools: Tools
) -> Came:
    """Whom the log-in acts for is in. Again within ten minutes it is the same visit."""
    async with database.transaction() as tx:
        visit = await visiting.enter(tx, tools, actor, data.poster, data.family)
        return Came(visit.id, await visiting.screen(tx, tools, actor, visit.id))


@post("/api/v1/venues", **OWN)
async def register(
    data: Annotated[NewPlace, Body()], database: Database, actor: Actor, tools: Tools
) -> Place:
    """Registers a venue, or a vehicle by its plate; it waits for an administrator of its area."""
    async with database.transaction() as tx:
        return await owning.register(tx, tools, actor, data)


@get("/api/v1/venues", **OWN)
async def owned(database: Database, actor: Actor, tools: Tools) -> list[Owned]:
    """One's own venues."""
    async with database.transaction() as tx:
        return await owning.owned(tx, tools, actor)


@get("/api/v1/venues/{place:uuid}/counts", **OWN)
async def counts(database: Database, actor: Actor, tools: Tools, place: UUID) -> Counts:
    """How many came; null where it was fewer than five, but not nobody."""
    async with database.transaction() as tx:
        return await owning.counts(tx, tools, actor, place)


@post("/api/v1/venues/{place:uuid}/closing", status_code=200, **OWN)
async def close(database: Database, actor: Actor, tools: Tools, place: UUID) -> Place:
    """Closes a venue of one's own for good."""
    async with database.transaction() as tx:
        return await owning.close(tx, tools, actor, place)


@get("/api/v1/desk/venues", **COMMAND)
async def in_use(
    database: Database, actor: Actor, tools: Tools, name: str = "", page: int = 0
) -> list[InUse]:
    """A hundred open places of one's area with the visits of seven days."""
    async with database.transaction() as tx:
        return await using.in_use(tx, tools, actor, name[:100], max(0, min(page, 9999)))


ROUTES = [enter, register, owned, counts, close, in_use]
