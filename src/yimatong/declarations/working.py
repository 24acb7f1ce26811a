"""Whether somebody may start work: derived from the standing each time it is asked (HI-06)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

from yimatong.access.actor import Actor
from yimatong.codes.standings import Standings
from yimatong.declarations.service import person_of
from yimatong.kernel.clock import Clock, day_of
from yimatong.ledger import history
from yimatong.people.service import People
from yimatong.policy.admission import admit, warmth
from yimatong.policy.explain import Because, explain
from yimatong.policy.facts import Fact
from yimatong.policy.library import Library
from yimatong.policy.model import Answer, Colour, State, Warmth
from yimatong.storage import Tx


class MayWork(msgspec.Struct, frozen=True):
    """The policy's answer for a workplace as of `as_of`; `warmth` says what today's temperature
    means, the newest of those recorded today."""

    answer: Answer
    state: State
    colour: Colour | None
    warmth: Warmth
    policy: str
    as_of: datetime
    reasons: Sequence[Because]


async def may_work(
    tx: Tx, people: People, library: Library, clock: Clock, standings: Standings, actor: Actor
) -> MayWork:
    """What a workplace is to answer now. Conflict where no card is registered yet."""
    person, now = person_of(actor), clock.now()
    region = (await people.person(tx, person)).region
    standing = (await standings.of(tx, person, region)).standing
    policy = library.named(standing.policy, now)
    facts = (await history(tx, person)).facts
    warm = warmth(policy, _measured(facts, now), felt_warm=None)
    return MayWork(
        answer=admit(policy, "workplace", standing.colour, warm),
        state=standing.state,
        colour=standing.colour,
        warmth=warm,
        policy=standing.policy,
        as_of=now,
        reasons=explain(policy, standing, facts),
    )


def _measured(facts: Iterable[Fact], now: datetime) -> Decimal | None:
    """The newest temperature of today that was not taken back."""
    known = list(facts)
    withdrawn = {fact.retracts for fact in known}
    today = [
        fact
        for fact in known
        if fact.kind == "temperature"
        and fact.id not in withdrawn
        and day_of(fact.observed_at) == day_of(now)
    ]
    return (
        max(today, key=lambda fact: (fact.observed_at, fact.recorded_at)).value if today else None
    )
