"""The tables `desks_entry` and `desks_course`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from yimatong.desks.model import Course, Entry
from yimatong.storage import Tx

Row = asyncpg.Record


async def lock(tx: Tx, person: UUID, place: UUID) -> None:
    """Whoever records about the person at the place waits for whoever does so already."""
    await tx.execute(
        "select pg_advisory_xact_lock(hashtextextended($1, 0))", f"desks:{place}:{person}"
    )


async def add(tx: Tx, entry: Entry, digest: bytes, until: datetime) -> None:
    await tx.execute(
        """insert into desks_entry (person, at, id, recorded_at, place, staff, scene, form, course,
                                    how, note, facts, verdict, digest, until)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)""",
        entry.person,
        entry.at,
        entry.id,
        entry.recorded_at,
        entry.place,
        entry.staff,
        entry.scene,
        entry.form,
        entry.course,
        entry.how,
        entry.note,
        list(entry.facts),
        entry.verdict,
        digest,
        until,
    )


async def same(tx: Tx, person: UUID, place: UUID, digest: bytes, since: datetime) -> Entry | None:
    """The latest entry of the same content that stands."""
    row = await tx.fetchrow(
        """select * from desks_entry
           where person = $1 and place = $2 and digest = $3 and recorded_at >= $4
             and withdrawn_at is null
           order by at desc, id desc limit 1""",
        person,
        place,
        digest,
        since,
    )
    return _entry(row) if row else None


async def of_place(
    tx: Tx, place: UUID, since: datetime, until: datetime, skip: int, limit: int
) -> list[Entry]:
    """The entries of a place in a time, the newest first."""
    rows = await tx.fetch(
        """select * from desks_entry where place = $1 and at >= $2 and at < $3
           order by at desc, id desc offset $4 limit $5""",
        place,
        since,
        until,
        skip,
        limit,
    )
    return [_entry(row) for row in rows]


async def counts(tx: Tx, place: UUID, since: datetime, until: datetime) -> Mapping[str, int]:
    """How many entries that stand a place has had, by form."""
    rows = await tx.fetch(
        """select form, count(*) from desks_entry
           where place = $1 and at >= $2 and at < $3 and withdrawn_at is null group by form""",
        place,
        since,
        until,
    )
    return {row["form"]: row["count"] for row in rows}


async def find(tx: Tx, place: UUID, id: UUID) -> Entry | None:
    row = await tx.fetchrow(
        "select * from desks_entry where place = $1 and id = $2 for update", place, id
    )
    return _entry(row) if row else None


async def withdraw(tx: Tx, entry: Entry, now: datetime) -> None:
    await tx.execute(
        "update desks_entry set withdrawn_at = $4 where person = $1 and at = $2 and id = $3",
        entry.person,
        entry.at,
        entry.id,
        now,
    )


async def open_course(tx: Tx, course: Course) -> None:
    await tx.execute(
        """insert into desks_course (person, id, place, scene, opened_at, entries, last_at)
           values ($1, $2, $3, $4, $5, $6, $5)""",
        course.person,
        course.id,
        course.place,
        course.scene,
        course.opened_at,
        course.entries,
    )


async def course_of(tx: Tx, person: UUID, place: UUID) -> Course | None:
    """The person's course at the place that is not released."""
    row = await tx.fetchrow(
        "select * from desks_course where person = $1 and place = $2 and released_at is null",
        person,
        place,
    )
    return _course(row) if row else None


async def open_courses(tx: Tx, place: UUID, limit: int) -> list[Course]:
    rows = await tx.fetch(
        """select * from desks_course where place = $1 and released_at is null
           order by opened_at, id limit $2""",
        place,
        limit,
    )
    return [_course(row) for row in rows]


async def open_course_of_place(tx: Tx, place: UUID, id: UUID) -> Course | None:
    row = await tx.fetchrow(
        "select * from desks_course where place = $1 and id = $2 and released_at is null", place, id
    )
    return _course(row) if row else None


async def taken(tx: Tx, courses: Sequence[UUID]) -> dict[UUID, list[datetime]]:
    """When each course had an entry that stands, but for its opening."""
    rows = await tx.fetch(
        """select course, array_agg(at order by at) as moments from desks_entry
           where course = any($1) and form = 'each' and withdrawn_at is null group by course""",
        courses,
    )
    return {row["course"]: row["moments"] for row in rows}


