"""Declaring and checking in for programs; the sheets are those of the forms."""

import hashlib
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.openapi import ResponseSpec
from litestar.params import Body

from yimatong.access import idempotency
from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.codes.standings import Standings
from yimatong.declarations import drafts_api
from yimatong.declarations.model import (
    CheckInSheet,
    DeclarationSheet,
    Receipt,
    ReturnSheet,
    WorkSheet,
)
from yimatong.declarations.pages import ROOM
from yimatong.declarations.service import Declarations
from yimatong.declarations.taking_back import take_back
from yimatong.declarations.working import MayWork, may_work
from yimatong.kernel.clock import Clock
from yimatong.kernel.ids import Randomness
from yimatong.people.service import People
from yimatong.policy.library import Library
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


@post("/api/v1/returns", opt=allowed(Permission.DECLARE), dependencies=ROOM, responses=RECORDED)
async def come_back(
    data: Annotated[ReturnSheet, Body()],
    key: IdempotencyKey,
    database: Database,
    actor: Actor,
    declarations: Declarations,
    clock: Clock,
) -> Response[bytes]:
    """Records that one plans to return from outside the province, or has returned."""
    async with database.transaction() as tx:
        return await _once(
            tx, clock, actor, key, data, lambda: declarations.come_back(tx, actor, data)
        )


@post(
    "/api/v1/work-returns",
    opt=allowed(Permission.DECLARE),
    dependencies=ROOM,
    responses=RECORDED,
)
async def go_to_work(
    data: Annotated[WorkSheet, Body()],
    key: IdempotencyKey,
    database: Database,
    actor: Actor,
    declarations: Declarations,
    clock: Clock,
) -> Response[bytes]:
    """Records that one goes back to work; whether one may start is asked for beside it."""
    async with database.transaction() as tx:
        return await _once(
            tx, clock, actor, key, data, lambda: declarations.go_to_work(tx, actor, data)
        )


@get("/api/v1/work-returns/answer", opt=allowed(Permission.OWN_RECORD))
async def work_answer(
    database: Database,
    actor: Actor,
    people: People,
    library: Library,
    clock: Clock,
    standings: Standings,
) -> MayWork:
    """Whether one may start work as of now, derived each time."""
    async with database.transaction() as tx:
        return await may_work(tx, people, library, clock, standings, actor)


@post(
    "/api/v1/records/{sheet:uuid}/withdrawal", opt=allowed(Permission.OWN_RECORD), status_code=200
)
async def withdraw(
    sheet: UUID, database: Database, actor: Actor, clock: Clock, randomness: Randomness
) -> Receipt:
    """Takes back what was handed in today; again, it stays as it is."""
    async with database.transaction() as tx:
        return await take_back(tx, clock, randomness, actor, sheet)


@get("/api/v1/returns", opt=allowed(Permission.OWN_RECORD), dependencies=ROOM)
async def own_returns(
    database: Database, actor: Actor, declarations: Declarations
) -> list[Receipt]:
    """One's own newest fifty returns."""
    async with database.transaction() as tx:
        return await declarations.own(tx, actor, "return")


@get("/api/v1/work-returns", opt=allowed(Permission.OWN_RECORD), dependencies=ROOM)
async def own_work_returns(
    database: Database, actor: Actor, declarations: Declarations
) -> list[Receipt]:
    """One's own newest fifty returns to work."""
    async with database.transaction() as tx:
        return await declarations.own(tx, actor, "work")


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


ROUTES = [
    declare,
    check_in,
    come_back,
    go_to_work,
    work_answer,
    withdraw,
    own_declarations,
    own_check_ins,
    own_returns,
    own_work_returns,
    *drafts_api.ROUTES,
]
