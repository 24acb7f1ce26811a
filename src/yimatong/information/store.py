"""The tables `information_entry` and `information_withdrawal`. Rows are only ever inserted."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import asyncpg
import msgspec

from yimatong.information.model import Draft, Entry, Query
from yimatong.kernel.clock import SHANGHAI
from yimatong.storage import Tx

_DRAFT = ", ".join(Draft.__struct_fields__)
_ENTRY = f"""
select {", ".join(f"entry.{name}" for name in Draft.__struct_fields__)},
       entry.id, entry.post, entry.published_at, entry.replaces, next.id as replaced_by,
       next.published_at as replaced_at, withdrawal.withdrawn_at
from information_entry entry
left join information_entry next on next.replaces = entry.id
left join information_withdrawal withdrawal on withdrawal.entry = entry.id
"""  # noqa: S608  constants
_ASKED = """
where ($1::text is null or entry.region is null or entry.region = $1)
  and ($2::text is null or entry.kind = $2)
  and ($3::text = '' or entry.division = any($4) or strpos(
      lower(concat_ws(' ', entry.title, entry.text, entry.title_en, entry.text_en)), lower($3)) > 0)
"""
_GONE = "(next.id is not null or withdrawal.entry is not null)"


async def lock(tx: Tx, entry: UUID) -> None:
    """One correction or withdrawal of an entry at a time."""
    await tx.execute("select pg_advisory_xact_lock(hashtextextended($1, 17))", entry.hex)


async def insert(
    tx: Tx, id: UUID, draft: Draft, post: UUID, at: datetime, replaces: UUID | None
) -> None:
    values = [getattr(draft, name) for name in Draft.__struct_fields__]
    marks = ", ".join(f"${place}" for place in range(1, len(values) + 5))
    await tx.execute(
        f"insert into information_entry ({_DRAFT}, id, post, published_at, replaces)"  # noqa: S608
        f" values ({marks})",
        *values,
        id,
        post,
        at,
        replaces,
    )


async def withdraw(tx: Tx, entry: UUID, post: UUID, at: datetime) -> None:
    await tx.execute(
        "insert into information_withdrawal (entry, post, withdrawn_at) values ($1, $2, $3)",
        entry,
        post,
        at,
    )


async def get(tx: Tx, entry: UUID) -> Entry | None:
    row = await tx.fetchrow(f"{_ENTRY} where entry.id = $1", entry)
    return _entry(row) if row else None


async def every(tx: Tx, query: Query, named: Sequence[str], limit: int, offset: int) -> list[Entry]:
    """Whatever became of them, the newest first; `named`: divisions that the text names."""
    return await _found(tx, "", query, named, limit, offset)


async def current(
    tx: Tx, query: Query, named: Sequence[str], limit: int, offset: int, today: date
) -> list[Entry]:
    """Those that hold today, the newest first."""
    holding = f"and not {_GONE} and $7 between entry.valid_from and coalesce(entry.valid_until, $7)"
    return await _found(tx, holding, query, named, limit, offset, today)


async def gone(tx: Tx, query: Query, named: Sequence[str], limit: int) -> list[Entry]:
    """Those corrected or withdrawn, the newest first."""
    return await _found(tx, f"and {_GONE}", query, named, limit, 0)


async def _found(
    tx: Tx,
    more: str,
    query: Query,
    named: Sequence[str],
    limit: int,
    offset: int,
    *values: object,
) -> list[Entry]:
    rows = await tx.fetch(
        f"{_ENTRY} {_ASKED} {more} order by entry.published_at desc, entry.id limit $5 offset $6",
        query.region,
        query.kind,
        query.text,
        named,
        limit,
        offset,
        *values,
    )
    return [_entry(row) for row in rows]


def _entry(row: asyncpg.Record) -> Entry:
    moments = {
        name: row[name] and row[name].astimezone(SHANGHAI)
        for name in ("published_at", "replaced_at", "withdrawn_at")
    }
    return msgspec.convert(dict(row) | moments, Entry)
