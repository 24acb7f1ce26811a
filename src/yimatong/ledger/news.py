"""Whose facts are new: a queue that recording appends to and one reader empties, in batches."""

from uuid import UUID

from yimatong.storage import Tx


async def take_news(tx: Tx, limit: int) -> list[UUID]:
    """Takes up to `limit` entries, leaving to others what they are taking; the persons, sorted.

    They come back where the transaction is rolled back.
    """
    rows = await tx.fetch(
        """with taken as (
               delete from ledger_news where id in (
                   select id from ledger_news order by id limit $1 for update skip locked)
               returning person)
           select distinct person from taken order by person""",
        limit,
    )
    return [row["person"] for row in rows]
