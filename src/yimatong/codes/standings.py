"""Standings: derived when they are asked for, and kept until time or a new fact changes them.

Nobody writes a colour. What is kept here is an answer with everything it was derived from; it
is used only where all of that is still so, and can be derived again and compared at any time.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from yimatong.codes import store
from yimatong.codes.horizon import good_until
from yimatong.codes.model import Cached, Current, Difference, Differences, Found, Pair
from yimatong.kernel.clock import Clock
from yimatong.ledger import History, histories
from yimatong.policy.decide import decide
from yimatong.policy.library import Library
from yimatong.policy.model import Policy
from yimatong.storage import Database, Tx

BATCH = 500
MOST_KEPT = 1000
"""Standings kept by one call; each takes a lock until the transaction ends, and PostgreSQL's
table of locks has room for a few thousand."""
NO_FACTS = History([], 0)


class Standings:
    """Reads and derives standings under the editions of a library."""

    def __init__(self, library: Library, clock: Clock) -> None:
        self._library = library
        self._clock = clock
        self._digests = {policy.name: _digest(policy) for policy in library.policies()}

    async def of(self, tx: Tx, person: UUID, region: str) -> Current:
        """The standing as of now, `undeclared` where nothing is recorded about the person.

        NotFound where the library has no edition of the region.
        """
        pair = (person, region)
        return (await self.many(tx, [pair]))[pair]

    async def many(self, tx: Tx, pairs: Sequence[Pair]) -> Mapping[Pair, Current]:
        """The same for many: one statement where all are cached, else three."""
        wanted = list(dict.fromkeys(pairs))
        if not wanted:
            return {}
        now = self._clock.now()
        found = dict(zip(wanted, await store.found(tx, wanted), strict=True))
        current = {
            pair: Current(known.cached.standing, known.head)
            for pair, known in found.items()
            if known.cached is not None and self._is_good(pair, known, now)
        }
        missing = [pair for pair in wanted if pair not in current]
        derived = await self._derive(tx, missing, now) if missing else {}
        return current | {
            pair: Current(cached.standing, cached.version) for pair, cached in derived.items()
        }

    async def forget(self, tx: Tx, person: UUID) -> None:
        """Erases what is kept of a person here, the short code too; it can be derived again."""
        await store.forget(tx, person)

    async def rederive(
        self, database: Database, progress: Callable[[int, int], None] = lambda done, of: None
    ) -> Differences:
        """Derives every cached standing again; changes nothing.

        `progress` is told how many of how many are done. Each batch is read and derived in
        a transaction of its own, so that this may run beside the service.
        """
        async with database.transaction() as tx:
            total = await store.count_cached(tx)
        checked, waiting, differing, last = 0, 0, list[Difference](), None
        while True:
            async with database.transaction() as tx:
                await tx.execute("set transaction isolation level repeatable read, read only")
                batch = dict(await store.after(tx, last, BATCH))
                good, differences = await self._compare(tx, batch)
            if not batch:
                return Differences(checked, waiting, tuple(differing))
            last = max(batch)
            checked, waiting = checked + good, waiting + len(batch) - good
            differing += differences
            progress(checked + waiting, total)

    async def _compare(self, tx: Tx, batch: Mapping[Pair, Found]) -> tuple[int, list[Difference]]:
        """How many are in use at this moment, and which of them differ."""
        now = self._clock.now()
        good = {
            pair: known.cached for pair, known in batch.items() if self._is_good(pair, known, now)
        }
        read = await histories(tx, [person for person, _ in good])
        differing = []
        for pair, cached in good.items():
            derived = self._decided(pair, read.get(pair[0], NO_FACTS), now).standing
            if cached is not None and derived != cached.standing:
                differing.append(Difference(*pair, cached.standing, derived))
        return len(good), differing

    def _is_good(self, pair: Pair, found: Found, now: datetime) -> bool:
        """Whether the cached standing is what would be derived now."""
        cached, policy = found.cached, self._library.named(pair[1], now)
        if cached is None or cached.version != found.head:
            return False
        if cached.policy_digest != self._digests[policy.name]:
            return False
        return cached.decided_at <= now and (cached.good_until is None or now < cached.good_until)

    async def _derive(self, tx: Tx, pairs: Sequence[Pair], now: datetime) -> Mapping[Pair, Cached]:
        read = await histories(tx, list({person for person, _ in pairs}))
        derived = {pair: self._decided(pair, read.get(pair[0], NO_FACTS), now) for pair in pairs}
        await store.cache(tx, list(derived.items())[:MOST_KEPT])
        return derived

    def _decided(self, pair: Pair, history: History, now: datetime) -> Cached:
        """At this moment, or where a clock is behind, at that of the newest fact: what has
        been recorded counts from then on."""
        facts = history.facts
        at = max((now, *(fact.recorded_at for fact in facts)))
        policy = self._library.named(pair[1], at)
        standing = decide(policy, facts, at)
        return Cached(
            history.version,
            self._digests[policy.name],
            at,
            good_until(policy, facts, standing, at),
            standing,
        )


def _digest(policy: Policy) -> bytes:
    """Of all that the policy says, so that a corrected file outdates what the old one said."""
    return hashlib.sha256(msgspec.json.encode(policy)).digest()[:16]
