"""The table `messages_wish`."""

from collections.abc import Sequence

import asyncpg

from yimatong.messages.model import Wish
from yimatong.storage import Tx


async def of(tx: Tx, numbers: Sequence[bytes]) -> list[asyncpg.Record]:
    return await tx.fetch("select * from messages_wish where number = any($1)", numbers)


async def drop(tx: Tx, numbers: Sequence[bytes]) -> None:
    await tx.execute("delete from messages_wish where number = any($1)", numbers)


async def put(tx: Tx, number: bytes, wish: Wish) -> None:
    await tx.execute(
        """insert into messages_wish (number, reminders, invitations, language)
           values ($1, $2, $3, $4) on conflict (number) do update
           set reminders = excluded.reminders, invitations = excluded.invitations,
               language = excluded.language""",
        number,
        wish.reminders,
        wish.invitations,
        wish.language,
    )
