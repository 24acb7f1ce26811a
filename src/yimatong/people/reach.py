"""Persons in bulk, for what is told to them: where they live, and whose accounts it reaches."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from yimatong.kernel.clock import SHANGHAI
from yimatong.people import reach_store as store
from yimatong.people.model import Person
from yimatong.people.service import People
from yimatong.storage import Tx


class Reached(msgspec.Struct, frozen=True):
    """An account that acts for the person; `own`: it is the person's, `guardian`: the person is
    a child that it registered."""

    account: UUID
    own: bool
    guardian: bool


async def persons(tx: Tx, ids: Sequence[UUID]) -> Mapping[UUID, Person]:
    """Those that there are."""
    rows = await store.persons(tx, ids)
    return {row["id"]: Person(row["id"], row["region"], row["registered_at"]) for row in rows}


async def registered(
    tx: Tx, after: tuple[datetime, UUID], until: datetime, limit: int
) -> list[Person]:
    """The next who registered, by moment and id, up to `until`."""
    rows = await store.registered(tx, *after, until, limit)
    return [
        Person(row["id"], row["region"], row["registered_at"].astimezone(SHANGHAI)) for row in rows
    ]


async def accounts_of(
    people: People, tx: Tx, ids: Sequence[UUID]
) -> Mapping[UUID, Sequence[Reached]]:
    """Whose accounts act for each person now, the person's own first."""
    found: dict[UUID, list[Reached]] = {one: [] for one in ids}
    for row in await store.accounts(tx, ids, people.clock.now()):
        one = Reached(row["account"], row["own"], row["consent"] == "guardian")
        found[row["person"]].append(one)
    return found


async def owners(people: People, tx: Tx, phones: Iterable[str]) -> Mapping[str, Person | None]:
    """Of those numbers that have an account its own person, None before a card is registered.

    Only for what nobody is told of: that a number is known is nobody's business.
    """
    hashes = {one: phone for phone in phones for one in people.keys.matches(phone, "people.phone")}
    return {
        hashes[row["match"]]: row["id"] and Person(row["id"], row["region"], row["registered_at"])
        for row in await store.owners(tx, list(hashes))
    }
