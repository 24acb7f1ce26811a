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
from yimatong.storage import Tx

KEPT = timedelta(days=2)
_HOUR = timedelta(hours=1)


class Quota(msgspec.Struct, frozen=True):
    """Persons in a clock hour and in a day of Shanghai."""

    hour: int
    day: int


async def take(tx: Tx, clock: Clock, staff: UUID, quota: Quota) -> None:
    """Counts one person. TooMany where the quota is used up; whoever raises it rolls the count
    back."""
    if await take_many(tx, clock, {staff: 1}, quota):
        now = clock.now()
        next_hour = now.replace(minute=0, second=0, microsecond=0) + _HOUR
        raise too_many(max(1, int((next_hour - now).total_seconds())))


async def take_many(tx: Tx, clock: Clock, counts: Mapping[UUID, int], quota: Quota) -> set[UUID]:
    """Counts many workers' persons in one statement; which of them are over their quota now."""
    now = clock.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    rows = await store.count_scans(tx, counts, hour, start_of(day_of(now)))
    return {
        row["staff"] for row in rows if row["this_hour"] > quota.hour or row["today"] > quota.day
    }
