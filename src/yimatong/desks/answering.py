"""What is done for somebody else (HI-13), on the patient's side: mine, a child's, or not ours.

Asked of a phone number; whoever logs in with it is asked. What is said to be somebody's becomes
their facts, once, as of the sale, and by the pharmacy's word.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from yimatong import ledger, places
from yimatong.access.actor import Actor
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.desks import behalf_store as store
from yimatong.desks.behalf import GOOD_FOR, NUMBER, Content, unsealed
from yimatong.kernel.clock import SHANGHAI
from yimatong.kernel.errors import BadInput, Conflict, NotFound, Where
from yimatong.ledger import NewFact
from yimatong.people import family
from yimatong.people.service import People
from yimatong.places import Place
from yimatong.scenes import FormName, Values
from yimatong.storage import Tx

SOURCE = "pharmacy"
"""Only scenes of this source may have what is another's (checked when they are loaded)."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What the patient is asked: where and when, what of the form is theirs, the kinds of facts
    it would be. `until`: when it ends without an answer. `person`: whose they said it is."""

    id: UUID
    at: datetime
    until: datetime
    place: str
    scene: str
    form: FormName
    values: Values
    kinds: list[str]
    answered_at: datetime | None
    person: UUID | None


async def waiting(tx: Tx, people: People, actor: Actor) -> list[Question]:
    """What waits for the answer of whoever is logged in, the newest first."""
    numbers = await _numbers(tx, people, actor)
    return await _questions(tx, people, await store.waiting(tx, numbers, _since(people)))


async def open_questions(people: People, tx: Tx, actor: Actor) -> int:
    """How many wait."""
    return await store.count(tx, await _numbers(tx, people, actor), _since(people))


async def known(tx: Tx, people: People, actor: Actor, person: UUID) -> list[Question]:
    """For "what is known of me": what was asked of the account's number in the last days, but
    not in a child's copy, and what was said to be the person's."""
    numbers = [] if actor.proxy else await _numbers(tx, people, actor)
    return await _questions(tx, people, await store.known(tx, numbers, person, _since(people)))


async def answer(tx: Tx, people: People, actor: Actor, id: UUID, person: UUID | None) -> None:
    """`person`: whose it is, oneself or one of the family; None: nobody's here. Answered again the
    same way changes nothing.

    NotFound where it is not asked of this number, or longer than GOOD_FOR ago; BadInput where
    the person is none of the family; Conflict where it was answered otherwise.
    """
    row = await store.find(tx, id, await _numbers(tx, people, actor), _since(people))
    if row is None:
        raise NotFound.of("desks.no_question", days=GOOD_FOR.days)
    if row["answered_at"] is not None:
        if row["person"] != person:
            raise Conflict.of("desks.answered")
        return
    facts: list[UUID] = []
    if person is not None:
        members = await family.members(people, tx, actor.account)
        if person not in {one.person for one in members}:
            raise BadInput.of("desks.not_family", Where(field="person"))
        made = [_fact(row, kind, person) for kind in row["kinds"]]
        facts = await ledger.record(tx, people.clock, people.randomness, made)
    await store.answered(tx, id, person, facts, people.clock.now())
    await _record(tx, people, actor, row, person)


async def give_number(tx: Tx, people: People, left: str, stays: str) -> None:
    """Two registrations were joined: what was asked of the number that is left behind is asked
    of the one that stays."""
    await store.give_number(tx, people.keys.matches(left, NUMBER), people.keys.match(stays, NUMBER))


async def carry_over(tx: Tx, gone: UUID, kept: UUID, facts: Mapping[UUID, UUID]) -> None:
    """What was said to be `gone`'s is `kept`'s, where both were one all along."""
    await store.carry_over(tx, gone, kept, facts)


async def erase(tx: Tx, people: People, phone: str, persons: Sequence[UUID]) -> None:
    """Nothing of what was asked of a number whose account is deleted is left."""
    await store.erase(tx, people.keys.matches(phone, NUMBER), persons)


async def _numbers(tx: Tx, people: People, actor: Actor) -> list[bytes]:
    return people.keys.matches(await people.phone_of(tx, actor.account), NUMBER)


def _since(people: People) -> datetime:
    return people.clock.now() - GOOD_FOR


async def _questions(tx: Tx, people: People, rows: Sequence[asyncpg.Record]) -> list[Question]:
    at = await places.several(tx, {row["place"] for row in rows}) if rows else {}
    return [_question(people, row, at[row["place"]]) for row in rows]


def _question(people: People, row: asyncpg.Record, place: Place) -> Question:
    content = Content("", "record", {})
    if row["content"] is not None:
        content = unsealed(people.keys, row["id"], row["content"])
    moment = row["at"].astimezone(SHANGHAI)
    return Question(
        id=row["id"],
        at=moment,
        until=moment + GOOD_FOR,
        place=place.name,
        scene=content.scene,
        form=content.form,
        values=content.values,
        kinds=list(row["kinds"]),
        answered_at=row["answered_at"] and row["answered_at"].astimezone(SHANGHAI),
        person=row["person"],
    )


def _fact(row: asyncpg.Record, kind: str, person: UUID) -> NewFact:
    return NewFact(
        person=person,
        kind=kind,
        observed_at=row["at"],
        source=SOURCE,
        recorder=row["recorder"],
        place=row["place"],
    )


async def _record(
    tx: Tx, people: People, actor: Actor, row: asyncpg.Record, person: UUID | None
) -> None:
    """On record: of somebody's facts for them to see, of a no under its question alone."""
    own = await people.person_of(tx, actor.account)
    event = Event(
        actor=actor.account,
        action="desks.answered",
        purpose=Purpose.OWN if person in (None, own) else Purpose.FAMILY,
        person=person,
        place=row["place"],
        detail={"question": str(row["id"]), "mine": person is not None},
    )
    await audit(tx, people.clock, event)
