"""The SQL of posts: which account works where as what."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg

from yimatong.storage import Tx

if TYPE_CHECKING:
    from yimatong.access.staff import Post


async def add(tx: Tx, post: "Post", secret: bytes) -> bool:
    """Whether it was added; not where the account has a post already."""
    done = await tx.execute(
        """insert into access_staff (id, account, role, place, added_at, manager, area, totp_secret)
           values ($1, $2, $3, $4, $5, $6, $7, $8)
           on conflict (account) where removed_at is null do nothing""",
        post.id,
        post.account,
        post.role,
        post.place,
        post.added_at,
        post.manager,
        post.area,
        secret,
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


async def named(tx: Tx, staff: UUID) -> asyncpg.Record | None:
    return await tx.fetchrow(
        "select * from access_staff where id = $1 and removed_at is null", staff
    )


async def of_place(tx: Tx, place: UUID) -> list[asyncpg.Record]:
    return await tx.fetch(
        """select * from access_staff where place = $1 and removed_at is null
           order by manager desc, added_at, id""",
        place,
    )


async def last_place(tx: Tx, account: UUID) -> UUID | None:
    found: UUID | None = await tx.fetchval(
        """select place from access_staff where account = $1 and removed_at is not null
           order by removed_at desc limit 1""",
        account,
    )
    return found


async def ever(tx: Tx, account: UUID) -> bool:
    return bool(
        await tx.fetchval("select exists (select from access_staff where account = $1)", account)
    )


async def managers(tx: Tx, places: Sequence[UUID]) -> list[asyncpg.Record]:
    return await tx.fetch(
        """select place, account from access_staff
           where place = any($1) and manager and removed_at is null order by added_at, id""",
        places,
    )


async def set_manager(tx: Tx, staff: UUID, *, manager: bool) -> None:
    await tx.execute("update access_staff set manager = $2 where id = $1", staff, manager)


async def begin_at(tx: Tx, place: UUID, now: datetime) -> None:
    await tx.execute(
        "update access_staff set added_at = $2 where place = $1 and removed_at is null", place, now
    )


async def remove_of_place(tx: Tx, place: UUID, now: datetime) -> list[asyncpg.Record]:
    return await tx.fetch(
        """update access_staff set removed_at = $2 where place = $1 and removed_at is null
           returning id, account""",
        place,
        now,
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
