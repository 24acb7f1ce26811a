"""A guard's verbs: open somebody who is present, let pass or not, look back, report."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Literal
from uuid import UUID

import msgspec

from yimatong import places
from yimatong.access import idempotency
from yimatong.access.actor import Actor
from yimatong.access.idempotency import Request
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.codes import code_ids, paper, short
from yimatong.codes.cwt_paper import PaperClaims
from yimatong.codes.verify import Refusal, verify
from yimatong.gates import decision, store, ticket
from yimatong.gates.decision import Scan
from yimatong.gates.model import (
    Concern,
    Entry,
    Guard,
    Passage,
    Present,
    Reading,
    Seen,
    Tools,
)
from yimatong.gates.say import Opening, Speaker, Verdict
from yimatong.gates.sealing import answer_context, note_context
from yimatong.gates.ticket import Ticket
from yimatong.kernel.clock import SHANGHAI, day_of, start_of
from yimatong.kernel.errors import BadInput, Conflict, NotAllowed, Where
from yimatong.kernel.ids import new_id
from yimatong.places import Place
from yimatong.policy.model import Answer
from yimatong.storage import Tx

LOOK_BACK = timedelta(days=14)
MOST_SEEN = 100
LONGEST_NOTE = 300
_CODE = Where(field="code")
_UNMEASURED = Entry(Reading(), "in", "other")


async def guard_of(tx: Tx, actor: Actor) -> Guard:
    """The post behind the session, at its gate. NotAllowed without a place; Conflict where the
    place is not open."""
    found = await places.several(tx, [actor.place]) if actor.place else {}
    return guard_at(actor, found)


def guard_at(actor: Actor, found: Mapping[UUID, Place]) -> Guard:
    """The same, with the places at hand."""
    if actor.staff is None or actor.place is None or actor.place not in found:
        raise NotAllowed.of("gates.no_place")
    return Guard(actor.account, actor.staff, places.must_be_open(found[actor.place]))


def present_by_code(tools: Tools, text: str) -> Present:
    """Who holds this code now. BadInput says which of the closed list of refusals it is.

    A paper code's card may have been revoked: `refuse_revoked` knows.
    """
    text = text.strip()
    if not text:
        raise BadInput.of("gates.code.nothing", _CODE)
    found = verify(text, tools.keys.verifiers(), tools.clock.now(), tools.accept)
    if isinstance(found, Refusal):
        raise BadInput.of(f"gates.code.{found.value}", _CODE)
    claims, card = found.claims, None
    if isinstance(claims, PaperClaims):
        card, person = paper.opened(claims.code_id, tools.keys) or (None, None)
    else:
        person = code_ids.opened(claims.code_id, tools.keys)
    if person is None:
        raise BadInput.of("gates.code.unknown_issuer", _CODE)
    return Present(person, claims.name, claims.document_tail, card)


async def refuse_revoked(tx: Tx, present: Present) -> Present:
    """BadInput where it is a paper card that is good no longer."""
    if present.card is not None and not await paper.good(tx, [present.card]):
        raise revoked()
    return present


def revoked() -> BadInput:
    """Of the closed list of refusals."""
    return BadInput.of("gates.code.revoked", _CODE)


async def present_by_short(tx: Tx, tools: Tools, guard: Guard, typed: str) -> Present | None:
    """Whom the typed short code, or number of a paper card, stands for; None where for nobody.

    The caller commits in either case, since every try counts. BadInput where the card is revoked.
    """
    if paper.is_number(typed):
        found = await paper.look_up(tx, tools.people, typed, guard.staff.bytes, "gates.code")
        return await _present(tx, tools, found[1], found[0]) if found else None
    holder = await short.look_up(tx, tools.clock, tools.keys, typed, guard.staff)
    if holder is None:
        return None
    return await _present(tx, tools, holder.person)


async def opened(tx: Tx, tools: Tools, guard: Guard, present: Present, speaker: Speaker) -> Opening:
    """Name and colour as of now, and the ticket with which the passage is recorded. On record."""
    current = await tools.standings.of(tx, present.person, guard.place.region)
    await _look(tx, tools, guard, present.person, "gates.open")
    pass_on = ticket.issue(present, guard, tools.keys, tools.clock, tools.randomness)
    return speaker.opening(pass_on, present, current.standing)


async def reopened(tx: Tx, tools: Tools, guard: Guard, pass_on: str, speaker: Speaker) -> Opening:
    """The same person again, for a form that has to be corrected. On record."""
    scanned = ticket.opened(pass_on, guard, tools.keys, tools.clock)
    present = await _present(tx, tools, scanned.person, scanned.card)
    current = await tools.standings.of(tx, present.person, guard.place.region)
    await _look(tx, tools, guard, present.person, "gates.open")
    return speaker.opening(pass_on, present, current.standing)


async def passed(
    tx: Tx, tools: Tools, guard: Guard, pass_on: str, entry: Entry, speaker: Speaker
) -> Verdict:
    """Decides and records a passage. The same sent again gets the first answer again."""

    async def record(present: Present) -> Passage:
        [passage] = await decision.decide(tx, tools, [Scan(guard, present, entry)])
        return passage

    once = _Once("passage", msgspec.json.encode(entry), record)
    return await _carried_out(tx, tools, guard, pass_on, once, speaker)


async def seen(tx: Tx, tools: Tools, guard: Guard, pass_on: str) -> list[Seen]:
    """The person's passages at gates within 14 days, the newest first (HI-09). On record."""
    scanned = ticket.opened(pass_on, guard, tools.keys, tools.clock)
    await _look(tx, tools, guard, scanned.person, "gates.passages")
    since = tools.clock.now() - LOOK_BACK
    rows = await store.of_person(tx, scanned.person, since, MOST_SEEN)
    gates = await places.several(tx, {row["place"] for row in rows})
    return [
        Seen(
            row["at"].astimezone(SHANGHAI),
            gates[row["place"]].name,
            row["direction"],
            row["verdict"],
        )
        for row in rows
    ]


