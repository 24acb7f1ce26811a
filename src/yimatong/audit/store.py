"""The table `audit_event`, only ever inserted into."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from yimatong.audit.model import Event
from yimatong.storage import Tx


async def insert(tx: Tx, at: datetime, events: Sequence[Event]) -> None:
    """Appends the events in their order, in one statement."""
    await tx.execute(
        """
        insert into audit_event (at, actor, action, person, place, purpose, detail)
        select $1, event.* from unnest($2::uuid[], $3::text[], $4::uuid[], $5::uuid[],
                                       $6::text[], $7::jsonb[]) event
        """,
        at,
        [event.actor for event in events],
        [event.action for event in events],
        [event.person for event in events],
        [event.place for event in events],
        [event.purpose.value for event in events],
        [event.detail for event in events],
    )


async def looks_at(tx: Tx, person: UUID, own: str, limit: int | None) -> list[asyncpg.Record]:
    """The newest events about a person that are not of the purpose `own`."""
    return await tx.fetch(
        """
        select at, action, purpose, place, detail from audit_event
        where person = $1 and purpose <> $2
        order by at desc, id desc limit $3
        """,
        person,
        own,
        limit,
    )
