"""Finds who may have another standing than they were told of, and tells them.

In batches, each one transaction: what is written of a person, notices, SMS and what was told,
is written together or not at all. Several workers share the work, since whom one has locked
the others leave alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import structlog

from yimatong.codes.model import Current
from yimatong.codes.standings import Standings
from yimatong.kernel.clock import Clock
from yimatong.ledger import History, histories, take_news
from yimatong.notices import plan as planning
from yimatong.notices import store
from yimatong.notices.model import UNDECLARED, Plan, Seen, Told
from yimatong.notices.telling import Telling
from yimatong.people import reach
from yimatong.people.model import Person
from yimatong.policy.decide import decide
from yimatong.policy.library import Library
from yimatong.policy.standing import Standing
from yimatong.storage import Database, Tx

BATCH = 200
NEWS = 1000
PUT_OFF = timedelta(hours=1)
"""Whoever cannot be told because of a mistake of ours is tried again that much later."""
NOTHING = History([], 0)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Watcher:
    """One per process; `round` is called again and again."""

    database: Database
    standings: Standings
    library: Library
    clock: Clock
    telling: Telling

    async def round(self) -> int:
        """How many were woken or looked at; 0 where there is nothing to do now."""
        async with self.database.transaction() as tx:
            woken = await self._wake_by_news(tx)
        async with self.database.transaction() as tx:
            woken += await self._wake_by_age(tx)
        async with self.database.transaction() as tx:
            return woken + await self._look(tx)

    async def _wake_by_news(self, tx: Tx) -> int:
        known = await reach.persons(tx, await take_news(tx, NEWS))
        await store.wake(tx, list(known.values()), self.clock.now())
        return len(known)

    async def _wake_by_age(self, tx: Tx) -> int:
        """Those whose card is UNDECLARED old: of who never declared there is no news."""
        at = await store.walked(tx)
        if at is None:
            return 0
        now = self.clock.now()
        next_ones = await reach.registered(tx, at, now - UNDECLARED, BATCH)
        if next_ones:
            await store.wake(tx, next_ones, now)
            await store.walk_on(tx, next_ones[-1])
        return len(next_ones)

    async def _look(self, tx: Tx) -> int:
        now = self.clock.now()
        due = await store.due(tx, now, BATCH)
        if not due:
            return 0
        persons = await reach.persons(tx, [told.person for told in due])
        await store.drop(tx, [told.person for told in due if told.person not in persons])
        found = await self._seen(tx, [told for told in due if told.person in persons], persons)
        kept = []
        for told, standing, history, seen in found:
            plan = planning.plan(told, seen, now)
            kept += await self._tell(tx, plan, standing, history, now)
        if kept:
            await store.keep(tx, kept)
        return len(due)

    async def _seen(
        self, tx: Tx, due: Sequence[Told], persons: Mapping[UUID, Person]
    ) -> list[tuple[Told, Standing, History, Seen]]:
        """Facts are read only of those of whom there may be something to tell."""
        now = self.clock.now()
        pairs = {told.person: (told.person, persons[told.person].region) for told in due}
        current = await self.standings.many(tx, list(pairs.values()))
        first = {person: _seen(pair[1], current[pair]) for person, pair in pairs.items()}
        wanted = [told.person for told in due if _telling(told, first[told.person], now)]
        read = await histories(tx, wanted) if wanted else {}
        found = []
        for told in due:
            history, standing = read.get(told.person, NOTHING), current[pairs[told.person]].standing
            seen = self._known_more(told, first[told.person], history, now)
            found.append((told, standing, history, seen))
        return found

    def _known_more(self, told: Told, seen: Seen, history: History, now: datetime) -> Seen:
        """With who said what is new, and what comes next, as far as facts were read."""
        new = history.facts[told.version : seen.version]
        ahead = None
        if seen.changes_at is not None and planning.reminder_at(seen.changes_at) <= now:
            ahead = look_of(self._then(seen.region, history, seen.changes_at))
        own = bool(new) and all(fact.source == "self" for fact in new)
        return msgspec.structs.replace(seen, own=own, recorded=bool(new), ahead=ahead)

    def _then(self, region: str, history: History, moment: datetime) -> Standing:
        return decide(self.library.named(region, moment), history.facts, moment)

    async def _tell(
        self, tx: Tx, plan: Plan, standing: Standing, history: History, now: datetime
    ) -> list[Told]:
        """What to keep: nothing of whom a mistake of ours kept from being told."""
        if not plan.notices and not plan.sms:
            return [plan.told]
        try:
            async with tx.transaction():
                await self.telling.tell(tx, plan, standing, history)
        except Exception as error:
            log.error("notices.left", error=type(error).__name__, exc_info=error)
            await store.put_off(tx, plan.told.person, now + PUT_OFF)
            return []
        return [plan.told]


def look_of(standing: Standing) -> str:
    return standing.colour or standing.state


def _seen(region: str, current: Current) -> Seen:
    standing = current.standing
    rules = tuple(sorted({reason.rule for reason in standing.reasons}))
    return Seen(
        region=region,
        version=current.version,
        look=look_of(standing),
        rules=rules,
        changes_at=standing.next_change_at,
    )


def _telling(told: Told, seen: Seen, now: datetime) -> bool:
    """Whether facts are needed to say what there is to tell."""
    near = seen.changes_at is not None and planning.reminder_at(seen.changes_at) <= now
    waiting = told.sms_due is not None and told.sms_due <= now
    return planning.changed(told, seen) or near or waiting
