"""Becoming a desk, for programs."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import delete, get, post
from litestar.params import Body, QueryParameter

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.places import NewPlace, Place, PlaceState
from yimatong.posts import deciding, registering
from yimatong.posts import team as teams
from yimatong.posts.model import Own, PostTools, Team, Waiting
from yimatong.posts.wiring import ROOM
from yimatong.storage import Database
from yimatong.web.routes import allowed

SETUP: dict[str, Any] = {
    "opt": allowed(Permission.PLACE_SETUP),
    "dependencies": ROOM,
    "tags": ["places"],
}
TEAM: dict[str, Any] = {**SETUP, "opt": allowed(Permission.TEAM)}
DECIDE: dict[str, Any] = {**SETUP, "opt": allowed(Permission.PLACE_APPROVE)}


class Registering(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`worker`: your own name; `place`: the place where you work."""

    worker: str
    place: NewPlace


class Joining(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The code of the place, and your own name."""

    code: str
    worker: str


class Code(msgspec.Struct, frozen=True):
    """By which others ask to join, for seven days."""

    code: str


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whoever asked will read it."""

    reason: str


@post("/api/v1/places", **SETUP)
async def register(
    data: Annotated[Registering, Body()], database: Database, actor: Actor, tools: PostTools
) -> Place:
    """Registers a place and your own post there; both wait for an administrator of the area."""
    async with database.transaction() as tx:
        return await registering.register(tx, tools, actor, data.worker, data.place)


@get("/api/v1/places/own", **SETUP)
async def own(database: Database, actor: Actor) -> Own:
    """How it stands with the place that you registered, or asked to join."""
    async with database.transaction() as tx:
        return await registering.own(tx, actor)


@delete("/api/v1/places/own", status_code=200, **SETUP)
async def withdraw(database: Database, actor: Actor, tools: PostTools) -> Place:
    """Takes back the place that you registered, while nobody has opened it."""
    async with database.transaction() as tx:
        return await registering.withdraw(tx, tools, actor)


@post("/api/v1/places/joining", status_code=202, **SETUP)
async def join(
    data: Annotated[Joining, Body()], database: Database, actor: Actor, tools: PostTools
) -> None:
    """Asks to work at the place of a code; whoever answers for it lets you in."""
    async with database.transaction() as tx:
        place = await teams.ask(tx, tools, actor, data.code, data.worker)
    if place is None:
        raise teams.refused()  # after the commit: the try counts


@get("/api/v1/desk/team", **TEAM)
async def team(database: Database, actor: Actor, tools: PostTools) -> Team:
    """Who works here; to who answers for the place also who asks to, and the join code."""
    async with database.transaction() as tx:
        return await teams.team(tx, tools, actor)


@post("/api/v1/desk/team/code", **TEAM)
async def renew(database: Database, actor: Actor, tools: PostTools) -> Code:
    """A new join code; the one before is worth nothing."""
    async with database.transaction() as tx:
        return Code(await teams.new_code(tx, tools, actor))


@post("/api/v1/desk/team/applicants/{applicant:uuid}", status_code=204, **TEAM)
async def accept(database: Database, actor: Actor, tools: PostTools, applicant: UUID) -> None:
    """Lets somebody in who asked."""
    async with database.transaction() as tx:
        await teams.accept(tx, tools, actor, applicant)


@delete("/api/v1/desk/team/applicants/{applicant:uuid}", **TEAM)
async def turn_away(database: Database, actor: Actor, tools: PostTools, applicant: UUID) -> None:
    """Does not let them in."""
    async with database.transaction() as tx:
        await teams.turn_away(tx, tools, actor, applicant)


@delete("/api/v1/desk/team/{member:uuid}", **TEAM)
async def remove(database: Database, actor: Actor, tools: PostTools, member: UUID) -> None:
    """Ends a post here at once: your own, or as who answers for the place anybody's."""
    async with database.transaction() as tx:
        await teams.remove(tx, tools, actor, member)


@post("/api/v1/desk/team/{member:uuid}/managing", status_code=204, **TEAM)
async def share(database: Database, actor: Actor, tools: PostTools, member: UUID) -> None:
    """Lets somebody else answer for the place as well."""
    async with database.transaction() as tx:
        await teams.share(tx, tools, actor, member)


@delete("/api/v1/desk/team/{member:uuid}/managing", **TEAM)
async def step_down(database: Database, actor: Actor, tools: PostTools, member: UUID) -> None:
    """You answer for the place no longer, and go on working there."""
    async with database.transaction() as tx:
        await teams.step_down(tx, tools, actor, member)


@get("/api/v1/places", **DECIDE)
async def found(
    database: Database,
    actor: Actor,
    tools: PostTools,
    wanted: Annotated[PlaceState, QueryParameter(name="stage")] = PlaceState.PENDING,
    name: str = "",
    page: int = 0,
) -> list[Waiting]:
    """A hundred places of your area in a state, the longest waiting first."""
    async with database.transaction() as tx:
        at = max(0, min(page, 9999))
        return await deciding.found(tx, tools, actor, wanted, name[:100], at)


@post("/api/v1/places/{place:uuid}/approval", status_code=200, **DECIDE)
async def approve(database: Database, actor: Actor, tools: PostTools, place: UUID) -> Place:
    """Opens a place that waits."""
    async with database.transaction() as tx:
        return await deciding.approve(tx, tools, actor, place)


@post("/api/v1/places/{place:uuid}/refusal", status_code=200, **DECIDE)
async def refuse(
    data: Annotated[Reason, Body()],
    database: Database,
    actor: Actor,
    tools: PostTools,
    place: UUID,
) -> Place:
    """Refuses a place that waits."""
    async with database.transaction() as tx:
        return await deciding.refuse(tx, tools, actor, place, data.reason)


@post("/api/v1/places/{place:uuid}/closing", status_code=200, **DECIDE)
async def close(database: Database, actor: Actor, tools: PostTools, place: UUID) -> Place:
    """Closes an open place for good; every post there ends."""
    async with database.transaction() as tx:
        return await deciding.close(tx, tools, actor, place)


ROUTES = [
    register, own, withdraw, join, team, renew, accept, turn_away, remove, share, step_down, found,
    approve, refuse, close,
]  # fmt: skip
