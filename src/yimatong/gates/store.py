"""The tables `gates_passage` and `gates_report`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from yimatong.gates.model import Concern, Passage
from yimatong.policy.model import Answer
from yimatong.storage import Tx


async def add(tx: Tx, passages: Sequence[Passage], plates: Sequence[bytes | None]) -> None:
    """Appends passages, each with its sealed plate, in one statement."""
    rows = [_row(passage, plate) for passage, plate in zip(passages, plates, strict=True)]
    await tx.execute(
        """
        insert into gates_passage (person, at, id, place, staff, direction, reason, temperature,
                                   felt, plate, verdict, edition, state, colour, rules)
        select person, at, id, place, staff, direction, reason, temperature, felt, plate,
               verdict, edition, state, colour, string_to_array(rules, ',')
        from unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::uuid[], $5::uuid[],
                    $6::text[], $7::text[], $8::numeric[], $9::text[], $10::bytea[],
                    $11::text[], $12::text[], $13::text[], $14::text[], $15::text[])
            passage (person, at, id, place, staff, direction, reason, temperature, felt, plate,
                     verdict, edition, state, colour, rules)
        """,
        *zip(*rows, strict=True),
    )


def _row(passage: Passage, plate: bytes | None) -> tuple[object, ...]:
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


async def plates(tx: Tx, after: UUID, limit: int) -> list[asyncpg.Record]:
    return await tx.fetch(
        """select person, at, id, plate sealed from gates_passage
           where plate is not null and id > $1 order by id limit $2""",
        after,
        limit,
    )


async def notes(tx: Tx, after: UUID, limit: int) -> list[asyncpg.Record]:
    return await tx.fetch(
        """select person, at, id, note sealed from gates_report
           where note is not null and id > $1 order by id limit $2""",
        after,
        limit,
    )


async def set_plate(tx: Tx, row: asyncpg.Record, plate: bytes) -> None:
    await tx.execute(
        "update gates_passage set plate = $4 where person = $1 and at = $2 and id = $3",
        row["person"],
        row["at"],
        row["id"],
        plate,
    )


async def set_note(tx: Tx, row: asyncpg.Record, note: bytes) -> None:
    await tx.execute(
        "update gates_report set note = $4 where person = $1 and at = $2 and id = $3",
        row["person"],
        row["at"],
        row["id"],
        note,
    )
