"""Deleting an account: what names anybody goes at once, and what counts stays without a name.

The document's keyed hash leads to the opaque id until nothing that others recorded counts any
more, so that nobody washes a colour off by deleting and registering again, and the registry finds
whom it has to find. Within that time only the phone of the deleted account registers the document
again: knowing its number is not enough (0029).
"""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from yimatong.access import otp, sessions, staff
from yimatong.access.actor import Actor
from yimatong.access.otp import OtpResult
from yimatong.access.service import forget_account
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.kernel.clock import SHANGHAI
from yimatong.kernel.errors import BadInput, Conflict, NotFound, Where
from yimatong.kernel.words import Language
from yimatong.messages import service as messages
from yimatong.messages import wishes
from yimatong.people import family, family_store, tickets
from yimatong.people import gone_store as store
from yimatong.people import store as people_store
from yimatong.people.family import Holder, Member
from yimatong.people.login import subject, try_code
from yimatong.people.service import People
from yimatong.people.tickets import DeletionTicket
from yimatong.storage import Tx

KEPT = timedelta(days=14)
"""How long a deleted person's document leads to their facts at least: as far back as any shipped
policy looks (a test compares)."""
LOOK_EVERY = timedelta(days=1)
TOLD = timedelta(days=30)
"""How long the family page tells that somebody is gone."""
BATCH = 100
PHONE = "people.gone"


class Ends(msgspec.Struct, frozen=True):
    """What ends with an account: `children` whom nobody else may act for end too, `others` go on
    without it; `holders` may no longer act for its owner."""

    children: list[Member]
    others: list[Member]
    holders: list[Holder]
    post: bool


class Deleted(msgspec.Struct, frozen=True):
    """What came of a code; `receipt` names the deletion, `again` where it was done before."""

    result: OtpResult
    receipt: UUID
    account: UUID
    phone: str
    """The number that the account had, for rooms that know numbers by a hash."""
    at: datetime | None = None
    persons: tuple[UUID, ...] = ()
    again: bool = False


class Left(msgspec.Struct, frozen=True):
    """A deleted person who is due to be looked at."""

    person: UUID
    region: str


class Told(msgspec.Struct, frozen=True):
    """Somebody of the family who deleted their account."""

    relation: str
    at: datetime


async def ends(people: People, tx: Tx, account: UUID) -> Ends:
    """What would end with the account, to be said before."""
    members = [one for one in await family.members(people, tx, account) if not one.own]
    children = await _alone(people, tx, account, members)
    own = await people.person_of(tx, account)
    return Ends(
        children,
        [one for one in members if one not in children],
        await family.holders(people, tx, own) if own else [],
        await staff.of_account(tx, account) is not None,
    )


def check_promise(promised: bool) -> None:  # noqa: FBT001
    """BadInput where it was not said that one has read what is erased and what is kept."""
    if not promised:
        raise BadInput.of("people.gone.promise_missing", Where(field="promise"))


async def ask(
    people: People,
    tx: Tx,
    actor: Actor,
    request: UUID,
    address: str | None,
    language: Language,
) -> str:
    """Sends a code to the account's phone; the ticket to try it with.

    Conflict where the account has a post, or the session acts for somebody else; TooMany as for
    logging in.
    """
    if actor.proxy:
        raise Conflict.of("people.gone.proxy")
    await _refuse_post(tx, actor.account)
    phone, clock = await people.phone_of(tx, actor.account), people.clock
    code = await otp.issue(
        tx, people.keys, clock, people.randomness, subject(people, phone), request, address
    )
    if code is not None:
        await messages.send(
            tx, people.keys, clock, people.randomness, phone,
            "messages.text.deletion", language, otp.LIFE,
            code=code, minutes=otp.LIFE.seconds // 60,
        )  # fmt: skip
    ticket = DeletionTicket(phone, request, actor.account, clock.now() + otp.LIFE)
    return tickets.write(people.keys, ticket)


