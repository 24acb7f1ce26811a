"""Medicine that was bought for one, for programs."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.params import Body

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.desks import behalf
from yimatong.desks.behalf import Question
from yimatong.people.service import People
from yimatong.storage import Database
from yimatong.web.routes import allowed

MAY: dict[str, Any] = {"opt": allowed(Permission.OWN_RECORD), "tags": ["mine"]}


class Whose(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The person it is for, oneself or one of the family; null: for nobody here."""

    person: UUID | None


@get("/api/v1/purchases", **MAY)
async def waiting(database: Database, people: People, actor: Actor) -> list[Question]:
    """What pharmacies say was bought for this phone number and waits for its word."""
    async with database.transaction() as tx:
        return await behalf.waiting(tx, people, actor)


@post("/api/v1/purchases/{question:uuid}", status_code=204, **MAY)
async def answer(
    data: Annotated[Whose, Body()],
    database: Database,
    people: People,
    actor: Actor,
    question: UUID,
) -> None:
    """Says whose it is. Until then it counts for nobody; after seven days it never does."""
    async with database.transaction() as tx:
        await behalf.answer(tx, people, actor, question, data.person)


ROUTES = [waiting, answer]
