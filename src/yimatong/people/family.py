"""Families: acting for children, parents and others (HB-06, YN-07, YN-08).

A number alone opens nobody. A guardian registers a child that nobody has registered yet; whoever
is grown up, or registered by another guardian, agrees by an SMS code to their own phone, or
without one by the paper card or before a clerk. Each side may end it at any time.
"""

from datetime import date, datetime
from enum import StrEnum, unique
from typing import Literal
from uuid import UUID

import asyncpg
import msgspec

from yimatong.access import sessions
from yimatong.access.actor import Actor
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.kernel.clock import day_of, start_of
from yimatong.kernel.errors import BadInput, Conflict, NotFound, Where
from yimatong.people import family_store as store
from yimatong.people import gone_store
from yimatong.people.card import Checked, check_card
from yimatong.people.model import Card
from yimatong.people.names import masked
from yimatong.people.service import People
from yimatong.storage import Tx

MOST = 8
"""People of the family beside oneself that an account may act for."""
GROWN_UP = 18
_BORN = Where(field="born")
_DOCUMENT = Where(field="document_number")


Agreement = Literal["sms", "paper", "clerk"]
"""How somebody who is not a child of the account's owner agreed."""


@unique
class Relation(StrEnum):
    """Who the person is to the account's owner."""

    CHILD = "child"
    PARENT = "parent"
    SPOUSE = "spouse"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    SIBLING = "sibling"
    OTHER = "other"


class Member(msgspec.Struct, frozen=True):
    """Somebody the account may act for; `until` where that ends by itself (a child grows up)."""

    person: UUID
    name: str
    document_tail: str
    region: str
    relation: str
    consent: str
    since: datetime
    until: datetime | None
    own: bool


class Guardian(msgspec.Struct, frozen=True):
    """What a guardian says of a child: the relation, when it was born (None where the document
    says it), and what was promised, word for word."""

    relation: Relation
    born: date | None
    promise: str


class Holder(msgspec.Struct, frozen=True):
    """Another account that may act for one. `name` is the owner's, masked."""

    account: UUID
    name: str
    relation: str
    consent: str
    since: datetime


async def members(people: People, tx: Tx, account: UUID) -> list[Member]:
    """For whom the account may act now, its own person first."""
    rows = await store.of_account(tx, account, people.clock.now())
    return [await _member(people, tx, row) for row in rows]


async def holders(people: People, tx: Tx, person: UUID) -> list[Holder]:
    """Who else may act for the person now."""
    rows = await store.holders(tx, person, people.clock.now())
    return [await _holder(people, tx, row) for row in rows]


async def add_child(people: People, tx: Tx, account: UUID, card: Card, said: Guardian) -> UUID:
    """Registers a child under GROWN_UP whose guardian the account's owner promises to be.

    BadInput with every field's problem, and where the person is grown up; Conflict where the
    document is on a card already, unless it was this account that registered it; TooMany as
    `add_person`.
    """
    now = people.clock.now()
    checked = check_card(card, day_of(now))
    until = _grows_up(checked, said.born, day_of(now))
    await _refuse_too_many(people, tx, account)
    found = await people.find_by_document(tx, checked.document.kind, checked.document.number)
    before = await store.member(tx, account, found) if found else None
    if found and before and before["consent"] == "guardian":
        await people.change_card(tx, found, checked)
        person = found
    else:
        person = await people.add_person(tx, account, checked)
    await store.put(tx, account, person, said.relation, "guardian", said.promise, now, until)
    await _record(people, tx, account, person, "people.family_begun", "guardian")
    return person