async def delete(people: People, tx: Tx, ticket: str, typed: str) -> Deleted:
    """Tries the code; right, the account is deleted. The caller commits whatever the result.

    The same sent again gets the same answer, though nobody is logged in any more. Conflict where
    the account has a post.
    """
    opened = tickets.read(people.keys, people.clock, ticket, DeletionTicket)
    whose = (opened.request, opened.account, opened.phone)
    result = await try_code(people, tx, opened.phone, opened.request, typed)
    if result is OtpResult.USED and (
        rows := await store.of_receipt(tx, opened.account, opened.request)
    ):
        at, persons = rows[0]["gone_at"].astimezone(SHANGHAI), tuple(row["person"] for row in rows)
        return Deleted(OtpResult.RIGHT, *whose, at, persons, again=True)
    if result is not OtpResult.RIGHT:
        return Deleted(result, *whose)
    await _refuse_post(tx, opened.account)
    if await people_store.lock_account(tx, opened.account) is None:
        raise NotFound.of("people.unknown")
    persons = await _end(people, tx, opened)
    return Deleted(result, *whose, people.clock.now(), persons)


async def due(people: People, tx: Tx) -> list[Left]:
    """Deleted persons whose time has come, locked."""
    rows = await store.due(tx, people.clock.now(), BATCH)
    return [Left(row["person"], row["region"]) for row in rows]


async def look_later(people: People, tx: Tx, person: UUID) -> None:
    """Something still counts: the document leads to it for another day."""
    await store.look_later(tx, person, people.clock.now() + LOOK_EVERY)


async def erase(people: People, tx: Tx, person: UUID) -> None:
    """Nothing leads from the document to the person any more. On record."""
    await store.erase(tx, person)
    event = Event(actor=None, action="people.erased", purpose=Purpose.OWN, person=person)
    await audit(tx, people.clock, event)


async def told(tx: Tx, account: UUID) -> list[Told]:
    """Who of the account's family is gone."""
    rows = await store.told(tx, account)
    return [Told(row["relation"], row["gone_at"].astimezone(SHANGHAI)) for row in rows]


async def forget(people: People, tx: Tx) -> None:
    """Erases what families were told long ago; for a worker."""
    await store.forget_told(tx, people.clock.now() - TOLD)


async def _refuse_post(tx: Tx, account: UUID) -> None:
    if await staff.of_account(tx, account):
        raise Conflict.of("people.gone.post")


async def _alone(people: People, tx: Tx, account: UUID, members: list[Member]) -> list[Member]:
    """The children without an account of their own whom nobody else may act for."""
    owners = await store.own_accounts(tx, [one.person for one in members])
    found = []
    for one in members:
        if one.until is None or one.person in owners:
            continue
        rows = await family_store.holders(tx, one.person, people.clock.now())
        if all(row["account"] == account for row in rows):
            found.append(one)
    return found


async def _end(people: People, tx: Tx, opened: DeletionTicket) -> tuple[UUID, ...]:
    account, now = opened.account, people.clock.now()
    ending = await ends(people, tx, account)
    own = await people.person_of(tx, account)
    persons = tuple([own] if own else []) + tuple(one.person for one in ending.children)
    for one in ending.others:
        await family.end(people, tx, account, one.person, by=account)
    phone = people.keys.match(opened.phone, PHONE)
    for person in persons:
        await _end_holders(people, tx, account, person)
        await store.bury(tx, person, opened.request, account, phone, now, now + KEPT)
        event = Event(
            actor=account,
            action="people.deleted",
            purpose=Purpose.OWN,
            person=person,
            detail={"receipt": str(opened.request)},
        )
        await audit(tx, people.clock, event)
    await store.drop_account(tx, account)
    await wishes.forget(tx, people.keys, opened.phone)
    await forget_account(tx, account)
    return persons


async def _end_holders(people: People, tx: Tx, account: UUID, person: UUID) -> None:
    for row in await family_store.holders(tx, person, people.clock.now()):
        other = await people.person_of(tx, row["account"])
        await sessions.act_no_longer(tx, row["account"], person, other)
    await store.end_holders(tx, person, account, people.clock.now())
