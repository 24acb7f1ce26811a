"""The tables `venues_owner` and `venues_visit`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from yimatong.storage import Tx
from yimatong.venues.model import Visit


async def own(tx: Tx, place: UUID, account: UUID, now: datetime) -> None:
    await tx.execute(
        """insert into venues_owner (place, account, since) values ($1, $2, $3)
           on conflict do nothing""",
        place,
        account,
        now,
    )


async def owned(tx: Tx, account: UUID) -> list[UUID]:
    rows = await tx.fetch(
        "select place from venues_owner where account = $1 order by since, place", account
    )
    return [row["place"] for row in rows]


async def owns(tx: Tx, account: UUID, place: UUID) -> bool:
    return bool(
        await tx.fetchval(
            "select true from venues_owner where account = $1 and place = $2", account, place
        )
    )


async def drop_owner(tx: Tx, account: UUID) -> None:
    await tx.execute("delete from venues_owner where account = $1", account)


async def lock(tx: Tx, person: UUID, place: UUID) -> None:
    await tx.execute(
        "select pg_advisory_xact_lock(hashtextextended($1, 0))", f"venues:{place}:{person}"
    )


async def latest(tx: Tx, person: UUID, place: UUID, since: datetime) -> Visit | None:
    row = await tx.fetchrow(
        """select * from venues_visit where person = $1 and place = $2 and at > $3
           order by at desc limit 1""",
        person,
        place,
        since,
    )
    return _visit(row) if row else None


async def add(tx: Tx, visit: Visit) -> None:
    await tx.execute(
        """insert into venues_visit (person, at, id, place, account)
           values ($1, $2, $3, $4, $5)""",
        visit.person,
        visit.at,
        visit.id,
        visit.place,
        visit.account,
    )


async def together(tx: Tx, account: UUID, visit: UUID, since: datetime) -> list[Visit]:
    """The visit of that id that the account tapped, and those tapped with it."""
    rows = await tx.fetch(
        """select other.* from venues_visit one
           join venues_visit other on other.account = one.account and other.place = one.place
             and other.at between one.at - interval '10 minutes' and one.at + interval '10 minutes'
           where one.account = $1 and one.id = $2 and one.at > $3 and other.at > $3
           order by other.at, other.id""",
        account,
        visit,
        since,
    )
    return [_visit(row) for row in rows]


async def per_hour(tx: Tx, place: UUID, since: datetime, until: datetime) -> Mapping[int, int]:
    rows = await tx.fetch(
        """select extract(hour from at at time zone 'Asia/Shanghai')::int as hour, count(*)
           from venues_visit where place = $1 and at >= $2 and at < $3 group by 1""",
        place,
        since,
        until,
    )
    return {row["hour"]: row["count"] for row in rows}


async def per_day(tx: Tx, place: UUID, since: datetime) -> Mapping[str, int]:
    rows = await tx.fetch(
        """select (at at time zone 'Asia/Shanghai')::date::text as day, count(*)
           from venues_visit where place = $1 and at >= $2 group by 1""",
        place,
        since,
    )
    return {row["day"]: row["count"] for row in rows}


async def counts(tx: Tx, places: Sequence[UUID], since: datetime) -> Mapping[UUID, int]:
    rows = await tx.fetch(
        """select place, count(*) from venues_visit where place = any($1) and at >= $2
           group by place""",
        places,
        since,
    )
    return {row["place"]: row["count"] for row in rows}


async def everything_of(tx: Tx, person: UUID) -> list[Visit]:
    rows = await tx.fetch(
        "select * from venues_visit where person = $1 order by at desc, id desc", person
    )
    return [_visit(row) for row in rows]


async def carry_over(tx: Tx, gone: UUID, kept: UUID) -> None:
    await tx.execute("update venues_visit set person = $2 where person = $1", gone, kept)


async def forget(tx: Tx, before: datetime) -> None:
    await tx.execute("delete from venues_visit where at < $1", before)


def _visit(row: asyncpg.Record) -> Visit:
    return msgspec.convert(dict(row), Visit)