async def reported(
    tx: Tx,
    tools: Tools,
    guard: Guard,
    pass_on: str,
    concern: Concern,
    note: str,
    speaker: Speaker,
) -> Verdict:
    """Refuses somebody whose track or code is in doubt, and keeps why (HI-09).

    Before a passage or after it; nobody passes by the same scan afterwards. BadInput where the
    note is too long. Sent twice it counts once.
    """
    if len(note) > LONGEST_NOTE:
        raise BadInput.of("gates.note_length", Where(field="note"), longest=LONGEST_NOTE)

    async def record(present: Present) -> Passage:
        passage = await decision.refuse(tx, tools, Scan(guard, present, _UNMEASURED))
        report = new_id(tools.randomness)
        sealed = tools.keys.seal(note.encode(), note_context(report)) if note else None
        await store.add_report(tx, report, passage, concern, sealed)
        with suppress(BadInput):  # there was a passage: it stands, and this refusal after it
            key = _key(ticket.opened(pass_on, guard, tools.keys, tools.clock), "passage")
            await idempotency.begin(tx, tools.clock, guard.account, key, b"reported")
        return passage

    once = _Once("report", f"{concern}\n{note}".encode(), record)
    return await _carried_out(tx, tools, guard, pass_on, once, speaker)


async def today(tx: Tx, tools: Tools, guard: Guard) -> dict[Answer, int]:
    """How many passed and did not pass at this gate today; counts name nobody."""
    counts = await store.counts(tx, guard.place.id, start_of(day_of(tools.clock.now())))
    return {answer: counts.get(answer, 0) for answer in ("admit", "check", "refuse")}


class _Once(msgspec.Struct, frozen=True):
    """What a scan may lead to once: its kind, what was entered, and how it is recorded."""

    kind: Literal["passage", "report"]
    said: bytes
    record: Callable[[Present], Awaitable[Passage]]


async def _carried_out(
    tx: Tx, tools: Tools, guard: Guard, pass_on: str, once: _Once, speaker: Speaker
) -> Verdict:
    """The same sent again gets the first answer; Conflict where something else was entered."""
    scanned = ticket.opened(pass_on, guard, tools.keys, tools.clock)
    key, body = _key(scanned, once.kind), hashlib.sha256(once.said).digest()
    try:
        earlier = await idempotency.begin(tx, tools.clock, guard.account, key, body)
    except BadInput:
        raise Conflict.of("gates.ticket.used") from None
    sealed_in = answer_context(Request(guard.account, key, body))
    if earlier is not None:
        return msgspec.json.decode(tools.keys.open(earlier.body, sealed_in), type=Verdict)
    present = await _present(tx, tools, scanned.person, scanned.card)
    passage = await once.record(present)
    verdict = speaker.verdict(guard, present, passage, reported=once.kind == "report")
    answer = tools.keys.seal(msgspec.json.encode(verdict), sealed_in)
    await idempotency.finish(tx, guard.account, key, 201, answer)
    return verdict


def _key(scanned: Ticket, kind: str) -> str:
    return f"gate:{scanned.id}:{kind}"


async def _present(tx: Tx, tools: Tools, person: UUID, card: UUID | None = None) -> Present:
    masked = await tools.people.masked(tx, person)
    return Present(person, masked.name, masked.document_tail, card)


async def _look(tx: Tx, tools: Tools, guard: Guard, person: UUID, action: str) -> None:
    event = Event(
        actor=guard.account,
        action=action,
        purpose=Purpose.GATE_CHECK,
        person=person,
        place=guard.place.id,
    )
    await audit(tx, tools.clock, event)
