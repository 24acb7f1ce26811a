"""Joining two registrations of one person, by proof of both phones and never silently.

The account that was there first goes on under the phone of the session; its own phone logs in no
longer. Where both have a card the names must be the same, and the document of the later one leads
to the earlier person from then on. Who cannot receive the SMS goes to a service point.
"""

from uuid import UUID

import msgspec

from yimatong.access import otp, sessions, staff
from yimatong.access.actor import Actor
from yimatong.access.otp import OtpResult
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.kernel.errors import BadInput, Conflict, Where
from yimatong.kernel.words import Language
from yimatong.messages import service as messages
from yimatong.people import join_store as store
from yimatong.people import link_store, sealing, tickets
from yimatong.people.login import subject, try_code
from yimatong.people.phones import check_phone
from yimatong.people.service import People
from yimatong.people.tickets import JoinTicket
from yimatong.storage import Tx


class Joined(msgspec.Struct, frozen=True):
    """What came of a code: the token of the new session; `kept` is the person that goes on,
    `gone` the one whose facts are to be carried over to it, where there were two. `left` is the
    number that is nobody's from now on, `stays` the one that is theirs."""

    result: OtpResult
    token: str = ""
    kept: UUID | None = None
    gone: UUID | None = None
    left: str = ""
    stays: str = ""


async def ask(
    people: People,
    tx: Tx,
    actor: Actor,
    phone: str,
    request: UUID,
    address: str | None,
    language: Language,
) -> str:
    """Sends a code to the phone of the earlier registration; the ticket to try it with.

    The answer is the same whoever has the number. BadInput as for logging in.
    """
    number, clock = check_phone(phone), people.clock
    if number == await people.phone_of(tx, actor.account):
        raise BadInput.of("people.join.own_phone", Where(field="phone"))
    code = await otp.issue(
        tx, people.keys, clock, people.randomness, subject(people, number), request, address
    )
    if code is not None:
        await messages.send(
            tx, people.keys, clock, people.randomness, number,
            "messages.text.join", language, otp.LIFE, code=code, minutes=otp.LIFE.seconds // 60,
        )  # fmt: skip
    until = clock.now() + otp.LIFE
    return tickets.write(people.keys, JoinTicket(number, request, actor.account, until))


async def join(people: People, tx: Tx, actor: Actor, ticket: str, typed: str) -> Joined:
    """Tries the code; right, the two accounts are one. The caller commits whatever the result.

    Conflict where there is nothing to join, where the names differ, or where one is a worker's.
    """
    opened = tickets.read(people.keys, people.clock, ticket, JoinTicket)
    if opened.account != actor.account:
        raise BadInput.of("people.ticket.unknown")
    result = await try_code(people, tx, opened.phone, opened.request, typed)
    if result is not OtpResult.RIGHT:
        return Joined(result)
    earlier = await people.find_account(tx, opened.phone)
    kept = await people.person_of(tx, earlier) if earlier else None
    if earlier is None or kept is None:
        raise Conflict.of("people.join.nothing")
    gone = await people.person_of(tx, actor.account)
    await _check(people, tx, (actor.account, earlier), kept, gone)
    stays = await people.phone_of(tx, actor.account)
    await _move(people, tx, actor.account, earlier, opened.phone, (kept, gone))
    token = await sessions.start(tx, people.clock, people.randomness, earlier, person=kept)
    return Joined(result, token, kept, gone, opened.phone, stays)


async def _check(
    people: People, tx: Tx, accounts: tuple[UUID, UUID], kept: UUID, gone: UUID | None
) -> None:
    for account in accounts:
        if await staff.of_account(tx, account):
            raise Conflict.of("people.join.post")
    if gone is None:
        return
    first, second = await people.card_of(tx, kept), await people.card_of(tx, gone)
    if first.name != second.name:
        raise Conflict.of("people.join.differs")


async def _move(
    people: People,
    tx: Tx,
    later: UUID,
    earlier: UUID,
    phone: str,
    persons: tuple[UUID, UUID | None],
) -> None:
    keys, now, (kept, gone) = people.keys, people.clock.now(), persons
    stays = await people.phone_of(tx, later)
    await store.drop_phone(tx, keys.matches(phone, "people.phone"))
    await store.give_phone(
        tx,
        keys.matches(stays, "people.phone"),
        earlier,
        sealing.seal_phone(keys, earlier, stays),
    )
    if gone is not None:
        await store.end_holders(tx, gone, now)
        await store.give_document(tx, gone, kept)
    await store.give_family(tx, later, earlier)
    await link_store.give(tx, later, earlier)
    await store.drop_account(tx, later)
    await sessions.end_all(tx, later)
    await sessions.end_all(tx, earlier)
    detail = {"gone": str(gone)} if gone else {}
    event = Event(
        actor=earlier, action="people.joined", purpose=Purpose.OWN, person=kept, detail=detail
    )
    await audit(tx, people.clock, event)
