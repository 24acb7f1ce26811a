"""The tables `gates_passage` and `gates_report`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import asyncpg

from yimatong.gates.model import Concern, Passage
from yimatong.policy.model import Answer
from yimatong.storage import Tx


class Column(NamedTuple):
    """Where something sealed is kept, beside the `id` that it opens with."""

    table: str
    column: str


PLATE = Column("gates_passage", "plate")
MORE = Column("gates_passage", "more")
NOTE = Column("gates_report", "note")
HANDOVER = Column("gates_handover", "note")


async def add(
    tx: Tx, passages: Sequence[Passage], sealed: Sequence[tuple[bytes | None, bytes | None]]
) -> None:
    """Appends passages, each with its sealed plate and further answers, in one statement."""
    rows = [_row(passage, *each) for passage, each in zip(passages, sealed, strict=True)]
    await tx.execute(
        """
        insert into gates_passage (person, at, id, place, staff, direction, reason, temperature,
                                   felt, plate, more, vehicle, verdict, edition, state, colour,
                                   rules)
        select person, at, id, place, staff, direction, reason, temperature, felt, plate, more,
               vehicle, verdict, edition, state, colour, string_to_array(rules, ',')
        from unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::uuid[], $5::uuid[],
                    $6::text[], $7::text[], $8::numeric[], $9::text[], $10::bytea[],
                    $11::bytea[], $12::uuid[], $13::text[], $14::text[], $15::text[],
                    $16::text[], $17::text[])
            passage (person, at, id, place, staff, direction, reason, temperature, felt, plate,
                     more, vehicle, verdict, edition, state, colour, rules)
        """,
        *zip(*rows, strict=True),
    )


def _row(passage: Passage, plate: bytes | None, more: bytes | None) -> tuple[object, ...]:
    entry = passage.entry
    return (
        passage.person,
        passage.at,
        passage.id,
        passage.place,
        passage.staff,
        entry.direction,
        entry.reason,
        entry.reading.measured,
        entry.reading.felt,
        plate,
        more,
        passage.vehicle,
        passage.verdict,
        passage.edition,
        passage.state,
        passage.colour,
        ",".join(passage.rules),
    )


async def of_person(tx: Tx, person: UUID, since: datetime, limit: int) -> list[asyncpg.Record]:
    """The newest passages of a person at any gate."""
    return await tx.fetch(
        """
        select at, place, direction, verdict from gates_passage
        where person = $1 and at >= $2 order by at desc, id desc limit $3
        """,
        person,
        since,
        limit,
    )


async def counts(tx: Tx, place: UUID, since: datetime) -> Mapping[Answer, int]:
    """How many passages of each verdict a gate has had."""
    rows = await tx.fetch(
        """
        select verdict, count(*) from gates_passage where place = $1 and at >= $2
        group by verdict
        """,
        place,
        since,
    )
    return {row["verdict"]: row["count"] for row in rows}


async def add_report(
    tx: Tx, id: UUID, passage: Passage, concern: Concern, note: bytes | None
) -> None:
    await tx.execute(
        "insert into gates_report (person, at, id, place, staff, passage, concern, note)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8)",
        passage.person,
        passage.at,
        id,
        passage.place,
        passage.staff,
        passage.id,
        concern,
        note,
    )


async def everything_of(tx: Tx, person: UUID) -> list[asyncpg.Record]:
    """Every passage of a person, the newest first."""
    return await tx.fetch(
        "select * from gates_passage where person = $1 order by at desc, id desc", person
    )


async def reports_of(tx: Tx, person: UUID) -> list[asyncpg.Record]:
    """Every report about a person, the newest first."""
    return await tx.fetch(
        """select at, place, concern from gates_report
           where person = $1 order by at desc, id desc""",
        person,
    )


async def carry_over(tx: Tx, gone: UUID, kept: UUID) -> None:
    await tx.execute("update gates_passage set person = $2 where person = $1", gone, kept)
    await tx.execute("update gates_report set person = $2 where person = $1", gone, kept)


async def erase(tx: Tx, person: UUID, before: datetime) -> None:
    await tx.execute("delete from gates_report where person = $1 and at < $2", person, before)
    await tx.execute("delete from gates_passage where person = $1 and at < $2", person, before)


async def forget(tx: Tx, gates: Sequence[UUID], before: datetime, limit: int) -> int:
    """Deletes up to so many passages, and so many reports, of these gates; how many in all."""
    gone = 0
    for table in ("gates_passage", "gates_report"):
        done = await tx.execute(
            f"""delete from {table} where (person, at, id) in
                  (select person, at, id from {table}
                   where place = any($1) and at < $2 limit $3)""",  # noqa: S608  a constant
            gates,
            before,
            limit,
        )
        gone += int(done.rpartition(" ")[2])
    return gone


async def sealed(tx: Tx, which: Column, after: UUID, limit: int) -> list[asyncpg.Record]:
    """A page of what is sealed in a column, in the order of the ids."""
    return await tx.fetch(
        f"""select id, {which.column} sealed from {which.table}
            where {which.column} is not null and id > $1 order by id limit $2""",  # noqa: S608  a constant
        after,
        limit,
    )


async def seal_anew(tx: Tx, which: Column, id: UUID, sealed: bytes) -> None:
    await tx.execute(
        f"""update {which.table} set {which.column} = $2
            where id = $1 and {which.column} is not null""",  # noqa: S608  a constant
        id,
        sealed,
    )
