"""A gate's day, vehicles and reports, for programs."""

from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.params import Body

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.gates import day as days
from yimatong.gates import reports, vehicle
from yimatong.gates.day import Counts, Line
from yimatong.gates.gate import Tools, gate_of
from yimatong.gates.reports import GateReport
from yimatong.gates.vehicle import Company
from yimatong.gates.wiring import ROOM
from yimatong.kernel.clock import day_of
from yimatong.policy.model import Answer
from yimatong.storage import Database
from yimatong.web.routes import allowed

READ: dict[str, Any] = {"opt": allowed(Permission.GATE_PASSAGES), "dependencies": ROOM}
LAST_PAGE = 9999


class VehicleTicket(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`vehicle` as the last verdict of somebody in it gave it, at most an hour old."""

    vehicle: str


@post(
    "/api/v1/gate/vehicles/search",
    opt=allowed(Permission.GATE_SCAN),
    dependencies=ROOM,
    status_code=200,
)
async def in_vehicle(
    data: Annotated[VehicleTicket, Body()], database: Database, actor: Actor, tools: Tools
) -> Company:
    """Everybody who was scanned in the vehicle, by the latest answer to each, and the worst of
    these: `admit` where all pass. Each is a look at its person, and on record."""
    async with database.transaction() as tx:
        gate = await gate_of(tx, tools, actor)
        together = vehicle.opened(data.vehicle, gate, tools)
        return await vehicle.listed(tx, tools, gate, together)


@get("/api/v1/gate/passages", **READ)
async def passages_of_day(
    database: Database,
    actor: Actor,
    tools: Tools,
    day: date | None = None,
    verdict: Answer | None = None,
    page: int = 0,
) -> list[Line]:
    """Twenty of the gate's passages of a day, today without `day`, the newest first. Each is a
    look at its person, and on record."""
    async with database.transaction() as tx:
        gate = await gate_of(tx, tools, actor)
        wanted = day or day_of(tools.clock.now())
        return await days.lines(tx, tools, gate, wanted, verdict, _within(page))


@get("/api/v1/gate/counts", **READ)
async def counts_of_day(
    database: Database, actor: Actor, tools: Tools, day: date | None = None
) -> Counts:
    """How many passed at the gate on a day by answer, direction and hour."""
    async with database.transaction() as tx:
        gate = await gate_of(tx, tools, actor)
        return await days.counts(tx, tools, gate, day or day_of(tools.clock.now()))


@get("/api/v1/gate/reports", **READ)
async def reports_of_gate(
    database: Database, actor: Actor, tools: Tools, page: int = 0
) -> list[GateReport]:
    """Twenty of the gate's reports of 14 days, the newest first: one's own, or everybody's for who
    answers for the gate. Each is a look at its person, and on record."""
    async with database.transaction() as tx:
        gate = await gate_of(tx, tools, actor)
        return await reports.latest(tx, tools, gate, _within(page), of_all=actor.manager)


def _within(page: int) -> int:
    return max(0, min(page, LAST_PAGE))


ROUTES = [in_vehicle, passages_of_day, counts_of_day, reports_of_gate]
