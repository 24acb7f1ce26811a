"""Recording events, and telling a person who looked."""

from collections.abc import Sequence
from uuid import UUID

from yimatong.audit import store
from yimatong.audit.model import Event, Look, Purpose
from yimatong.kernel.clock import SHANGHAI, Clock
from yimatong.storage import Tx


async def record(tx: Tx, clock: Clock, event: Event) -> None:
    """Appends one event, in the transaction of what it tells of: both stay or neither."""
    await store.insert(tx, clock.now(), [event])


async def record_many(tx: Tx, clock: Clock, events: Sequence[Event]) -> None:
    """Appends events in one statement; for a gate that serves many scans at once."""
    await store.insert(tx, clock.now(), events)


async def looks_at(tx: Tx, person: UUID, limit: int | None = 100) -> list[Look]:
    """Others' looks at a person, the newest first; the person's own are left out (YM-07).

    `limit` None: every one.
    """
    rows = await store.looks_at(tx, person, Purpose.OWN.value, limit)
    return [
        Look(
            row["at"].astimezone(SHANGHAI),
            row["action"],
            Purpose(row["purpose"]),
            row["place"],
            row["detail"],
        )
        for row in rows
    ]
