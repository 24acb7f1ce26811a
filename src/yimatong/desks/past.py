"""What was recorded in a course before, for those who go on with it."""

from typing import Any

import msgspec

from yimatong.desks import store
from yimatong.desks.model import Course, Desk, DeskTools, Entry, Past
from yimatong.kernel.clock import SHANGHAI
from yimatong.storage import Tx


async def past(tx: Tx, tools: DeskTools, desk: Desk, course: Course) -> list[Past]:
    """What was recorded in a course, the newest first, with the answers as they were given."""
    entries = await store.of_course(tx, course.person, course.id)
    notes = await tools.people.many_notes(tx, course.person, [one.note for one in entries])
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
