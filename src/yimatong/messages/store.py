"""The SQL of the outbox."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg

from yimatong.messages.model import Letter, Rank
from yimatong.storage import Tx


async def add(
    tx: Tx,
    sms: UUID,
    letter: Letter,
    sealed: Sequence[bytes],
    rank: Rank,
    now: datetime,
    due: datetime,
    expires_at: datetime,
) -> None:
    """`sealed`: phone, text and params."""
    await tx.execute(
        """insert into messages_sms (id, phone, text, params, key, language, rank, created_at,
                                     next_try_at, expires_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""",
        sms,
        *sealed,
        letter.key,
        letter.language,
        rank,
        now,
        due,
        expires_at,
    )


async def claim(
    tx: Tx, now: datetime, pause: timedelta, most_tries: int, limit: int
) -> list[asyncpg.Record]:
    """Takes due messages; who dies while sending them leaves them to the next after `pause`.

    Codes come first, however many invitations were due before them.
    """
    return await tx.fetch(
        """update messages_sms set tries = tries + 1,
                  next_try_at = case when tries + 1 < $3 then $1 + $2::interval * (tries + 1) end
           where id in (select id from messages_sms
                        where next_try_at <= $1 and expires_at > $1
                        order by rank, next_try_at limit $4 for update skip locked)
           returning id, phone, text, params, key, language""",
        now,
        pause,
        most_tries,
        limit,
    )


async def noted(tx: Tx, ids: Sequence[UUID], failures: Sequence[str], now: datetime) -> None:
    """What became of each try; an empty failure is success."""
    await tx.execute(
        """update messages_sms set
               sent_at = case when failure = '' then $3::timestamptz end,
               next_try_at = case when failure <> '' then next_try_at end,
               error = nullif(failure, '')
           from unnest($1::uuid[], $2::text[]) tried (sms, failure) where id = sms""",
        ids,
        failures,
        now,
    )


async def recent(tx: Tx, limit: int) -> list[asyncpg.Record]:
    return await tx.fetch(
        """select id, phone, text, params, key, language, created_at, sent_at from messages_sms
           order by created_at desc, id limit $1""",
        limit,
    )


async def page(tx: Tx, after: UUID, limit: int) -> list[asyncpg.Record]:
    return await tx.fetch(
        """select id, phone, text, params, key, language from messages_sms
           where id > $1 order by id limit $2 for update""",
        after,
        limit,
    )


async def reseal(tx: Tx, sms: UUID, sealed: Sequence[bytes]) -> None:
    """`sealed`: phone, text and params."""
    await tx.execute(
        "update messages_sms set phone = $2, text = $3, params = $4 where id = $1", sms, *sealed
    )


async def forget(tx: Tx, now: datetime) -> None:
    await tx.execute("delete from messages_sms where expires_at <= $1", now)