async def add_agreed(
    people: People,
    tx: Tx,
    account: UUID,
    person: UUID,
    relation: Relation,
    consent: Agreement = "sms",
) -> None:
    """Adds somebody who agreed, or whose guardian did: by an SMS code, by the paper card that was
    handed over, or before a clerk.

    BadInput where that is the account's own person; Conflict beyond MOST.
    """
    if await people.person_of(tx, account) == person:
        raise BadInput.of("people.family.oneself", Where(field="phone"))
    await _refuse_too_many(people, tx, account)
    today = day_of(people.clock.now())
    document = await people.document_of(tx, person)
    age = document.age(today)
    until = None
    if age is not None and age < GROWN_UP and document.born is not None:
        until = _birthday(document.born, GROWN_UP)
    now = people.clock.now()
    await store.put(tx, account, person, relation, consent, "", now, until)
    await _record(people, tx, account, person, "people.family_begun", consent)


async def act_for(people: People, tx: Tx, actor: Actor, person: UUID) -> None:
    """From now on the session acts for this person. NotFound where the account may not."""
    rows = await store.of_account(tx, actor.account, people.clock.now())
    row = next((row for row in rows if row["person"] == person), None)
    if row is None:
        raise NotFound.of("people.unknown")
    await sessions.act_for(tx, actor, person, proxy=not row["own"])
    if not row["own"]:
        await _record(people, tx, actor.account, person, "people.family_switched", row["consent"])


async def end(people: People, tx: Tx, account: UUID, person: UUID, *, by: UUID) -> None:
    """Ends, from either side, that the account may act for the person. Ended twice is no mistake.

    Sessions that act for the person act for their owner again. `by`: the account that ended it.
    """
    if await store.end(tx, account, person, people.clock.now()):
        own = await people.person_of(tx, account)
        await sessions.act_no_longer(tx, account, person, own)
        await _record(people, tx, by, person, "people.family_ended", "")


async def is_ward(people: People, tx: Tx, account: UUID, person: UUID) -> bool:
    """Whether the account may act for the person as for a child with no account of its own."""
    rows = await store.of_account(tx, account, people.clock.now())
    minor = any(row["person"] == person and row["until"] for row in rows)
    return minor and not await gone_store.own_accounts(tx, [person])


async def minors(people: People, tx: Tx, account: UUID) -> list[Member]:
    """The children whose guardian the account's owner is."""
    return [one for one in await members(people, tx, account) if one.consent == "guardian"]


async def _member(people: People, tx: Tx, row: asyncpg.Record) -> Member:
    card = await people.card_of(tx, row["person"])
    return Member(
        row["person"],
        card.name,
        card.document_number[-2:],
        card.region,
        row["relation"],
        row["consent"],
        row["since"],
        row["until"],
        row["own"],
    )


async def _holder(people: People, tx: Tx, row: asyncpg.Record) -> Holder:
    owner = await people.person_of(tx, row["account"])
    name = masked((await people.card_of(tx, owner)).name) if owner else "*"
    return Holder(row["account"], name, row["relation"], row["consent"], row["since"])


def _grows_up(checked: Checked, typed: date | None, today: date) -> datetime:
    born = checked.document.born or typed
    if born is None:
        raise BadInput.of("people.family.born_missing", _BORN)
    if born > today:
        raise BadInput.of("people.document.future", _BORN)
    until = _birthday(born, GROWN_UP)
    if until <= start_of(today):
        raise BadInput.of("people.family.grown_up", _DOCUMENT, age=GROWN_UP)
    return until


def _birthday(born: date, age: int) -> datetime:
    """The beginning of the day on which somebody is that old; 29 February's is 1 March."""
    try:
        return start_of(born.replace(year=born.year + age))
    except ValueError:
        return start_of(date(born.year + age, 3, 1))


async def _refuse_too_many(people: People, tx: Tx, account: UUID) -> None:
    rows = await store.of_account(tx, account, people.clock.now())
    if len([row for row in rows if not row["own"]]) >= MOST:
        raise Conflict.of("people.family.too_many", most=MOST)


async def _record(
    people: People, tx: Tx, account: UUID, person: UUID, action: str, consent: str
) -> None:
    event = Event(
        actor=account,
        action=action,
        purpose=Purpose.FAMILY,
        person=person,
        detail={"consent": consent} if consent else {},
    )
    await audit(tx, people.clock, event)
