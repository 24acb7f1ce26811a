"""The last way: nothing to show but the document itself, held by the worker with the person there.

Number and name together open a card that is registered, as a scan would; whatever does not agree
gets one and the same answer. Each try counts against the worker and is on record with its reason,
for the person to see. A number alone tells nobody anything.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

import msgspec

from yimatong.access import limits
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.kernel.clock import day_of
from yimatong.kernel.errors import BadInput, NotAllowed, Problem, TooMany, Where, YimatongError
from yimatong.people.documents import Document, check_document
from yimatong.people.in_hand import held
from yimatong.people.names import check_name
from yimatong.presence.model import InHand, Post, Present, Tools, Why, detail_of
from yimatong.presence.ticket import LIFE
from yimatong.storage import Tx

Value = TypeVar("Value")


class Quota(msgspec.Struct, frozen=True):
    """How many one worker may open, or try to, by their documents."""

    an_hour: int = 20
    a_day: int = 60


QUOTA = Quota()


class Checked(msgspec.Struct, frozen=True):
    """What was typed from the document, in the form it is kept and matched in."""

    document: Document
    name: str
    why: Why


async def present_by_document(
    tx: Tx, tools: Tools, post: Post, in_hand: InHand, purpose: Purpose, quota: Quota = QUOTA
) -> Present | YimatongError:
    """Whose document it is. An error that is returned is to be raised once the transaction has
    committed, since the try counts: NotAllowed about oneself, else one for all others.

    BadInput, which counts nothing, with every field's problem; TooMany beyond the quota.
    """
    typed = check(in_hand, tools)
    first = await _count(tx, tools, post, typed, quota)
    found = await held(tools.people, tx, typed.document, typed.name)
    own = await tools.people.person_of(tx, post.account)
    if found.person is not None and found.person == own:
        return NotAllowed.of("presence.document.own")
    if found.person is None or not found.agrees:
        if first:
            await _refused(tx, tools, post, found.person, typed.why, purpose)
        return BadInput.of("presence.document.unknown")
    masked = await tools.people.masked(tx, found.person)
    return Present(found.person, masked.name, masked.document_tail, "document", why=typed.why)


def check(in_hand: InHand, tools: Tools) -> Checked:
    """BadInput with every field's problem; none of them repeats the number."""
    problems: list[Problem] = []
    today = day_of(tools.clock.now())
    name = _gather(problems, lambda: check_name(in_hand.name))
    document = _gather(
        problems, lambda: check_document(in_hand.document_kind, in_hand.document_number, today)
    )
    if in_hand.why is None:
        problems.append(Problem("presence.document.why_missing", Where(field="why")))
    if not in_hand.present:
        problems.append(Problem("presence.document.present_missing", Where(field="present")))
    if problems or name is None or document is None or in_hand.why is None:
        raise BadInput(*problems)
    return Checked(document, name, in_hand.why)


async def _count(tx: Tx, tools: Tools, post: Post, typed: Checked, quota: Quota) -> bool:
    """Whether it is a try of its own: the same sent twice within a ticket's life counts once."""
    said = tools.keys.match(f"{typed.document.text}\n{typed.name}", "presence.document")
    subject = post.staff.bytes
    try:
        await limits.take(tx, tools.clock, "presence.document.same", subject + said, 1, LIFE)
    except TooMany:
        return False
    for per, most, hours in (("hour", quota.an_hour, 1), ("day", quota.a_day, 24)):
        name = f"presence.document.{per}"
        await limits.take(tx, tools.clock, name, subject, most, timedelta(hours=hours))
    return True


async def _refused(
    tx: Tx, tools: Tools, post: Post, person: UUID | None, why: Why, purpose: Purpose
) -> None:
    """A try that opened nobody; for the person to see, where the number is somebody's."""
    event = Event(
        actor=post.account,
        action="presence.document_refused",
        purpose=purpose,
        person=person,
        place=post.place.id,
        detail=detail_of("document", why),
    )
    await audit(tx, tools.clock, event)


def _gather(problems: list[Problem], check: Callable[[], Value]) -> Value | None:
    try:
        return check()
    except BadInput as error:
        problems += error.problems
        return None
