"""A resident's own card: read, registered and changed by nobody else."""

from uuid import UUID

from msgspec.structs import replace

from yimatong.access import sessions
from yimatong.access.actor import Actor
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.kernel.clock import day_of
from yimatong.people.card import check_card
from yimatong.people.model import Card
from yimatong.people.regions import offered
from yimatong.people.service import People
from yimatong.policy.library import Library
from yimatong.storage import Database, Tx


async def read(people: People, tx: Tx, actor: Actor) -> Card | None:
    """The whole card of whom the session acts for, on record as read; None before there is one.

    The session acts for the person from now on, if it began before the card was registered.
    """
    person = actor.person or await people.person_of(tx, actor.account)
    if person is None:
        return None
    if actor.person is None:
        await sessions.act_for(tx, actor, person)
    purpose = Purpose.FAMILY if actor.proxy else Purpose.OWN
    event = Event(actor=actor.account, action="people.read_card", purpose=purpose, person=person)
    await audit(tx, people.clock, event)
    return await people.card_of(tx, person)


async def keep(
    people: People, database: Database, library: Library, actor: Actor, card: Card
) -> UUID:
    """Registers the card or changes it, and lets the session act for its person; where it acts
    for somebody of the family, theirs is changed.

    Sent twice it has one effect. BadInput, Conflict and TooMany as `register_card`, also
    where no policy at hand is of the region.
    """
    known = card if card.region in offered(library) else replace(card, region="")
    if actor.proxy and actor.person is not None:
        async with database.transaction() as tx:
            checked = check_card(known, day_of(people.clock.now()))
            await people.change_card(tx, actor.person, checked)
        return actor.person
    person = await people.submit_card(database, actor.account, known)
    async with database.transaction() as tx:
        await sessions.act_for(tx, actor, person)
    return person
