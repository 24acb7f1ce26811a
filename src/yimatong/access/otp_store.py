"""The SQL of codes sent by SMS."""

from datetime import datetime
from uuid import UUID

import asyncpg

from yimatong.storage import Tx


async def lock(tx: Tx, subject: bytes) -> asyncpg.Record:
    """The subject's row of failures, made where missing, locked until the transaction ends."""
    row = await tx.fetchrow(
        """insert into access_otp_subject as kept (subject) values ($1)
           on conflict (subject) do update set failures_in_row = kept.failures_in_row
           returning failures_in_row, failed_at""",
        subject,
    )
    assert row is not None
    return row


async def find(tx: Tx, subject: bytes, request: UUID) -> asyncpg.Record | None:
    return await tx.fetchrow(
        """select code, expires_at, tries, used_at from access_otp
           where subject = $1 and request = $2""",
        subject,
        request,
    )


async def add(
    tx: Tx, subject: bytes, request: UUID, code: bytes, issued_at: datetime, expires_at: datetime
) -> None:
    await tx.execute(
        """insert into access_otp (subject, request, code, issued_at, expires_at)
           values ($1, $2, $3, $4, $5)""",
        subject,
        request,
        code,
        issued_at,
        expires_at,
    )


async def use(tx: Tx, subject: bytes, request: UUID, now: datetime) -> None:
    await tx.execute(
        "update access_otp set used_at = $3 where subject = $1 and request = $2",
        subject,
        request,
        now,
    )
    await tx.execute(
        "update access_otp_subject set failures_in_row = 0 where subject = $1", subject
    )


async def fail(tx: Tx, subject: bytes, request: UUID, now: datetime, limit: int) -> None:
    """Counts a wrong try. Who had `limit` in a row and waited the lock out begins anew."""
    await tx.execute(
        "update access_otp set tries = tries + 1 where subject = $1 and request = $2",
        subject,
        request,
    )
    await tx.execute(
        """update access_otp_subject
           set failures_in_row = case when failures_in_row < $3 then failures_in_row + 1 else 1 end,
               failed_at = $2
           where subject = $1""",
        subject,
        now,
        limit,
    )
