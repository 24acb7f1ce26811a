"""What a place recorded of somebody before, for those who go on with it (HI-11: the history)."""

from typing import Any
from uuid import UUID

import msgspec

from yimatong.desks import store
from yimatong.desks.model import Course, Desk, DeskTools, Entry, Past
from yimatong.kernel.clock import SHANGHAI
from yimatong.storage import Tx

LISTED = 10


async def past(
    tx: Tx, tools: DeskTools, desk: Desk, person: UUID, course: Course | None
) -> list[Past]:
    """What this place recorded of a person before, the newest first, with the answers as they were
    given: in the course, or else the last LISTED entries."""
    if course is not None:
        entries = await store.of_course(tx, person, course.id)
    else:
        entries = await store.of_person_at(tx, person, desk.post.place.id, LISTED)
    notes = await tools.people.many_notes(tx, person, [one.note for one in entries])
    return [_past(desk, one, notes.get(one.note, {})) for one in entries]


def _past(desk: Desk, entry: Entry, note: dict[str, str]) -> Past:
    values: dict[str, Any] = msgspec.json.decode(note["content"]) if "content" in note else {}
    return Past(
        at=entry.at.astimezone(SHANGHAI),
        form=entry.form,
        values=values,
        mine=entry.staff == desk.post.staff,
        withdrawn=entry.withdrawn_at is not None,
    )
