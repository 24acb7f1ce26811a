"""Agreeing by an SMS code that somebody else acts for one, or for the child one has registered."""

from uuid import UUID

import msgspec

from yimatong.access import otp
from yimatong.access.otp import OtpResult
from yimatong.kernel.errors import BadInput, Where
from yimatong.kernel.words import Language
from yimatong.messages import service as messages
from yimatong.people import family, tickets
from yimatong.people.family import Relation
from yimatong.people.login import subject, try_code
from yimatong.people.model import Card
from yimatong.people.names import masked
from yimatong.people.phones import check_phone
from yimatong.people.service import People
from yimatong.people.tickets import ConsentTicket, GrantTicket, Whom
from yimatong.storage import Tx


class Agreed(msgspec.Struct, frozen=True):
    """What came of a code: who may be acted for now, or the ticket to register them with."""

    result: OtpResult
    persons: tuple[UUID, ...] = ()
    ticket: str = ""


class Question(msgspec.Struct, frozen=True):
    """Whose phone is asked, for whom, and as what. The same `request` sends one SMS."""

    phone: str
    whom: Whom
    relation: Relation
    request: UUID


async def ask(
    people: People,
    tx: Tx,
    account: UUID,
    asked: Question,
    address: str | None,
    language: Language,
) -> str:
    """Sends a code to the phone of who has to agree; the ticket to try it with.

    The answer is the same whoever has the number. BadInput where no SMS can reach it or where it
    is the account's own; TooMany as for logging in.
    """
    number, clock = check_phone(asked.phone), people.clock
    if number == await people.phone_of(tx, account):
        raise BadInput.of("people.family.own_phone", Where(field="phone"))
    code = await otp.issue(
        tx, people.keys, clock, people.randomness, subject(people, number), asked.request, address
    )
    own = await people.person_of(tx, account)
    name = masked((await people.card_of(tx, own)).name) if own else "*"
    if code is not None:
        await messages.send(
            tx, people.keys, clock, people.randomness, number,
            f"messages.text.family_{asked.whom}", language, otp.LIFE,
            code=code, minutes=otp.LIFE.seconds // 60, name=name,
        )  # fmt: skip
    until = clock.now() + otp.LIFE
    ticket = ConsentTicket(number, asked.request, account, asked.whom, asked.relation, until)
    return tickets.write(people.keys, ticket)


async def agree(people: People, tx: Tx, account: UUID, ticket: str, typed: str) -> Agreed:
    """Tries the code. Right, whoever it opens is added to the family.

    `persons` are the phone's owner, or the children they are guardian of. Where the owner has no
    card yet there is a ticket instead, for `register`. The caller commits whatever the result.
    """
    opened = tickets.read(people.keys, people.clock, ticket, ConsentTicket)
    if opened.account != account:
        raise BadInput.of("people.ticket.unknown")
    result = await try_code(people, tx, opened.phone, opened.request, typed)
    if result is not OtpResult.RIGHT:
        return Agreed(result)
    agreeing = await people.account_for(tx, opened.phone)
    persons = await _opened_by(people, tx, agreeing, opened.whom)
    for person in persons:
        await family.add_agreed(people, tx, account, person, Relation(opened.relation))
    if persons or opened.whom == "child":
        return Agreed(result, tuple(persons))
    until = people.clock.now() + otp.LIFE
    grant = GrantTicket(agreeing, account, opened.relation, until)
    return Agreed(result, ticket=tickets.write(people.keys, grant))


async def register(people: People, tx: Tx, account: UUID, ticket: str, card: Card) -> UUID:
    """Registers the card of somebody who agreed and had none; the person.

    BadInput, Conflict and TooMany as `register_card`.
    """
    opened = tickets.read(people.keys, people.clock, ticket, GrantTicket)
    if opened.account != account:
        raise BadInput.of("people.ticket.unknown")
    person = await people.register_card(tx, opened.agreeing, card)
    await family.add_agreed(people, tx, account, person, Relation(opened.relation))
    return person


async def _opened_by(people: People, tx: Tx, account: UUID, whom: Whom) -> list[UUID]:
    if whom == "child":
        return [one.person for one in await family.minors(people, tx, account)]
    own = await people.person_of(tx, account)
    return [own] if own else []
