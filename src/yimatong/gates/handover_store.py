"""The table `gates_handover`."""

from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from yimatong.storage import Tx


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A hand-over as it is kept; the note sealed."""

    id: UUID
    place: UUID
    staff: UUID
    since: datetime
    at: datetime
    admitted: int
    checked: int
    refused: int
    note: bytes | None
    taken_by: UUID | None = None
    taken_at: datetime | None = None


async def add(tx: Tx, one: Kept) -> None:
    await tx.execute(
        """insert into gates_handover (id, place, staff, since, at, admitted, checked, refused,
                                       note)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9)""",
        one.id,
        one.place,
        one.staff,
        one.since,
        one.at,
        one.admitted,
        one.checked,
        one.refused,
        one.note,
    )


async def last_of(tx: Tx, place: UUID, staff: UUID) -> datetime | None:
    """When the post handed over there last."""
    found: datetime | None = await tx.fetchval(
        "select max(at) from gates_handover where place = $1 and staff = $2", place, staff
    )
    return found


async def latest(tx: Tx, place: UUID, limit: int) -> list[Kept]:
    """The newest hand-overs of a gate."""
    rows = await tx.fetch(
        "select * from gates_handover where place = $1 order by at desc, id limit $2", place, limit
    )
    return [_kept(row) for row in rows]


async def find(tx: Tx, place: UUID, id: UUID) -> Kept | None:
    """The hand-over, for whoever may take it over now."""
    row = await tx.fetchrow(
        "select * from gates_handover where place = $1 and id = $2 for update", place, id
    )
    return _kept(row) if row else None


async def take(tx: Tx, id: UUID, staff: UUID, now: datetime) -> None:
    await tx.execute(
        "update gates_handover set taken_by = $2, taken_at = $3 where id = $1 and taken_by is null",
        id,
        staff,
        now,
    )


async def forget(tx: Tx, before: datetime) -> None:
    await tx.execute("delete from gates_handover where at < $1", before)


def _kept(row: asyncpg.Record) -> Kept:
    return msgspec.convert(dict(row), Kept)
