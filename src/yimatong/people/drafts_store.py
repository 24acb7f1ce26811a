"""The table `people_draft`: one row for each account, person and form."""

from datetime import datetime
from uuid import UUID

import asyncpg

from yimatong.storage import Tx


async def put(
    tx: Tx,
    account: UUID,
    person: UUID,
    path: str,
    fields: bytes,
    now: datetime,
    *,
    cut_off: bool,
) -> None:
    """In place of an earlier one."""
    await tx.execute(
        """insert into people_draft (account, person, path, fields, kept_at, cut_off)
           values ($1, $2, $3, $4, $5, $6)
           on conflict (account, person, path) do update
           set fields = excluded.fields, kept_at = excluded.kept_at, cut_off = excluded.cut_off""",
        account,
        person,
        path,
        fields,
        now,
        cut_off,
    )


async def get(
    tx: Tx, account: UUID, person: UUID, path: str, after: datetime
) -> asyncpg.Record | None:
    return await tx.fetchrow(
        """select fields, kept_at, cut_off from people_draft
           where account = $1 and person = $2 and path = $3 and kept_at > $4""",
        account,
        person,
        path,
        after,
    )


async def drop(tx: Tx, account: UUID, person: UUID, path: str) -> None:
    await tx.execute(
        "delete from people_draft where account = $1 and person = $2 and path = $3",
        account,
        person,
        path,
    )


async def latest_cut_off(tx: Tx, account: UUID, after: datetime) -> asyncpg.Record | None:
    return await tx.fetchrow(
        """select person, path from people_draft
           where account = $1 and cut_off and kept_at > $2 order by kept_at desc limit 1""",
        account,
        after,
    )


async def forget(tx: Tx, before: datetime) -> None:
    await tx.execute("delete from people_draft where kept_at <= $1", before)
