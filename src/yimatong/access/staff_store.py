"""The SQL of posts: which account works where as what."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from yimatong.storage import Tx


async def add(
    tx: Tx,
    staff: UUID,
    account: UUID,
    role: str,
    place: UUID | None,
    secret: bytes,
    now: datetime,
) -> bool:
    """Whether it was added; not where the account has a post already."""
    done = await tx.execute(
        """insert into access_staff (id, account, role, place, totp_secret, added_at)
           values ($1, $2, $3, $4, $5, $6)
           on conflict (account) where removed_at is null do nothing""",
        staff,
        account,
        role,
        place,
        secret,
        now,
    )
    return done.endswith(" 1")


async def remove(tx: Tx, staff: UUID, now: datetime) -> asyncpg.Record | None:
    return await tx.fetchrow(
        """update access_staff set removed_at = $2 where id = $1 and removed_at is null
           returning account""",
        staff,
        now,
    )


async def of_account(tx: Tx, account: UUID) -> asyncpg.Record | None:
    return await tx.fetchrow(
        "select * from access_staff where account = $1 and removed_at is null", account
    )


async def posts(tx: Tx, limit: int) -> list[asyncpg.Record]:
    return await tx.fetch(
        "select * from access_staff where removed_at is null order by added_at, id limit $1", limit
    )


async def accounts(tx: Tx, posts: Sequence[UUID]) -> list[asyncpg.Record]:
    return await tx.fetch("select id, account from access_staff where id = any($1)", posts)


async def lock(tx: Tx, staff: UUID) -> asyncpg.Record | None:
    return await tx.fetchrow(
        "select * from access_staff where id = $1 and removed_at is null for update", staff
    )


async def use_step(tx: Tx, staff: UUID, step: int, now: datetime) -> None:
    await tx.execute(
        """update access_staff
           set totp_last_step = $2, totp_enrolled_at = coalesce(totp_enrolled_at, $3)
           where id = $1""",
        staff,
        step,
        now,
    )


async def secrets(tx: Tx, after: UUID, limit: int) -> list[asyncpg.Record]:
    return await tx.fetch(
        "select id, totp_secret from access_staff where id > $1 order by id limit $2", after, limit
    )


async def reseal(tx: Tx, staff: UUID, secret: bytes) -> None:
    await tx.execute("update access_staff set totp_secret = $2 where id = $1", staff, secret)
