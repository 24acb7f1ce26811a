"""The tables `notices_told`, `notices_walk` and `notices_notice`."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from yimatong.kernel.clock import SHANGHAI
from yimatong.notices.model import UNSPOKEN, Notice, Told
from yimatong.people.model import Person
from yimatong.storage import Tx

_TOLD = Told.__struct_fields__
_NOTICE = Notice.__struct_fields__


async def wake(tx: Tx, persons: Sequence[Person], now: datetime) -> None:
    """Has these looked at next. Who was never told anything knows of no declaration."""
    await tx.execute(
        """insert into notices_told (person, region, version, look, rules, since, sms_look,
                                     sms_count, reminded, asked, look_at)
           select person, region, 0, $5, '{}', since, $5, 0, false, false, $4
           from unnest($1::uuid[], $2::text[], $3::timestamptz[]) woken (person, region, since)
           order by person
           on conflict (person) do update set look_at = excluded.look_at""",
        [one.id for one in persons],
        [one.region for one in persons],
        [one.registered_at for one in persons],
        now,
        UNSPOKEN,
    )


async def walked(tx: Tx) -> tuple[datetime, UUID] | None:
    """How far the registrations were walked through; None where somebody is walking now."""
    row = await tx.fetchrow("select registered_at, person from notices_walk for update skip locked")
    return (row["registered_at"], row["person"]) if row else None


async def walk_on(tx: Tx, last: Person) -> None:
    await tx.execute(
        "update notices_walk set registered_at = $1, person = $2", last.registered_at, last.id
    )


async def due(tx: Tx, now: datetime, limit: int) -> list[Told]:
    """Who has to be looked at, locked; whom another worker looks at is left to it."""
    rows = await tx.fetch(
        """select * from notices_told where look_at <= $1
           order by look_at limit $2 for update skip locked""",
        now,
        limit,
    )
    return [_told(row) for row in rows]


async def keep(tx: Tx, told: Sequence[Told]) -> None:
    """What these were told, in one statement."""
    rows = [[getattr(one, name) for name in _TOLD if name != "rules"] for one in told]
    # an array of arrays would have to be even
    rules = [" ".join(one.rules) for one in told]
    await tx.execute(
        """update notices_told kept
           set region = new.region, version = new.version, look = new.look,
               rules = string_to_array(new.rules, ' '), since = new.since,
               sms_look = new.sms_look, sms_due = new.sms_due, sms_day = new.sms_day,
               sms_count = new.sms_count, reminded = new.reminded, asked = new.asked,
               look_at = new.look_at
           from unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[], $5::timestamptz[],
                       $6::text[], $7::timestamptz[], $8::date[], $9::smallint[], $10::boolean[],
                       $11::boolean[], $12::timestamptz[], $13::text[])
               new (person, region, version, look, since, sms_look, sms_due, sms_day, sms_count,
                    reminded, asked, look_at, rules)
           where kept.person = new.person""",
        *zip(*rows, strict=True),
        rules,
    )


async def put_off(tx: Tx, person: UUID, until: datetime) -> None:
    await tx.execute("update notices_told set look_at = $2 where person = $1", person, until)


async def drop(tx: Tx, persons: Sequence[UUID]) -> None:
    await tx.execute("delete from notices_told where person = any($1)", persons)


async def add(tx: Tx, notices: Sequence[Notice]) -> None:
    rows = [[getattr(one, name) for name in _NOTICE] for one in notices]
    marks = ", ".join(f"${place}" for place in range(1, len(_NOTICE) + 1))
    await tx.executemany(
        f"insert into notices_notice ({', '.join(_NOTICE)}) values ({marks})",  # noqa: S608
        [[msgspec.to_builtins(v) if isinstance(v, tuple) else v for v in row] for row in rows],
    )


async def of_account(
    tx: Tx, account: UUID, persons: Sequence[UUID], since: datetime, limit: int | None
) -> list[Notice]:
    """The newest first, of these persons only."""
    rows = await tx.fetch(
        """select * from notices_notice where account = $1 and person = any($2) and at > $3
           order by at desc, id limit $4""",
        account,
        persons,
        since,
        limit,
    )
    return [_notice(row) for row in rows]


async def unread(tx: Tx, account: UUID, persons: Sequence[UUID], since: datetime) -> int:
    counted: int = await tx.fetchval(
        """select count(*) from notices_notice
           where account = $1 and person = any($2) and at > $3 and read_at is null""",
        account,
        persons,
        since,
    )
    return counted


async def read(tx: Tx, account: UUID, ids: Sequence[UUID], now: datetime) -> None:
    await tx.execute(
        """update notices_notice set read_at = $3
           where account = $1 and id = any($2) and read_at is null""",
        account,
        ids,
        now,
    )


async def erase(tx: Tx, persons: Sequence[UUID]) -> None:
    await tx.execute("delete from notices_notice where person = any($1)", persons)
    await drop(tx, persons)


async def forget(tx: Tx, before: datetime) -> None:
    await tx.execute("delete from notices_notice where at <= $1", before)


def _told(row: asyncpg.Record) -> Told:
    fields = dict(row) | {"rules": tuple(row["rules"])}
    return msgspec.convert({name: _here(fields[name]) for name in _TOLD}, Told)


def _notice(row: asyncpg.Record) -> Notice:
    return msgspec.convert({name: _here(row[name]) for name in _NOTICE}, Notice)


def _here(value: object) -> object:
    return value.astimezone(SHANGHAI) if isinstance(value, datetime) else value
