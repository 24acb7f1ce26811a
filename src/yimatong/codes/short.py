"""The short code: eight characters to be read out and typed where no picture can be read.

Made only when asked for, good once and for two minutes, one per person; only its keyed hash
is kept.
"""

from datetime import timedelta
from uuid import UUID

from yimatong.access import limits
from yimatong.codes import store
from yimatong.codes.model import Holder, ShortCode
from yimatong.kernel.clock import Clock
from yimatong.kernel.ids import READABLE, Randomness, plain, readable
from yimatong.keys import KeyRing
from yimatong.storage import Tx

LENGTH = 8
LIFE = timedelta(minutes=2)
TRIES, PER = 20, timedelta(minutes=5)
"""Of one worker. 25^8 codes: with 10,000 alive, somebody who tries without end hits one in
7 years."""
MADE, MADE_PER = 10, timedelta(minutes=10)
_PURPOSE = "codes.short"


async def make(
    tx: Tx, clock: Clock, randomness: Randomness, keys: KeyRing, holder: Holder
) -> ShortCode:
    """A new short code; the person's earlier one is no longer good. TooMany above ten in ten
    minutes."""
    await limits.take(tx, clock, "codes.short.make", holder.person.bytes, MADE, MADE_PER)
    now = clock.now()
    while True:
        code = readable(LENGTH, randomness)
        kept = keys.match(code, _PURPOSE)
        if await store.add_short(tx, kept, holder.person, holder.region, now, now + LIFE):
            return ShortCode(f"{code[:4]}-{code[4:]}", now + LIFE)


async def look_up(tx: Tx, clock: Clock, keys: KeyRing, typed: str, worker: UUID) -> Holder | None:
    """Whom a typed code stands for, which uses it up; None where it stands for nobody, was
    used or is over.

    Every try counts, and counts only where the transaction is committed. TooMany above 20 in
    five minutes.
    """
    await limits.take(tx, clock, "codes.short.look_up", worker.bytes, TRIES, PER)
    code = plain(typed)
    if len(code) != LENGTH or not set(code) <= set(READABLE):
        return None
    return await store.use_short(tx, keys.matches(code, _PURPOSE), clock.now())
