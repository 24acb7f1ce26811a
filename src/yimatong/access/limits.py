"""So many times in so much time, exactly: the moments themselves are kept, not a count.

A counter of fixed windows would let twice as much through around each boundary.
"""

from datetime import datetime, timedelta
from math import ceil

from yimatong.access import store
from yimatong.kernel.clock import Clock
from yimatong.kernel.errors import TooMany
from yimatong.storage import Tx


async def take(tx: Tx, clock: Clock, name: str, subject: bytes, limit: int, per: timedelta) -> None:
    """Counts one use. TooMany, uncounted, where `limit` uses lie in the last `per`."""
    now = clock.now()
    if not await store.add_hit(tx, name, subject, now, now - per, limit):
        raise too_many(await wait(tx, clock, name, subject, limit, per))


async def note(tx: Tx, clock: Clock, name: str, subject: bytes, per: timedelta) -> None:
    """Counts one use however many there were; moments older than `per` are forgotten."""
    now = clock.now()
    await store.add_hit(tx, name, subject, now, now - per, None)


async def wait(tx: Tx, clock: Clock, name: str, subject: bytes, limit: int, per: timedelta) -> int:
    """Whole seconds until there is room for one more use; 0 where there is room now."""
    now = clock.now()
    hits: list[datetime] = await store.hits(tx, name, subject, now - per)
    if len(hits) < limit:
        return 0
    return max(1, ceil((hits[-limit] + per - now).total_seconds()))


def too_many(seconds: int) -> TooMany:
    error = TooMany.of("access.too_many", seconds=seconds)
    error.retry_after = seconds
    return error
