"""When a course's entries are due: the day is cut into equal parts, one entry in each (HI-12).

Pure. With two a day the parts are 00:00–12:00 and 12:00–24:00 in Shanghai. The part in which the
course was opened asks for nothing; a part that is over without an entry was missed.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from yimatong.kernel.clock import SHANGHAI, day_of, start_of

State = Literal["done", "due", "missed", "begun"]
_DAY = timedelta(days=1)


class Slot(msgspec.Struct, frozen=True):
    """A part of a day, from `begins` until `ends`, and whether there is an entry in it."""

    begins: datetime
    ends: datetime
    state: State


def slots(
    opened_at: datetime, until: datetime, taken: Sequence[datetime], times_a_day: int
) -> list[Slot]:
    """The parts from the opening until a moment (now, or the release), the oldest first."""
    length = _DAY / times_a_day
    day = start_of(day_of(opened_at))
    begins = day + ((opened_at - day) // length) * length
    found = []
    while begins <= until:
        ends = begins + length
        found.append(Slot(begins, ends, _state(begins, ends, opened_at, until, taken)))
        begins = ends
    return found


def _state(
    begins: datetime,
    ends: datetime,
    opened_at: datetime,
    until: datetime,
    taken: Sequence[datetime],
) -> State:
    if any(begins <= one.astimezone(SHANGHAI) < ends for one in taken):
        return "done"
    if begins <= opened_at < ends:
        return "begun"
    return "missed" if ends <= until else "due"
