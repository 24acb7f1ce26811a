"""What is sealed at a gate, in which context it opens, and sealing it anew after a rotation."""

from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import msgspec

from yimatong.access.idempotency import Request
from yimatong.gates import store
from yimatong.gates.model import Passage
from yimatong.keys import KeyRing
from yimatong.scenes import Values
from yimatong.storage import Tx

PAGE = 200


class Sealed(NamedTuple):
    """What of a passage is kept sealed."""

    plate: bytes | None
    more: bytes | None


def seal(keys: KeyRing, passage: Passage) -> Sealed:
    """Plate, and what the scene asked beyond a gate's own answers."""
    entry = passage.entry
    plate = entry.plate and keys.seal(entry.plate.encode(), plate_context(passage.id))
    more = entry.more and keys.seal(msgspec.json.encode(entry.more), more_context(passage.id))
    return Sealed(plate or None, more or None)


def open_plate(keys: KeyRing, row: asyncpg.Record) -> str | None:
    """Of a row with `id` and `plate`."""
    sealed = row["plate"]
    return keys.open(sealed, plate_context(row["id"])).decode() if sealed else None


def open_more(keys: KeyRing, row: asyncpg.Record) -> Values:
    """Of a row with `id` and `more`."""
    sealed = row["more"]
    if not sealed:
        return {}
    return msgspec.json.decode(keys.open(sealed, more_context(row["id"])), type=dict[str, Any])


def plate_context(passage: UUID) -> bytes:
    return b"gates.plate:" + passage.bytes


def more_context(passage: UUID) -> bytes:
    return b"gates.more:" + passage.bytes


def note_context(report: UUID) -> bytes:
    return b"gates.note:" + report.bytes


def handover_context(handover: UUID) -> bytes:
    return b"gates.handover:" + handover.bytes


def answer_context(request: Request) -> bytes:
    """Of a verdict kept for a repeated request: it names somebody, if masked."""
    return b"gates.answer:" + request.account.bytes + request.key.encode()


async def plates(tx: Tx, keys: KeyRing, after: UUID) -> UUID | None:
    """Seals a page of plates anew under the current key; the last id, None at the end."""
    return await _anew(tx, keys, store.PLATE, after, plate_context)


async def entries(tx: Tx, keys: KeyRing, after: UUID) -> UUID | None:
    """The same of what scenes asked beyond a gate's own answers."""
    return await _anew(tx, keys, store.MORE, after, more_context)


async def notes(tx: Tx, keys: KeyRing, after: UUID) -> UUID | None:
    """The same of the notes of reports."""
    return await _anew(tx, keys, store.NOTE, after, note_context)


async def handovers(tx: Tx, keys: KeyRing, after: UUID) -> UUID | None:
    """The same of the notes of hand-overs."""
    return await _anew(tx, keys, store.HANDOVER, after, handover_context)


async def _anew(
    tx: Tx, keys: KeyRing, which: store.Column, after: UUID, context: Callable[[UUID], bytes]
) -> UUID | None:
    rows: list[asyncpg.Record] = await store.sealed(tx, which, after, PAGE)
    for row in rows:
        within = context(row["id"])
        await store.seal_anew(
            tx, which, row["id"], keys.seal(keys.open(row["sealed"], within), within)
        )
    return rows[-1]["id"] if rows else None
