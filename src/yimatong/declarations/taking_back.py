"""Taking back what was handed in by mistake, on the same calendar day.

Every fact of the sheet is withdrawn by a fact of its own; nothing is erased, the sheet is shown
as taken back, and it still counts toward the day's limit.
"""

from datetime import datetime, timedelta
from typing import NoReturn
from uuid import UUID

from msgspec.structs import replace

from yimatong.access.actor import Actor
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.declarations import store
from yimatong.declarations.model import Receipt
from yimatong.declarations.service import person_of
from yimatong.kernel.clock import Clock, day_of, start_of
from yimatong.kernel.errors import Conflict, NotFound, Problem, TooMany
from yimatong.kernel.ids import Randomness
from yimatong.ledger import NewFact, history, record
from yimatong.policy.facts import Fact
from yimatong.storage import Tx

A_DAY = 2
"""Sheets that a person may take back a day: a slip and another one, not a way to try out what
turns a code green."""
_ANSWERS = ("review.approved", "review.refused", "review.more")


def in_time(receipt: Receipt, now: datetime) -> bool:
    """Whether it may still be taken back as far as the day goes."""
    return receipt.taken_back_at is None and day_of(receipt.made_at) == day_of(now)


async def take_back(
    tx: Tx, clock: Clock, randomness: Randomness, actor: Actor, sheet: UUID
) -> Receipt:
    """Withdraws every fact of the sheet; taken back again it stays as it is.

    NotFound where the person has no such sheet. Conflict where it is of an earlier day, or where
    an issuer has answered the application in it. TooMany beyond A_DAY.
    """
    person, now = person_of(actor), clock.now()
    await store.lock(tx, person)
    receipt = await store.sheet(tx, person, sheet)
    if receipt is None:
        raise NotFound.of("declarations.no_sheet")
    if receipt.taken_back_at is not None:
        return receipt
    if not in_time(receipt, now):
        raise Conflict.of("declarations.too_late_to_take_back")
    if await store.taken_back_since(tx, person, start_of(day_of(now))) >= A_DAY:
        _enough(now)
    facts = (await history(tx, person)).facts
    _refuse_answered(receipt, facts)
    withdrawn = {fact.retracts for fact in facts}
    await record(
        tx, clock, randomness,
        [_withdrawal(person, actor.account, fact, now)
         for fact in receipt.facts if str(fact) not in withdrawn],
    )  # fmt: skip
    await store.take_back(tx, person, sheet, actor.account, now)
    await audit(tx, clock, _event(actor, person, receipt))
    return replace(receipt, taken_back_at=now)


def _refuse_answered(receipt: Receipt, facts: list[Fact]) -> None:
    asked = {str(fact) for fact in receipt.facts}
    when = [fact for fact in facts if fact.kind == "review.requested" and fact.id in asked]
    answers = [fact for fact in facts if fact.kind in _ANSWERS]
    if any(answer.recorded_at >= one.recorded_at for one in when for answer in answers):
        raise Conflict.of("declarations.answered_already")


def _enough(now: datetime) -> NoReturn:
    wait = start_of(day_of(now)) + timedelta(days=1) - now
    raise TooMany(
        Problem("declarations.enough_taken_back", params={"limit": A_DAY}),
        retry_after=int(wait.total_seconds()) + 1,
    )


def _withdrawal(person: UUID, account: UUID, fact: UUID, now: datetime) -> NewFact:
    return NewFact(
        person=person,
        kind="withdrawn",
        observed_at=now,
        source="self",
        retracts=fact,
        recorder=account,
    )


def _event(actor: Actor, person: UUID, receipt: Receipt) -> Event:
    return Event(
        actor=actor.account,
        action="declarations.taken_back",
        purpose=Purpose.FAMILY if actor.proxy else Purpose.OWN,
        person=person,
        detail={"sheet": str(receipt.id), "form": receipt.form, "facts": len(receipt.facts)},
    )
