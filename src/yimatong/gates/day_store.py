"""What a gate reads of its own passages: the day, a vehicle, its reports."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from yimatong.policy.model import Answer
from yimatong.storage import Tx


async def of_place(
    tx: Tx,
    place: UUID,
    span: tuple[datetime, datetime],
    verdict: Answer | None,
    skip: int,
    limit: int,
) -> list[asyncpg.Record]:
    """Passages of a gate in a time, of one verdict or of all, the newest first."""
    return await tx.fetch(
        """
        select person, at, id, staff, direction, verdict, vehicle, plate is not null has_plate
        from gates_passage
        where place = $1 and at >= $2 and at < $3 and ($4::text is null or verdict = $4)
        order by at desc, id desc offset $5 limit $6
        """,
        place,
        *span,
        verdict,
        skip,
        limit,
    )


async def tallies(
    tx: Tx, place: UUID, span: tuple[datetime, datetime], staff: UUID | None = None
) -> list[asyncpg.Record]:
    """How many passages of each hour, direction and verdict a gate has had, or one guard there."""
    return await tx.fetch(
        """
        select extract(hour from at at time zone 'Asia/Shanghai')::int as hour, direction, verdict,
               count(*)::int
        from gates_passage
        where place = $1 and at >= $2 and at < $3 and ($4::uuid is null or staff = $4)
        group by hour, direction, verdict order by hour, direction, verdict
        """,
        place,
        *span,
        staff,
    )


async def vehicles(
    tx: Tx, place: UUID, span: tuple[datetime, datetime], wanted: Sequence[UUID]
) -> Mapping[UUID, asyncpg.Record]:
    """Of each vehicle its number in the order of the time, and how many people were in it."""
    rows = await tx.fetch(
        """
        select * from (
            select vehicle, row_number() over (order by min(at), vehicle)::int number,
                   count(distinct person)::int aboard
            from gates_passage
            where place = $1 and at >= $2 and at < $3 and vehicle is not null
            group by vehicle
        ) numbered where vehicle = any($4)
        """,
        place,
        *span,
        wanted,
    )
    return {row["vehicle"]: row for row in rows}


async def lock_vehicle(tx: Tx, vehicle: UUID) -> None:
    """Whoever records into the vehicle waits for whoever does so already."""
    await tx.execute(
        "select pg_advisory_xact_lock(hashtextextended($1, 0))", f"gates.vehicle:{vehicle}"
    )


async def aboard(tx: Tx, place: UUID, vehicle: UUID) -> list[asyncpg.Record]:
    """The latest passage of each person in a vehicle, in the order in which they were scanned."""
    return await tx.fetch(
        """
        select * from (
            select distinct on (person) person, at, id, verdict,
                   min(at) over (partition by person) began
            from gates_passage where place = $1 and vehicle = $2
            order by person, at desc, id desc
        ) latest order by began, id
        """,
        place,
        vehicle,
    )


async def reports(
    tx: Tx, place: UUID, since: datetime, staff: UUID | None, skip: int, limit: int
) -> list[asyncpg.Record]:
    """The reports of a gate, or of one guard there, the newest first."""
    return await tx.fetch(
        """
        select person, at, id, staff, concern, note from gates_report
        where place = $1 and at >= $2 and ($3::uuid is null or staff = $3)
        order by at desc, id desc offset $4 limit $5
        """,
        place,
        since,
        staff,
        skip,
        limit,
    )
