"""Logging in: a phone, a code by SMS; for staff a second factor after it.

Nothing here depends on whether a number is known: the code is sent, the counts are kept and
the answers are the same. Only who has the code in hand learns what the number may do.
"""

import re
import unicodedata
from uuid import UUID

import msgspec

from yimatong.access import otp, sessions, staff, totp
from yimatong.access.otp import OtpResult
from yimatong.access.totp import TotpResult
from yimatong.kernel.errors import BadInput, NotAllowed, Where
from yimatong.kernel.words import Language
from yimatong.messages import service as messages
from yimatong.people import tickets
from yimatong.people.phones import check_phone
from yimatong.people.service import People
from yimatong.people.tickets import CodeTicket, PostTicket
from yimatong.storage import Tx


class Entered(msgspec.Struct, frozen=True):
    """A step's result; `token` of the session, or `ticket` for the next step, where right."""

    result: OtpResult | TotpResult
    token: str = ""
    ticket: str = ""
    account: UUID | None = None


async def ask_code(
    people: People, tx: Tx, phone: str, request: UUID, address: str | None, language: Language
) -> str:
    """Sends a code; the ticket to try it with. The same request sent twice sends one SMS.

    BadInput where no SMS can reach the number, TooMany where too many were asked for.
    """
    number, clock = check_phone(phone), people.clock
    code = await otp.issue(
        tx, people.keys, clock, people.randomness, subject(people, number), request, address
    )
    if code is not None:
        await messages.send(
            tx, people.keys, clock, people.randomness, number,
            "messages.text.login_code", language, otp.LIFE,
            code=code, minutes=otp.LIFE.seconds // 60,
        )  # fmt: skip
    return tickets.write(people.keys, CodeTicket(number, request, clock.now() + otp.LIFE))


async def enter(people: People, tx: Tx, ticket: str, typed: str) -> Entered:
    """Tries a resident's code; where it is right, a session of the account, made if new.

    The caller commits whatever the result, so that wrong tries count.
    """
    result, number = await _try_ticket(people, tx, ticket, typed)
    if result is not OtpResult.RIGHT:
        return Entered(result)
    account = await people.account_for(tx, number)
    return Entered(result, token=await begin(people, tx, account), account=account)


async def begin(people: People, tx: Tx, account: UUID) -> str:
    """The token of a new session of a resident, who acts for themselves."""
    person = await people.person_of(tx, account)
    return await sessions.start(tx, people.clock, people.randomness, account, person=person)


async def enter_desk(people: People, tx: Tx, ticket: str, typed: str) -> Entered:
    """Tries a worker's code; where it is right, a ticket for the second factor."""
    result, number = await _try_ticket(people, tx, ticket, typed)
    if result is not OtpResult.RIGHT:
        return Entered(result)
    account = await people.find_account(tx, number)
    if account is None or await staff.of_account(tx, account) is None:
        return Entered(result)
    until = people.clock.now() + otp.LIFE
    return Entered(result, ticket=tickets.write(people.keys, PostTicket(account, until)))


async def secret_to_enrol(people: People, tx: Tx, ticket: str) -> str | None:
    """The secret for the authenticator app at the first log-in of a post; None afterwards."""
    account = tickets.read(people.keys, people.clock, ticket, PostTicket).account
    return await staff.unseen_secret(tx, people.keys, people.clock, account)


async def enter_second(people: People, tx: Tx, ticket: str, typed: str) -> Entered:
    """Tries the second factor; where it is right, a session of the post.

    NotAllowed where the post was taken away meanwhile.
    """
    account = tickets.read(people.keys, people.clock, ticket, PostTicket).account
    code = _six_digits(typed, "people.totp.form")
    post = await staff.of_account(tx, account)
    if post is None:
        raise NotAllowed.of("people.desk.no_post")
    result = await totp.check(tx, people.keys, people.clock, post.id, code)
    if result is not TotpResult.RIGHT:
        return Entered(result)
    token = await sessions.start(tx, people.clock, people.randomness, account, staff=post.id)
    return Entered(result, token=token)


async def _try_ticket(people: People, tx: Tx, ticket: str, typed: str) -> tuple[OtpResult, str]:
    opened = tickets.read(people.keys, people.clock, ticket, CodeTicket)
    return await try_code(people, tx, opened.phone, opened.request, typed), opened.phone


async def try_code(people: People, tx: Tx, phone: str, request: UUID, typed: str) -> OtpResult:
    """Tries a code that was sent to the phone for the request. BadInput where it is none."""
    code = _six_digits(typed, "people.code.form")
    return await otp.check(tx, people.keys, people.clock, subject(people, phone), request, code)


def subject(people: People, number: str) -> bytes:
    """What codes to a number are counted by."""
    return people.keys.match(number, "people.login")


def _six_digits(typed: str, otherwise: str) -> str:
    """BadInput with the code `otherwise` where they are none."""
    code = re.sub(r"\s", "", unicodedata.normalize("NFKC", typed))
    if not re.fullmatch(r"[0-9]{6}", code):
        raise BadInput.of(otherwise, Where(field="code"))
    return code
