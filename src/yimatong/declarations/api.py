"""Declaring and checking in for programs; the sheets are those of the forms."""

import hashlib
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.openapi import ResponseSpec
from litestar.params import Body

from yimatong.access import idempotency
from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.declarations.model import CheckInSheet, DeclarationSheet, Receipt
from yimatong.declarations.pages import ROOM
from yimatong.declarations.service import Declarations
from yimatong.kernel.clock import Clock
from yimatong.storage import Database, Tx
from yimatong.web.routes import IdempotencyKey, allowed

RECORDED = {201: ResponseSpec(Receipt, generate_examples=False, description="Recorded")}
"""Of an answer that goes out as it was kept."""


@post(
    "/api/v1/declarations",
    opt=allowed(Permission.DECLARE),
    dependencies=ROOM,
    responses=RECORDED,
)
async def declare(
    data: Annotated[DeclarationSheet, Body()],
    key: IdempotencyKey,
    database: Database,
    actor: Actor,
    declarations: Declarations,
    clock: Clock,
) -> Response[bytes]:
    """Records a declaration; the same key sent again gets the first answer. `promise` is the text
    of the policy's promise, word for word."""
    async with database.transaction() as tx:
        return await _once(
            tx, clock, actor, key, data, lambda: declarations.declare(tx, actor, data)
        )


@post("/api/v1/check-ins", opt=allowed(Permission.CHECK_IN), dependencies=ROOM, responses=RECORDED)
async def check_in(
    data: Annotated[CheckInSheet, Body()],
    key: IdempotencyKey,
    database: Database,
    actor: Actor,
    declarations: Declarations,
    clock: Clock,
) -> Response[bytes]:
    """Records a daily check-in; the same key sent again gets the first answer."""
    async with database.transaction() as tx:
        return await _once(
            tx, clock, actor, key, data, lambda: declarations.check_in(tx, actor, data)
        )


@get("/api/v1/declarations", opt=allowed(Permission.OWN_RECORD), dependencies=ROOM)
async def own_declarations(
    database: Database, actor: Actor, declarations: Declarations
) -> list[Receipt]:
    """One's own newest fifty declarations."""
    async with database.transaction() as tx:
        return await declarations.own(tx, actor, "declaration")


@get("/api/v1/check-ins", opt=allowed(Permission.OWN_RECORD), dependencies=ROOM)
async def own_check_ins(
    database: Database, actor: Actor, declarations: Declarations
) -> list[Receipt]:
    """One's own newest fifty check-ins."""
    async with database.transaction() as tx:
        return await declarations.own(tx, actor, "checkin")


async def _once(
    tx: Tx, clock: Clock, actor: Actor, key: str, data: msgspec.Struct, hand_in: Any
) -> Response[bytes]:
    body = hashlib.sha256(msgspec.json.encode(data)).digest()
    earlier = await idempotency.begin(tx, clock, actor.account, key, body)
    if earlier is not None:
        return Response(earlier.body, status_code=earlier.status, media_type="application/json")
    answer = msgspec.json.encode(await hand_in())
    await idempotency.finish(tx, actor.account, key, 201, answer)
    return Response(answer, status_code=201, media_type="application/json")


ROUTES = [declare, check_in, own_declarations, own_check_ins]
