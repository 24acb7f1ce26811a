"""The table `desks_question`."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from yimatong.desks.model import Entry
from yimatong.storage import Tx


async def add(
    tx: Tx, id: UUID, entry: Entry, recorder: UUID, number: bytes, kinds: Sequence[str]
) -> None:
    await tx.execute(
        """insert into desks_question (id, entry, place, recorder, number, kinds, at)
           values ($1, $2, $3, $4, $5, $6, $7)""",
        id,
        entry.id,
        entry.place,
        recorder,
        number,
        list(kinds),
        entry.at,
    )


async def waiting(tx: Tx, numbers: Sequence[bytes], since: datetime) -> list[asyncpg.Record]:
    return await tx.fetch(
        """select * from desks_question
           where number = any($1) and at > $2 and answered_at is null order by at desc, id""",
        numbers,
        since,
    )


async def find(
    tx: Tx, id: UUID, numbers: Sequence[bytes], since: datetime
) -> asyncpg.Record | None:
    """Locked, so that two phones answer one after the other."""
    return await tx.fetchrow(
        """select * from desks_question where id = $1 and number = any($2) and at > $3
           for update""",
        id,
        numbers,
        since,
    )


async def answered(
    tx: Tx, id: UUID, person: UUID | None, facts: Sequence[UUID], now: datetime
) -> None:
    await tx.execute(
        "update desks_question set person = $2, facts = $3, answered_at = $4 where id = $1",
        id,
        person,
        list(facts),
        now,
    )


async def of_entry(tx: Tx, entry: UUID) -> list[asyncpg.Record]:
    return await tx.fetch("select * from desks_question where entry = $1 for update", entry)


async def drop(tx: Tx, id: UUID) -> None:
    await tx.execute("delete from desks_question where id = $1", id)


async def forget(tx: Tx, before: datetime) -> None:
    await tx.execute("delete from desks_question where at < $1", before)
