"""The table `desks_question`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from yimatong.desks.model import Entry
from yimatong.storage import Tx


async def add(
    tx: Tx,
    id: UUID,
    entry: Entry,
    recorder: UUID,
    number: bytes,
    kinds: Sequence[str],
    content: bytes,
) -> None:
    await tx.execute(
        """insert into desks_question (id, entry, place, recorder, number, kinds, at, content)
           values ($1, $2, $3, $4, $5, $6, $7, $8)""",
        id,
        entry.id,
        entry.place,
        recorder,
        number,
        list(kinds),
        entry.at,
        content,
    )


async def waiting(tx: Tx, numbers: Sequence[bytes], since: datetime) -> list[asyncpg.Record]:
    return await tx.fetch(
        """select * from desks_question
           where number = any($1) and at > $2 and answered_at is null order by at desc, id""",
        numbers,
        since,
    )


async def count(tx: Tx, numbers: Sequence[bytes], since: datetime) -> int:
    counted: int = await tx.fetchval(
        """select count(*) from desks_question
           where number = any($1) and at > $2 and answered_at is null""",
        numbers,
        since,
    )
    return counted


async def known(
    tx: Tx, numbers: Sequence[bytes], person: UUID, since: datetime
) -> list[asyncpg.Record]:
    """Those asked of the numbers, and those that were said to be the person's."""
    return await tx.fetch(
        """select * from desks_question
           where (number = any($1) or person = $2) and at > $3 order by at desc, id""",
        numbers,
        person,
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


async def give_number(tx: Tx, left: Sequence[bytes], stays: bytes) -> None:
    """What was asked of a number that is its owner's no more is asked of the one that is."""
    await tx.execute("update desks_question set number = $2 where number = any($1)", left, stays)


async def carry_over(tx: Tx, gone: UUID, kept: UUID, facts: Mapping[UUID, UUID]) -> None:
    """`facts`: what each fact of `gone` is called at `kept`."""
    for row in await tx.fetch("select id, facts from desks_question where person = $1", gone):
        await tx.execute(
            "update desks_question set person = $2, facts = $3 where id = $1",
            row["id"],
            kept,
            [facts.get(fact, fact) for fact in row["facts"]],
        )


async def erase(tx: Tx, numbers: Sequence[bytes], persons: Sequence[UUID]) -> None:
    await tx.execute(
        "delete from desks_question where number = any($1) or person = any($2)", numbers, persons
    )


async def page(tx: Tx, after: UUID, limit: int) -> list[asyncpg.Record]:
    return await tx.fetch(
        """select id, content from desks_question
           where id > $1 and content is not null order by id limit $2 for update""",
        after,
        limit,
    )


async def set_content(tx: Tx, id: UUID, content: bytes) -> None:
    await tx.execute("update desks_question set content = $2 where id = $1", id, content)


async def forget(tx: Tx, before: datetime) -> None:
    await tx.execute("delete from desks_question where at <= $1", before)
