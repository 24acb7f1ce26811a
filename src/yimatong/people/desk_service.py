"""Serving somebody who stands at a clerk's desk with the document in hand (YN-08).

One verb for known and unknown: who is registered is opened only where name and document agree
with the card there is, who is not is registered. So a number alone tells nobody anything, each
try counts, and each is on record with its purpose, for the person to see.
"""

from datetime import timedelta
from enum import StrEnum, unique
from uuid import UUID

import msgspec

from yimatong.access import limits
from yimatong.access.actor import Actor
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.kernel.clock import day_of
from yimatong.kernel.errors import BadInput, Conflict, NotAllowed
from yimatong.people import store, tickets
from yimatong.people.card import Checked, check_card
from yimatong.people.model import Card
from yimatong.people.service import People
from yimatong.people.tickets import DeskTicket
from yimatong.storage import Database, Tx

AN_HOUR, A_DAY = 40, 200
"""Persons that one worker may serve: a full day of a busy desk, and no list."""
STAYS = timedelta(minutes=30)


@unique
class Why(StrEnum):
    """What somebody came for."""

    DECLARE = "declare"
    PAPER = "paper"
    FAMILY = "family"


class Served(msgspec.Struct, frozen=True):
    """Who stands there; `phone`: whether they have an account of their own."""

    person: UUID
    name: str
    document_tail: str
    region: str
    phone: bool


async def attend(people: People, database: Database, actor: Actor, card: Card, why: Why) -> str:
    """Registers or opens who is present; a ticket for what follows, good for STAYS.

    BadInput with every field's problem; NotAllowed without a place, or about oneself; Conflict
    where the name is not that of the document's card, which counts and is on record as well;
    TooMany beyond AN_HOUR and A_DAY.
    """
    checked = check_card(card, day_of(people.clock.now()))
    staff, place = post_of(actor)
    async with database.transaction() as tx:
        for name, most, hours in (("hour", AN_HOUR, 1), ("day", A_DAY, 24)):
            await limits.take(
                tx, people.clock, f"people.desk.{name}", staff.bytes, most, timedelta(hours=hours)
            )
        person, agrees = await _found(people, tx, actor, checked)
        action = "people.desk_attended" if agrees else "people.desk_refused"
        await record(people, tx, actor, person, action, why)
    if not agrees:
        raise Conflict.of("people.desk_service.differs")
    until = people.clock.now() + STAYS
    return tickets.write(people.keys, DeskTicket(staff, place, person, until))


def served_by(people: People, actor: Actor, ticket: str) -> UUID:
    """The person of a ticket of this post. NotAllowed where it is another's, or too old."""
    over = NotAllowed.of("people.desk_service.over")
    try:
        found = tickets.read(people.keys, people.clock, ticket, DeskTicket)
    except BadInput:
        raise over from None
    if (found.staff, found.place) != (actor.staff, actor.place):
        raise over
    return found.person


async def served(people: People, tx: Tx, person: UUID) -> Served:
    """What the desk shows of the person."""
    known, masked = await people.person(tx, person), await people.masked(tx, person)
    phone = await store.own_account(tx, person) is not None
    return Served(person, masked.name, masked.document_tail, known.region, phone)


def post_of(actor: Actor) -> tuple[UUID, UUID]:
    """Post and place. NotAllowed where the post is bound to none."""
    if actor.staff is None or actor.place is None:
        raise NotAllowed.of("people.desk_service.no_place")
    return actor.staff, actor.place


async def record(
    people: People, tx: Tx, actor: Actor, person: UUID, action: str, why: Why | None = None
) -> None:
    """On the person's own list: from where, and what for."""
    event = Event(
        actor=actor.account,
        action=action,
        purpose=Purpose.DESK_SERVICE,
        person=person,
        place=actor.place,
        detail={"why": why.value} if why else {},
    )
    await audit(tx, people.clock, event)


async def _found(people: People, tx: Tx, actor: Actor, checked: Checked) -> tuple[UUID, bool]:
    """The person, and whether the name is that of the card."""
    document = checked.document
    person = await people.find_by_document(tx, document.kind, document.number)
    if person is None or await store.person(tx, person) is None:  # unknown, or deleted
        added = await people.add_person(tx, actor.account, checked, A_DAY, present=True)
        return added, True
    if await people.person_of(tx, actor.account) == person:
        raise NotAllowed.of("people.desk_service.own")
    return person, (await people.card_of(tx, person)).name == checked.name
