"""How many persons one worker may open: a stolen log-in reads out no province.

Counted by clock hours: a row and one statement for each, however many scans come together. Around
the turn of an hour twice as many may be opened within sixty minutes, which for such a bound is
near enough; where it is not, `limits` keeps the moments themselves.
"""

from collections.abc import Mapping
from datetime import timedelta
from math import ceil
from uuid import UUID

import msgspec

from yimatong.access import store
from yimatong.access.limits import too_many
from yimatong.kernel.clock import Clock, day_of, start_of
from yimatong.kernel.errors import TooMany
from yimatong.storage import Tx


class Quota(msgspec.Struct, frozen=True):
    """Persons in a clock hour and in a day of Shanghai."""

    hour: int
    day: int


async def take(tx: Tx, clock: Clock, staff: UUID, quota: Quota) -> None:
    """Counts one person. TooMany where the quota is used up; whoever raises it rolls the count
    back."""
    over = await take_many(tx, clock, {staff: 1}, quota)
    if staff in over:
        raise over[staff]


async def take_many(
    tx: Tx, clock: Clock, counts: Mapping[UUID, int], quota: Quota
) -> dict[UUID, TooMany]:
    """Counts many workers' persons in one statement; the refusal of each who is over the quota
    now, with the seconds to wait."""
    now = clock.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    today = start_of(day_of(now))
    rows = await store.count_scans(tx, counts, hour, today)
    ends = {"day": today + timedelta(days=1), "hour": hour + timedelta(hours=1)}
    return {
        row["staff"]: too_many(ceil((ends[per] - now).total_seconds()))
        for row in rows
        if (per := _over(row["this_hour"], row["today"], quota))
    }


def _over(this_hour: int, today: int, quota: Quota) -> str | None:
    """Which of the two was passed, the longer one before."""
    if today > quota.day:
        return "day"
    return "hour" if this_hour > quota.hour else None
