"""The table `codes_paper`: which paper cards were given out, and which are good."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from yimatong.storage import Tx


async def lock(tx: Tx, person: UUID) -> None:
    """One card of a person at a time."""
    await tx.execute("select pg_advisory_xact_lock(hashtextextended($1, 20))", person.hex)


async def add(
    tx: Tx,
    card: UUID,
    person: UUID,
    match: bytes,
    issued_by: UUID,
    times: tuple[datetime, datetime, datetime | None],
) -> bool:
    """False where another card has the number. `times`: issued, expires, pass until."""
    added = await tx.fetchval(
        """insert into codes_paper
               (id, person, match, issued_by, issued_at, expires_at, pass_until)
           values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (match) do nothing returning true""",
        card,
        person,
        match,
        issued_by,
        *times,
    )
    return added is True


async def revoke(tx: Tx, person: UUID, by: UUID, now: datetime) -> bool:
    """Whether the person had a card that was good."""
    done = await tx.execute(
        """update codes_paper set revoked_at = $3, revoked_by = $2
           where person = $1 and revoked_at is null""",
        person,
        by,
        now,
    )
    return not done.endswith(" 0")


async def good(tx: Tx, cards: Collection[UUID]) -> set[UUID]:
    """Those of the cards that are not revoked."""
    rows = await tx.fetch(
        "select id from codes_paper where id = any($1) and revoked_at is null", list(cards)
    )
    return {row["id"] for row in rows}


async def by_number(tx: Tx, matches: Sequence[bytes]) -> asyncpg.Record | None:
    return await tx.fetchrow("select * from codes_paper where match = any($1)", matches)


async def of_person(tx: Tx, person: UUID) -> asyncpg.Record | None:
    """The card that is good."""
    return await tx.fetchrow(
        "select * from codes_paper where person = $1 and revoked_at is null", person
    )
