"""What is sealed at a gate, in which context it opens, and sealing it anew after a rotation."""

from uuid import UUID

import asyncpg

from yimatong.access.idempotency import Request
from yimatong.gates import store
from yimatong.keys import KeyRing
from yimatong.storage import Tx

PAGE = 200


def plate_context(passage: UUID) -> bytes:
    return b"gates.plate:" + passage.bytes


def note_context(report: UUID) -> bytes:
    return b"gates.note:" + report.bytes


def answer_context(request: Request) -> bytes:
    """Of a verdict kept for a repeated request: it names somebody, if masked."""
    return b"gates.answer:" + request.account.bytes + request.key.encode()


async def plates(tx: Tx, keys: KeyRing, after: UUID) -> UUID | None:
    """Seals a page of plates anew under the current key; the last id, None at the end."""
    rows = await store.plates(tx, after, PAGE)
    for row in rows:
        context = plate_context(row["id"])
        await store.set_plate(tx, row, keys.seal(keys.open(row["sealed"], context), context))
    return _last(rows)


async def notes(tx: Tx, keys: KeyRing, after: UUID) -> UUID | None:
    """The same of the notes of reports."""
    rows = await store.notes(tx, after, PAGE)
    for row in rows:
        context = note_context(row["id"])
        await store.set_note(tx, row, keys.seal(keys.open(row["sealed"], context), context))
    return _last(rows)


def _last(rows: list[asyncpg.Record]) -> UUID | None:
    return rows[-1]["id"] if rows else None
