"""What is left of deleted persons, looked at again when its time comes."""

from datetime import datetime

from yimatong import ledger
from yimatong.desks import about as desks
from yimatong.doors.world import World
from yimatong.gates import own as gates
from yimatong.people import gone
from yimatong.policy.facts import KINDS, Fact
from yimatong.storage import Tx


async def forget_gone(world: World) -> None:
    """Erases passages of over 14 days, and the way from a document to a person of whom nothing
    counts any more; for a worker, every hour. A page of persons is one transaction."""
    while True:
        async with world.database.transaction() as tx:
            await gone.forget(world.people, tx)
            found = await gone.due(world.people, tx)
            for left in found:
                counts = await _counts(tx, world, left)
                now = world.clock.now()
                await gates.erase(tx, left.person, now, all_of_it=not counts)
                await desks.erase(tx, left.person, now, all_of_it=not counts)
                if counts:
                    await gone.look_later(world.people, tx, left.person)
                else:
                    await gone.erase(world.people, tx, left.person)
                await world.standings.forget(tx, left.person)
        if not found:
            return


async def _counts(tx: Tx, world: World, left: gone.Left) -> bool:
    """Whether something that others recorded counts yet: a case, a contact, a quarantine, not
    what the person said. It lasts, was so within the last days, or a rule of the region of
    residence holds by it."""
    now = world.clock.now()
    facts = (await ledger.history(tx, left.person)).facts
    withdrawn = {fact.retracts for fact in facts}
    said = [one for one in facts if one.source != "self" and one.id not in withdrawn]
    if any(_recent(fact, now) for fact in said):
        return True
    standing = (await world.standings.of(tx, left.person, left.region)).standing
    rules = {rule.id for rule in world.library.named(standing.policy, now).rules}
    others = {fact.id for fact in said}
    return any(reason.rule in rules and reason.fact in others for reason in standing.reasons)


def _recent(fact: Fact, now: datetime) -> bool:
    if KINDS[fact.kind].lasting:
        return fact.ended_at is None or now < fact.ended_at + gone.KEPT
    return now < fact.observed_at + gone.KEPT
