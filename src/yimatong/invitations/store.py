"""The table `invitations_number`."""

from collections.abc import Sequence
from datetime import datetime

from yimatong.storage import Tx


async def lately(tx: Tx, numbers: Sequence[bytes], since: datetime) -> list[bytes]:
    """Those of the numbers that were invited after `since`."""
    rows = await tx.fetch(
        "select number from invitations_number where number = any($1) and invited_at > $2",
        numbers,
        since,
    )
    return [row["number"] for row in rows]


async def take(tx: Tx, numbers: Sequence[bytes], now: datetime, since: datetime) -> list[bytes]:
    """Marks these as invited now; those that nobody else marked after `since`. Sorted, so that
    two lists wait for each other in one direction."""
    rows = await tx.fetch(
        """insert into invitations_number as kept (number, invited_at)
           select number, $2 from unnest($1::bytea[]) number order by number
           on conflict (number) do update set invited_at = excluded.invited_at
           where kept.invited_at <= $3 returning number""",
        numbers,
        now,
        since,
    )
    return [row["number"] for row in rows]


async def forget(tx: Tx, before: datetime) -> None:
    await tx.execute("delete from invitations_number where invited_at <= $1", before)
