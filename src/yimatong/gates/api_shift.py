"""Handing over a shift, for programs."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.params import Body

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.gates import handover
from yimatong.gates.gate import Tools, gate_of
from yimatong.gates.handover import Handover
from yimatong.gates.wiring import ROOM
from yimatong.storage import Database
from yimatong.web.routes import IdempotencyKey, allowed

SCAN: dict[str, Any] = {"opt": allowed(Permission.GATE_SCAN), "dependencies": ROOM}


class HandedOver(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is still open, in at most 500 characters."""

    note: str = ""


@get("/api/v1/gate/handovers", **SCAN)
async def handovers(database: Database, actor: Actor, tools: Tools) -> list[Handover]:
    """The gate's last 14 hand-overs, the newest first."""
    async with database.transaction() as tx:
        gate = await gate_of(tx, tools, actor)
        return await handover.latest(tx, tools, actor, gate)


@post("/api/v1/gate/handovers", **SCAN)
async def hand_over(
    data: Annotated[HandedOver, Body()],
    key: IdempotencyKey,
    database: Database,
    actor: Actor,
    tools: Tools,
) -> Handover:
    """Ends the shift of whoever asks. The key makes it count once."""
    async with database.transaction() as tx:
        gate = await gate_of(tx, tools, actor)
        return await handover.hand_over(tx, tools, actor, gate, data.note, key)


@post("/api/v1/gate/handovers/{shift:uuid}/taking", status_code=200, **SCAN)
async def take_over(database: Database, actor: Actor, tools: Tools, shift: UUID) -> Handover:
    """Takes over what the shift left; taken over already, it stays as it is."""
    async with database.transaction() as tx:
        gate = await gate_of(tx, tools, actor)
        return await handover.take_over(tx, tools, actor, gate, shift)


ROUTES = [handovers, hand_over, take_over]
