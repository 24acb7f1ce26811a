"""The tables of feeds and their files."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from yimatong.registry.model import Fed, Feed, Import
from yimatong.storage import Tx


async def insert_feed(tx: Tx, feed: Feed, made_at: datetime) -> bool:
    """Whether it was added; not where there is one of this name."""
    done = await tx.execute(
        """insert into registry_feed (name, public_key, persons_a_day, maker, made_at)
           values ($1, $2, $3, $4, $5) on conflict do nothing""",
        feed.name,
        feed.public_key,
        feed.persons_a_day,
        feed.maker,
        made_at,
    )
    return done.endswith(" 1")


async def lock_feed(tx: Tx, name: str) -> Feed | None:
    row = await tx.fetchrow(
        """select name, public_key, persons_a_day, maker, checker, ended_at is not null as ended
           from registry_feed where name = $1 for update""",
        name,
    )
    return msgspec.convert(dict(row), Feed) if row else None


async def approve_feed(tx: Tx, name: str, checker: UUID, approved_at: datetime) -> None:
    await tx.execute(
        "update registry_feed set checker = $2, approved_at = $3 where name = $1",
        name,
        checker,
        approved_at,
    )


async def end_feed(tx: Tx, name: str, ended_at: datetime) -> None:
    await tx.execute(
        "update registry_feed set ended_at = coalesce(ended_at, $2) where name = $1",
        name,
        ended_at,
    )


async def persons_since(tx: Tx, feed: str, since: datetime, others: Iterable[UUID]) -> int:
    """How many people the feed said something about after a moment, together with others."""
    found: int = await tx.fetchval(
        "select count(*) from (select person from registry_fed where feed = $1 and at > $2"
        " union select unnest($3::uuid[])) persons",
        feed,
        since,
        list(others),
    )
    return found


async def is_approved(tx: Tx, feed: str, matches: Sequence[bytes]) -> bool:
    """Whether a checker let this very file through."""
    found: bool = await tx.fetchval(
        "select exists (select 1 from registry_import where feed = $1 and file = any($2::bytea[])"
        " and state = 'waiting' and checker is not null)",
        feed,
        matches,
    )
    return found


async def approve_import(tx: Tx, id: UUID, checker: UUID) -> str | None:
    """The feed of the file, if it was waiting."""
    feed: str | None = await tx.fetchval(
        "update registry_import set checker = $2"
        " where id = $1 and state = 'waiting' and checker is null returning feed",
        id,
        checker,
    )
    return feed


async def insert_import(tx: Tx, made: Import, match: bytes, at: datetime) -> None:
    await tx.execute(
        """insert into registry_import (id, feed, at, file, rows, accepted, known, aside,
                                        persons, state)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""",
        made.id,
        made.feed,
        at,
        match,
        made.rows,
        made.accepted,
        made.known,
        len(made.asides),
        made.persons,
        made.state,
    )
    await tx.executemany(
        "insert into registry_aside (import, line, reason) values ($1, $2, $3)",
        [(made.id, aside.line, aside.problem.code) for aside in made.asides],
    )


async def fed(tx: Tx, feed: str, ids: Iterable[str]) -> dict[str, Fed]:
    """What the feed's rows of these ids became."""
    rows = await tx.fetch(
        "select id, person, fact, content from registry_fed"
        " where feed = $1 and id = any($2::text[])",
        feed,
        list(ids),
    )
    return {row["id"]: Fed(row["person"], row["fact"], row["content"]) for row in rows}


async def insert_fed(tx: Tx, feed: str, at: datetime, rows: Iterable[tuple[str, Fed]]) -> None:
    await tx.executemany(
        "insert into registry_fed (feed, id, person, fact, content, at)"
        " values ($1, $2, $3, $4, $5, $6)",
        [(feed, id, each.person, each.fact, each.content, at) for id, each in rows],
    )
