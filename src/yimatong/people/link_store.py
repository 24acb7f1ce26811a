"""The SQL of apps that lead to accounts."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from yimatong.storage import Tx


async def account_of(tx: Tx, matches: Sequence[bytes]) -> UUID | None:
    account: UUID | None = await tx.fetchval(
        "select account from people_link where match = any($1)", matches
    )
    return account


async def rematch(tx: Tx, matches: Sequence[bytes]) -> None:
    """Keeps under the first of the hashes what was kept under another."""
    await tx.execute(
        "update people_link set match = $2 where match = any($1) and match <> $2",
        matches,
        matches[0],
    )


async def put(tx: Tx, match: bytes, account: UUID, channel: str, now: datetime) -> None:
    """Of the account one of each channel, of the identity one account."""
    await tx.execute(
        "delete from people_link where match = $1 or (account = $2 and channel = $3)",
        match,
        account,
        channel,
    )
    await tx.execute(
        """insert into people_link (match, account, channel, since) values ($1, $2, $3, $4)
           on conflict (match) do update set account = excluded.account, since = excluded.since""",
        match,
        account,
        channel,
        now,
    )


async def of_account(tx: Tx, account: UUID) -> list[asyncpg.Record]:
    return await tx.fetch(
        "select channel, since from people_link where account = $1 order by since, channel",
        account,
    )


async def drop(tx: Tx, account: UUID, channel: str) -> bool:
    done = await tx.execute(
        "delete from people_link where account = $1 and channel = $2", account, channel
    )
    return done.endswith(" 1")


async def give(tx: Tx, later: UUID, earlier: UUID) -> None:
    """What led to the later account leads to the earlier one, where it had no such link."""
    await tx.execute(
        """update people_link given set account = $2 where account = $1
           and not exists (select from people_link held
                           where held.account = $2 and held.channel = given.channel)""",
        later,
        earlier,
    )
