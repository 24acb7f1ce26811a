"""The SQL of the outbox."""

from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from yimatong.storage import Tx


async def add(
    tx: Tx, sms: UUID, phone: bytes, text: bytes, now: datetime, expires_at: datetime
) -> None:
    await tx.execute(
        """insert into messages_sms (id, phone, text, created_at, expires_at, next_try_at)
           values ($1, $2, $3, $4, $5, $4)""",
        sms,
        phone,
        text,
        now,
        expires_at,
    )


async def claim(
    tx: Tx, now: datetime, pause: timedelta, most_tries: int, limit: int
) -> list[asyncpg.Record]:
    """Takes due messages; who dies while sending them leaves them to the next after `pause`."""
    return await tx.fetch(
        """update messages_sms set tries = tries + 1,
                  next_try_at = case when tries + 1 < $3 then $1 + $2::interval * (tries + 1) end
           where id in (select id from messages_sms
                        where next_try_at <= $1 and expires_at > $1
                        order by next_try_at limit $4 for update skip locked)
           returning id, phone, text""",
        now,
        pause,
        most_tries,
        limit,
    )


async def sent(tx: Tx, sms: UUID, now: datetime) -> None:
    await tx.execute(
        "update messages_sms set sent_at = $2, next_try_at = null, error = null where id = $1",
        sms,
        now,
    )


async def failed(tx: Tx, sms: UUID, error: str) -> None:
    await tx.execute("update messages_sms set error = $2 where id = $1", sms, error)


async def recent(tx: Tx, limit: int) -> list[asyncpg.Record]:
    return await tx.fetch(
        """select id, phone, text, created_at, sent_at from messages_sms
           order by created_at desc, id limit $1""",
        limit,
    )


async def page(tx: Tx, after: UUID, limit: int) -> list[asyncpg.Record]:
    return await tx.fetch(
        "select id, phone, text from messages_sms where id > $1 order by id limit $2 for update",
        after,
        limit,
    )


async def reseal(tx: Tx, sms: UUID, phone: bytes, text: bytes) -> None:
    await tx.execute(
        "update messages_sms set phone = $2, text = $3 where id = $1", sms, phone, text
    )


async def forget(tx: Tx, now: datetime) -> None:
    await tx.execute("delete from messages_sms where expires_at <= $1", now)
