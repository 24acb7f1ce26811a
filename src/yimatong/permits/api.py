"""Applications for programs: one's own, who waits, and the answer."""

import hashlib
from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import HeaderParameter

from yimatong.access import idempotency
from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.kernel.clock import Clock
from yimatong.permits.model import Application, Word
from yimatong.permits.pages import PERMITS
from yimatong.permits.service import Permits
from yimatong.policy.model import Colour, State
from yimatong.storage import Database
from yimatong.web.routes import allowed


class OwnAnswer(msgspec.Struct, frozen=True):
    """One's own application. `state` is `none`, `waiting`, or what the issuer said, since `at`."""

    state: str
    at: datetime | None
    reason: str


class Waiting(msgspec.Struct, frozen=True):
    """Somebody who waits since `asked_at`; name and document masked, `temperature` in ℃."""

    person: UUID
    asked_at: datetime
    name: str
    document_tail: str
    state: State
    colour: Colour | None
    temperature: Decimal | None


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An issuer's answer. `reason`: at most 200 characters, needed unless it approves."""

    word: Word
    reason: str = ""


class Recorded(msgspec.Struct, frozen=True):
    """The id of the fact that the answer became."""

    fact: UUID


Key = Annotated[str, HeaderParameter(name="Idempotency-Key", max_length=200)]


@get("/api/v1/permit", opt=allowed(Permission.APPLY_PERMIT), dependencies=PERMITS, tags=["permits"])
async def get_permit(database: Database, permits: Permits, actor: Actor) -> OwnAnswer:
    """What became of one's own application; 409 where the region needs none."""
    async with database.transaction() as tx:
        own = await permits.own(tx, actor)
    if own is None:
        return OwnAnswer("none", None, "")
    return OwnAnswer(own.word.value if own.word else "waiting", own.at, own.reason)


@get(
    "/api/v1/desk/permits",
    opt=allowed(Permission.PERMIT_REVIEW),
    dependencies=PERMITS,
    tags=["permits"],
)
async def get_waiting(
    database: Database, permits: Permits, actor: Actor, region: str
) -> list[Waiting]:
    """The first hundred who wait in a region, the longest waiting first; each look is recorded."""
    async with database.transaction() as tx:
        return [_shown(one) for one in await permits.waiting(tx, actor, region)]


@post(
    "/api/v1/desk/permits/{person:uuid}",
    opt=allowed(Permission.PERMIT_REVIEW),
    dependencies=PERMITS,
    tags=["permits"],
)
async def post_answer(
    database: Database,
    permits: Permits,
    actor: Actor,
    clock: Clock,
    person: UUID,
    data: Said,
    idempotency_key: Key,
) -> Response[Recorded]:
    """Records the answer to who waits. With the same Idempotency-Key it is recorded once."""
    body = hashlib.sha256(person.bytes + msgspec.json.encode(data)).digest()
    async with database.transaction() as tx:
        earlier = await idempotency.begin(tx, clock, actor.account, idempotency_key, body)
        if earlier:
            return Response(msgspec.json.decode(earlier.body, type=Recorded), status_code=201)
        fact = Recorded(await permits.decide(tx, actor, person, data.word, data.reason))
        encoded = msgspec.json.encode(fact)
        await idempotency.finish(tx, actor.account, idempotency_key, 201, encoded)
    return Response(fact, status_code=201)


def _shown(one: Application) -> Waiting:
    return Waiting(
        one.person,
        one.asked_at,
        one.masked.name,
        one.masked.document_tail,
        one.standing.state,
        one.standing.colour,
        one.temperature,
    )


ROUTES = [get_permit, get_waiting, post_answer]
