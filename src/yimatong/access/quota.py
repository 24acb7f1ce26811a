"""How many persons one worker may open: a stolen log-in reads out no province.

Counted by clock hours: a row and one statement for each, however many scans come together. Around
the turn of an hour twice as many may be opened within sixty minutes, which for such a bound is
near enough; where it is not, `limits` keeps the moments themselves.
"""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import msgspec

from yimatong.access import store
from yimatong.access.limits import too_many
from yimatong.kernel.clock import Clock, day_of, start_of
from yimatong.kernel.errors import TooMany
from yimatong.storage import Tx

_HOUR = timedelta(hours=1)


class Quota(msgspec.Struct, frozen=True):
    """Persons in a clock hour and in a day of Shanghai."""

    hour: int
    day: int


class Count(msgspec.Struct, frozen=True):
    """How many persons more, against which quota."""

    persons: int
    quota: Quota


async def take(tx: Tx, clock: Clock, staff: UUID, quota: Quota) -> None:
    """Counts one person. TooMany where the quota is used up; whoever raises it rolls the count
    back."""
    if await take_many(tx, clock, {staff: Count(1, quota)}):
        raise used_up(clock)


async def take_many(tx: Tx, clock: Clock, counts: Mapping[UUID, Count]) -> set[UUID]:
    """Counts many workers' persons in one statement; which of them are over their quota now."""
    now = clock.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    asked = {staff: one.persons for staff, one in counts.items()}
    rows = await store.count_scans(tx, asked, hour, start_of(day_of(now)))
    return {
        row["staff"]
        for row in rows
        if row["this_hour"] > counts[row["staff"]].quota.hour
        or row["today"] > counts[row["staff"]].quota.day
    }


def used_up(clock: Clock) -> TooMany:
    """Until the next clock hour; a day's quota may take longer, and then it is said again."""
    now = clock.now()
    next_hour = now.replace(minute=0, second=0, microsecond=0) + _HOUR
    return too_many(max(1, int((next_hour - now).total_seconds())))
