"""Taking a place's register away: one worker asks, another confirms, the first downloads within
half an hour (safety: what leaves the system takes two)."""

import csv
import io
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.desks import courses, store
from yimatong.desks.model import Desk, DeskTools
from yimatong.kernel.clock import SHANGHAI
from yimatong.kernel.errors import Conflict, NotAllowed, NotFound
from yimatong.kernel.ids import new_id
from yimatong.storage import Tx

GOOD_FOR = timedelta(minutes=30)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Asked(msgspec.Struct, frozen=True):
    """A wish to take the register away. `mine`: of whoever reads this."""

    id: UUID
    at: datetime
    mine: bool
    confirmed: bool


async def ask(tx: Tx, tools: DeskTools, desk: Desk) -> UUID:
    """Asks; a colleague has to confirm."""
    id = new_id(tools.randomness)
    await store.ask_export(tx, id, desk.post.place.id, desk.post.staff, tools.clock.now())
    await _record(tx, tools, desk, "desks.export_asked")
    return id


async def asked(tx: Tx, tools: DeskTools, desk: Desk) -> list[Asked]:
    """What was asked here within GOOD_FOR, the newest first."""
    rows = await store.exports(tx, desk.post.place.id, tools.clock.now() - GOOD_FOR)
    return [
        Asked(
            id=row["id"],
            at=row["asked_at"].astimezone(SHANGHAI),
            mine=row["asked_by"] == desk.post.staff,
            confirmed=row["confirmed_by"] is not None,
        )
        for row in rows
    ]


async def confirm(tx: Tx, tools: DeskTools, desk: Desk, id: UUID) -> None:
    """A colleague confirms. NotFound where it was not asked here or is too old; NotAllowed for
    whoever asked."""
    row = await _found(tx, tools, desk, id)
    if row["asked_by"] == desk.post.staff:
        raise NotAllowed.of("desks.export_own")
    await store.confirm_export(tx, id, desk.post.staff, tools.clock.now())
    await _record(tx, tools, desk, "desks.export_confirmed")


async def sheet(tx: Tx, tools: DeskTools, desk: Desk, id: UUID) -> str:
    """The register for a spreadsheet: UTF-8 with a byte order mark, names masked, no cell that
    computes. NotFound; NotAllowed but for whoever asked; Conflict until it is confirmed."""
    row = await _found(tx, tools, desk, id)
    if row["asked_by"] != desk.post.staff:
        raise NotAllowed.of("desks.export_theirs")
    if row["confirmed_by"] is None:
        raise Conflict.of("desks.export_waits")
    lines = await courses.register(tx, tools, desk)
    await _record(tx, tools, desk, "desks.export", rows=len(lines))
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["name", "document_tail", "opened", "day", "entries", "last", "due", "missed"])
    for one in lines:
        times = (f"{moment:%Y-%m-%d %H:%M}" for moment in (one.opened_at, one.last_at))
        opened, last = times
        name, due = _neutral(one.name), "yes" if one.due else "no"
        writer.writerow(
            [name, one.document_tail, opened, one.day, one.entries, last, due, one.missed]
        )
    return "\ufeff" + file.getvalue()


async def _found(tx: Tx, tools: DeskTools, desk: Desk, id: UUID) -> "store.Row":
    rows = await store.exports(tx, desk.post.place.id, tools.clock.now() - GOOD_FOR)
    found = next((row for row in rows if row["id"] == id), None)
    if found is None:
        raise NotFound.of("desks.no_export")
    return found


async def _record(tx: Tx, tools: DeskTools, desk: Desk, action: str, **detail: int) -> None:
    event = Event(
        actor=desk.post.account,
        action=action,
        purpose=Purpose(desk.scene.purpose),
        place=desk.post.place.id,
        detail=dict(detail),
    )
    await audit(tx, tools.clock, event)


def _neutral(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
