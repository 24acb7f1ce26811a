"""Several people in one vehicle: one plate, one direction, and each of them decided on.

The first passage with a plate begins a vehicle. Its ticket goes with the guard from one person to
the next, as a person's ticket does: sealed, for this post at this gate, in anybody else's hands
worth nothing. Nothing of a vehicle is kept but what its passages have in common.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
import msgspec

from yimatong.gates import day_store
from yimatong.gates.day import ANSWERS
from yimatong.gates.gate import Gate, Tools
from yimatong.gates.looks import look_at_all
from yimatong.gates.model import Entry, Passage
from yimatong.kernel.clock import SHANGHAI
from yimatong.kernel.errors import BadInput, Conflict, NotAllowed, Where
from yimatong.keys import CannotOpen
from yimatong.policy.model import Answer
from yimatong.presence.model import Post
from yimatong.scenes.reading import Typed
from yimatong.storage import Tx

LIFE = timedelta(hours=1)
"""From the last person who was scanned."""
MOST = 100
"""People in one vehicle; a coach has 60."""
LONGEST = 2000


class Vehicle(msgspec.Struct, frozen=True, array_like=True):
    """What is the same for everybody in it. `kept`: answers that are not asked again."""

    id: UUID
    plate: str
    kept: dict[str, list[str]]
    expires_at: datetime


class Aboard(msgspec.Struct, frozen=True):
    """Somebody in the vehicle, by the latest passage; the name is masked. A family shares a
    surname, so the end of the document tells who is who."""

    at: datetime
    name: str
    document_tail: str
    verdict: Answer


class Company(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody who was scanned in a vehicle, in that order, and what it comes to."""

    plate: str
    aboard: list[Aboard]
    count: int
    counts: dict[Answer, int]
    answer: Answer
    """The worst of theirs: `admit` where all pass."""


def begun(gate: Gate, tools: Tools, passage: Passage, typed: Typed) -> str | None:
    """The ticket with which to go on; None where no vehicle passed."""
    plate = passage.entry.plate
    if passage.vehicle is None or plate is None:
        return None
    ends = (tools.clock.now() + LIFE).astimezone(UTC)
    vehicle = Vehicle(passage.vehicle, plate, gate.form.kept(typed), ends)
    sealed = tools.keys.seal(msgspec.msgpack.encode(vehicle), _context(gate.post))
    return base64.urlsafe_b64encode(sealed).decode()


def opened(text: str, gate: Gate, tools: Tools) -> Vehicle:
    """NotAllowed where the ticket is another worker's, another place's, outlived, or none."""
    try:
        sealed = base64.b64decode(text[:LONGEST], altchars=b"-_", validate=True)
        plain = tools.keys.open(sealed, _context(gate.post))
    except (binascii.Error, ValueError, CannotOpen):
        raise NotAllowed.of("gates.vehicle.not_yours") from None
    vehicle = msgspec.msgpack.decode(plain, type=Vehicle)
    if vehicle.expires_at <= tools.clock.now():
        raise NotAllowed.of("gates.vehicle.expired", hours=LIFE // timedelta(hours=1))
    return vehicle


def filled(vehicle: Vehicle, gate: Gate, typed: Typed) -> dict[str, Sequence[str]]:
    """What was typed of one person, with what is the same for all."""
    plate = {gate.form.plate.id: [vehicle.plate]} if gate.form.plate else {}
    given = {name: texts for name, texts in typed.items() if any(text.strip() for text in texts)}
    return {**vehicle.kept, **plate, **given}


def check_same(vehicle: Vehicle, entry: Entry) -> None:
    """BadInput where the plate is another's: then it is another vehicle."""
    if entry.plate != vehicle.plate:
        raise BadInput.of("gates.vehicle.other_plate", Where(field="plate"), plate=vehicle.plate)


async def check_aboard(tx: Tx, gate: Gate, vehicle: Vehicle, person: UUID) -> None:
    """Conflict where the person was let pass in it already, or there is no room.

    Who was not may be measured again, and then counts by the later answer.
    """
    rows = await day_store.aboard(tx, gate.post.place.id, vehicle.id)
    latest: Mapping[UUID, Answer] = {row["person"]: row["verdict"] for row in rows}
    if latest.get(person) == "admit":
        raise Conflict.of("gates.vehicle.twice", plate=vehicle.plate)
    if person not in latest and len(latest) >= MOST:
        raise Conflict.of("gates.vehicle.full", most=MOST)


async def company(tx: Tx, tools: Tools, gate: Gate, vehicle: Vehicle) -> Company:
    """Everybody in it so far, for who goes on scanning: this very post scanned each of them
    within the hour, and that is on record."""
    rows = await day_store.aboard(tx, gate.post.place.id, vehicle.id)
    return await _company(tx, tools, vehicle, rows)


async def listed(tx: Tx, tools: Tools, gate: Gate, vehicle: Vehicle) -> Company:
    """The same as a list to be read. Each is a look at its person, and on record."""
    rows = await day_store.aboard(tx, gate.post.place.id, vehicle.id)
    await look_at_all(tx, tools, gate, [row["person"] for row in rows], "gates.vehicle")
    return await _company(tx, tools, vehicle, rows)


async def _company(
    tx: Tx, tools: Tools, vehicle: Vehicle, rows: Sequence[asyncpg.Record]
) -> Company:
    masked = [await tools.people.masked(tx, row["person"]) for row in rows]
    aboard = [
        Aboard(row["at"].astimezone(SHANGHAI), who.name, who.document_tail, row["verdict"])
        for row, who in zip(rows, masked, strict=True)
    ]
    counts: dict[Answer, int] = {
        answer: sum(one.verdict == answer for one in aboard) for answer in ANSWERS
    }
    worst: Answer = next((one for one in reversed(ANSWERS) if counts[one]), "admit")
    return Company(
        plate=vehicle.plate, aboard=aboard, count=len(aboard), counts=counts, answer=worst
    )


def _context(post: Post) -> bytes:
    return b"gates.vehicle:" + post.staff.bytes + post.place.id.bytes
