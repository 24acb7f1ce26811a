"""The register of a place: who is under observation, what is due, what was missed; and opening
one of them without a scan, since a ward knows who lies in it."""

from datetime import datetime
from uuid import UUID

import msgspec

from yimatong.audit import Event, Purpose
from yimatong.audit import record_many as audit
from yimatong.desks import opening, store
from yimatong.desks.model import Course, Desk, DeskTools, Opened
from yimatong.desks.slots import slots
from yimatong.kernel.clock import SHANGHAI, day_of
from yimatong.kernel.errors import NotFound
from yimatong.presence import showing
from yimatong.storage import Tx

MOST = 200
"""Courses that one page lists; a ward has fewer."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody under observation; the name is masked. `day` is 1 on the day it was opened."""

    id: UUID
    name: str
    document_tail: str
    opened_at: datetime
    day: int
    entries: int
    last_at: datetime
    due: bool
    missed: int


async def register(tx: Tx, tools: DeskTools, desk: Desk) -> list[Line]:
    """The open courses of the place: what was missed first, then what is due, then the oldest.
    Each line is a look at its person, and on record."""
    found = await store.open_courses(tx, desk.post.place.id, MOST)
    taken = await store.taken(tx, [one.id for one in found])
    lines = [await _line(tx, tools, desk, one, taken.get(one.id, [])) for one in found]
    looks = [
        Event(
            actor=desk.post.account,
            action="desks.list",
            purpose=Purpose(desk.scene.purpose),
            person=one.person,
            place=desk.post.place.id,
        )
        for one in found
    ]
    await audit(tx, tools.clock, looks)
    return sorted(lines, key=lambda one: (-one.missed, not one.due, one.opened_at))


async def opened(tx: Tx, tools: DeskTools, desk: Desk, course: UUID) -> Opened:
    """Somebody of the register, as after a scan. NotFound where it is no open course here."""
    found = await store.open_course_of_place(tx, desk.post.place.id, course)
    if found is None:
        raise NotFound.of("desks.no_course")
    present = await showing.present(tx, tools, found.person, "register")
    return await opening.opened(tx, tools, desk, present)


async def _line(
    tx: Tx, tools: DeskTools, desk: Desk, course: Course, taken: list[datetime]
) -> Line:
    now = tools.clock.now()
    masked = await tools.people.masked(tx, course.person)
    parts = slots(course.opened_at, now, taken, desk.scene.times_a_day or 1)
    opened_at = course.opened_at.astimezone(SHANGHAI)
    return Line(
        id=course.id,
        name=masked.name,
        document_tail=masked.document_tail,
        opened_at=opened_at,
        day=(day_of(now) - day_of(opened_at)).days + 1,
        entries=course.entries,
        last_at=course.last_at.astimezone(SHANGHAI),
        due=any(one.state == "due" for one in parts),
        missed=sum(one.state == "missed" for one in parts),
    )
