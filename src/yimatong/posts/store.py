"""The tables `posts_code` and `posts_applicant`."""

from datetime import datetime
from uuid import UUID

import asyncpg

from yimatong.storage import Tx


async def code_of(tx: Tx, place: UUID, now: datetime) -> asyncpg.Record | None:
    return await tx.fetchrow(
        "select code, expires_at from posts_code where place = $1 and expires_at > $2", place, now
    )


async def set_code(tx: Tx, place: UUID, code: str, expires_at: datetime) -> bool:
    """Whether it was set; not where another place has the code."""
    done = await tx.execute(
        """insert into posts_code (place, code, expires_at)
           select $1, $2, $3 where not exists (select from posts_code where code = $2)
           on conflict (place) do update
           set code = excluded.code, expires_at = excluded.expires_at""",
        place,
        code,
        expires_at,
    )
    return done.endswith(" 1")


async def drop_code(tx: Tx, place: UUID) -> None:
    await tx.execute("delete from posts_code where place = $1", place)


async def place_of_code(tx: Tx, code: str, now: datetime) -> UUID | None:
    found: UUID | None = await tx.fetchval(
        "select place from posts_code where code = $1 and expires_at > $2", code, now
    )
    return found


async def ask(tx: Tx, account: UUID, place: UUID, now: datetime) -> None:
    """Who asks elsewhere asks no longer where they asked before."""
    await tx.execute(
        """insert into posts_applicant (account, place, asked_at) values ($1, $2, $3)
           on conflict (account) do update
           set place = excluded.place, asked_at = excluded.asked_at""",
        account,
        place,
        now,
    )


async def asked(tx: Tx, account: UUID) -> UUID | None:
    """The place that the account asks to join."""
    found: UUID | None = await tx.fetchval(
        "select place from posts_applicant where account = $1", account
    )
    return found


async def applicants(tx: Tx, place: UUID, limit: int) -> list[asyncpg.Record]:
    return await tx.fetch(
        """select account, asked_at from posts_applicant where place = $1
           order by asked_at, account limit $2""",
        place,
        limit,
    )


async def drop_applicant(tx: Tx, place: UUID, account: UUID) -> bool:
    done = await tx.execute(
        "delete from posts_applicant where place = $1 and account = $2", place, account
    )
    return done.endswith(" 1")


async def drop_applicants(tx: Tx, place: UUID) -> None:
    await tx.execute("delete from posts_applicant where place = $1", place)


async def drop_of_account(tx: Tx, account: UUID) -> None:
    await tx.execute("delete from posts_applicant where account = $1", account)


async def forget(tx: Tx, now: datetime, asked_before: datetime) -> list[UUID]:
    """The accounts that asked before that moment."""
    await tx.execute("delete from posts_code where expires_at <= $1", now)
    rows = await tx.fetch(
        "delete from posts_applicant where asked_at < $1 returning account", asked_before
    )
    return [row["account"] for row in rows]
