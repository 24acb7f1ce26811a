"""Facts in short for tests that only care which standing they lead to."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from yimatong.doors.world import World
from yimatong.ledger import NewFact, record
from yimatong.storage import Tx

Told = tuple[str, str, int]
"""Kind, source, and how many days ago it was observed."""

APPROVED: list[Told] = [("declaration", "self", 0), ("review.approved", "issuer", 0)]


async def told(world: World, person: UUID, facts: Sequence[Told]) -> None:
    """Records the facts in one transaction, as of the world's clock."""
    async with world.database.transaction() as tx:
        await told_in(tx, world, person, facts)


async def told_in(tx: Tx, world: World, person: UUID, facts: Sequence[Told]) -> None:
    now = world.clock.now()
    made = [
        NewFact(
            person=person,
            kind=kind,
            observed_at=now - timedelta(days=days),
            source=source,
            recorder=person,
        )
        for kind, source, days in facts
    ]
    await record(tx, world.clock, world.randomness, made)