async def of_course(tx: Tx, person: UUID, course: UUID) -> list[Entry]:
    rows = await tx.fetch(
        """select * from desks_entry where person = $1 and course = $2
           order by at desc, id desc""",
        person,
        course,
    )
    return [_entry(row) for row in rows]


async def of_person_at(tx: Tx, person: UUID, place: UUID, limit: int) -> list[Entry]:
    rows = await tx.fetch(
        """select * from desks_entry where person = $1 and place = $2
           order by at desc, id desc limit $3""",
        person,
        place,
        limit,
    )
    return [_entry(row) for row in rows]


async def ask_export(tx: Tx, id: UUID, place: UUID, staff: UUID, now: datetime) -> None:
    await tx.execute(
        "insert into desks_export (id, place, asked_by, asked_at) values ($1, $2, $3, $4)",
        id,
        place,
        staff,
        now,
    )


async def exports(tx: Tx, place: UUID, since: datetime) -> list[Row]:
    return await tx.fetch(
        """select * from desks_export where place = $1 and asked_at > $2
           order by asked_at desc, id""",
        place,
        since,
    )


async def confirm_export(tx: Tx, id: UUID, staff: UUID, now: datetime) -> None:
    await tx.execute(
        """update desks_export set confirmed_by = $2, confirmed_at = $3
           where id = $1 and confirmed_by is null""",
        id,
        staff,
        now,
    )


async def add_to_course(tx: Tx, course: Course, at: datetime, released: datetime | None) -> None:
    await tx.execute(
        """update desks_course set entries = entries + 1, last_at = $3, released_at = $4
           where person = $1 and id = $2""",
        course.person,
        course.id,
        at,
        released,
    )


async def everything_of(tx: Tx, person: UUID) -> list[Entry]:
    """Every entry about a person, the newest first."""
    rows = await tx.fetch(
        "select * from desks_entry where person = $1 order by at desc, id desc", person
    )
    return [_entry(row) for row in rows]


async def carry_over(tx: Tx, gone: UUID, kept: UUID, facts: Mapping[UUID, UUID]) -> None:
    """`facts`: what each fact of `gone` is called at `kept`."""
    for row in await tx.fetch("select id, facts from desks_entry where person = $1", gone):
        await tx.execute(
            "update desks_entry set person = $2, facts = $4 where person = $1 and id = $3",
            gone,
            kept,
            row["id"],
            [facts.get(fact, fact) for fact in row["facts"]],
        )
    await tx.execute("update desks_course set person = $2 where person = $1", gone, kept)


async def erase(tx: Tx, person: UUID, before: datetime) -> None:
    await tx.execute("delete from desks_entry where person = $1 and at < $2", person, before)
    await tx.execute("delete from desks_course where person = $1 and last_at < $2", person, before)


async def forget(tx: Tx, now: datetime, limit: int) -> Sequence[tuple[UUID, UUID]]:
    """Deletes a page of entries whose time is over; person and note of each."""
    rows = await tx.fetch(
        """delete from desks_entry where (person, at, id) in
             (select person, at, id from desks_entry where until <= $1 limit $2)
           returning person, note""",
        now,
        limit,
    )
    await tx.execute(
        "delete from desks_export where asked_at < $1::timestamptz - interval '2 days'", now
    )
    await tx.execute(
        """delete from desks_course course where released_at is not null and not exists
             (select from desks_entry entry
              where entry.person = course.person and entry.course = course.id)"""
    )
    return [(row["person"], row["note"]) for row in rows]


def _entry(row: asyncpg.Record) -> Entry:
    return Entry(
        id=row["id"],
        person=row["person"],
        at=row["at"],
        recorded_at=row["recorded_at"],
        place=row["place"],
        staff=row["staff"],
        scene=row["scene"],
        form=row["form"],
        course=row["course"],
        how=row["how"],
        note=row["note"],
        facts=tuple(row["facts"]),
        verdict=row["verdict"],
        withdrawn_at=row["withdrawn_at"],
    )


def _course(row: asyncpg.Record) -> Course:
    return Course(
        id=row["id"],
        person=row["person"],
        place=row["place"],
        scene=row["scene"],
        opened_at=row["opened_at"],
        released_at=row["released_at"],
        entries=row["entries"],
        last_at=row["last_at"],
    )
