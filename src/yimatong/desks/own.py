"""What a place recorded of a person itself: only that may it end or withdraw."""

from collections.abc import Sequence
from uuid import UUID

from yimatong import ledger
from yimatong.desks.model import Desk, DeskTools
from yimatong.kernel.errors import Conflict
from yimatong.ledger import NewFact, Recorded
from yimatong.policy.facts import KINDS
from yimatong.scenes import Effect
from yimatong.storage import Tx


async def standing_facts(tx: Tx, desk: Desk, person: UUID) -> list[Recorded]:
    """The place's own facts of lasting kinds that are neither withdrawn nor ended."""
    found = await ledger.recorded(tx, person)
    withdrawn = {one.fact.retracts for one in found}
    return [
        one
        for one in found
        if one.place == desk.post.place.id
        and one.fact.source == desk.scene.source
        and one.fact.id not in withdrawn
        and KINDS[one.fact.kind].lasting
        and one.fact.ended_at is None
    ]


async def endings(
    tx: Tx, tools: DeskTools, desk: Desk, person: UUID, effect: Effect
) -> list[NewFact]:
    """The facts that end or withdraw what the place recorded, as the effect says. Conflict where
    it says so and the place recorded nothing of the kind."""
    if not effect.ends and not effect.withdraws:
        return []
    own = await standing_facts(tx, desk, person)
    done = [
        *(_ended(tools, desk, one) for one in own if one.fact.kind in effect.ends),
        *(_withdrawn(tools, desk, one) for one in own if one.fact.kind in effect.withdraws),
    ]
    if not done:
        raise Conflict.of("desks.nothing_own", place=desk.post.place.name)
    return done


def withdrawals(
    tools: DeskTools, desk: Desk, recorded: Sequence[Recorded], facts: Sequence[UUID]
) -> list[NewFact]:
    """The facts that withdraw those of the ids that stand yet."""
    gone = {one.fact.retracts for one in recorded}
    wanted = {str(fact) for fact in facts} - gone
    return [_withdrawn(tools, desk, one) for one in recorded if one.fact.id in wanted]


def _ended(tools: DeskTools, desk: Desk, one: Recorded) -> NewFact:
    fact = one.fact
    return NewFact(
        person=UUID(fact.person),
        kind=fact.kind,
        observed_at=fact.observed_at,
        ended_at=tools.clock.now(),
        source=desk.scene.source,
        retracts=UUID(fact.id),
        recorder=desk.post.account,
        place=desk.post.place.id,
    )


def _withdrawn(tools: DeskTools, desk: Desk, one: Recorded) -> NewFact:
    return NewFact(
        person=UUID(one.fact.person),
        kind="withdrawn",
        observed_at=tools.clock.now(),
        source=desk.scene.source,
        retracts=UUID(one.fact.id),
        recorder=desk.post.account,
        place=desk.post.place.id,
    )
