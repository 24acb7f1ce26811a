"""The SQL of answers that apps gave, and of screens that a phone logged in."""

from datetime import datetime
from uuid import UUID

from yimatong.storage import Tx


async def spend(tx: Tx, state: bytes, expires_at: datetime) -> bool:
    """Whether it was not spent before."""
    done = await tx.execute(
        "insert into entrances_spent (state, expires_at) values ($1, $2) on conflict do nothing",
        state,
        expires_at,
    )
    return done.endswith(" 1")


async def confirm(tx: Tx, id: bytes, account: UUID, expires_at: datetime) -> bool:
    """Whether nobody confirmed the screen before."""
    done = await tx.execute(
        """insert into entrances_screen (id, account, expires_at) values ($1, $2, $3)
           on conflict do nothing""",
        id,
        account,
        expires_at,
    )
    return done.endswith(" 1")


async def confirmed(tx: Tx, id: bytes, now: datetime) -> bool:
    found: bool = await tx.fetchval(
        """select exists (select from entrances_screen
                          where id = $1 and expires_at > $2 and taken_at is null)""",
        id,
        now,
    )
    return found


async def take(tx: Tx, id: bytes, now: datetime) -> UUID | None:
    """Whose the screen is now; None where nobody confirmed it, it is over, or was taken."""
    account: UUID | None = await tx.fetchval(
        """update entrances_screen set taken_at = $2
           where id = $1 and expires_at > $2 and taken_at is null returning account""",
        id,
        now,
    )
    return account


async def forget(tx: Tx, now: datetime) -> None:
    await tx.execute("delete from entrances_spent where expires_at <= $1", now)
    await tx.execute("delete from entrances_screen where expires_at <= $1", now)
