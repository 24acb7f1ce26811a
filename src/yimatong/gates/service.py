"""A guard's verbs: open somebody who is present, let pass or not, look back, report."""

import hashlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Literal

import msgspec

from yimatong import places
from yimatong.access import idempotency, quota
from yimatong.access.idempotency import Request
from yimatong.audit import Purpose
from yimatong.gates import decision, store
from yimatong.gates.decision import Scan
from yimatong.gates.model import QUOTA, Concern, Entry, Passage, Reading, Seen, Tools
from yimatong.gates.say import Opening, Speaker, Verdict
from yimatong.gates.sealing import answer_context, note_context
from yimatong.kernel.clock import SHANGHAI, day_of, start_of
from yimatong.kernel.errors import BadInput, Conflict, Where
from yimatong.kernel.ids import new_id
from yimatong.policy.model import Answer
from yimatong.presence import ticket
from yimatong.presence.model import Post, Present
from yimatong.presence.showing import look, present_again, present_of
from yimatong.presence.ticket import Ticket
from yimatong.storage import Tx

LOOK_BACK = timedelta(days=14)
MOST_SEEN = 100
LONGEST_NOTE = 300
_UNMEASURED = Entry(Reading(), "in", "other")


async def opened(tx: Tx, tools: Tools, post: Post, present: Present, speaker: Speaker) -> Opening:
    """Name and colour as of now, and the ticket with which the passage is recorded. On record.

    TooMany beyond QUOTA.
    """
    await quota.take(tx, tools.clock, post.staff, QUOTA)
    current = await tools.standings.of(tx, present.person, post.place.region)
    await look(tx, tools, post, present, "gates.open", Purpose.GATE_CHECK)
    pass_on = ticket.issue(present, post, tools.keys, tools.clock, tools.randomness)
    return speaker.opening(pass_on, present, current.standing)


async def reopened(tx: Tx, tools: Tools, post: Post, pass_on: str, speaker: Speaker) -> Opening:
    """The same person again, for a form that has to be corrected. On record."""
    present = await present_again(tx, tools, post, pass_on)
    current = await tools.standings.of(tx, present.person, post.place.region)
    await look(tx, tools, post, present, "gates.open", Purpose.GATE_CHECK)
    return speaker.opening(pass_on, present, current.standing)


async def passed(
    tx: Tx, tools: Tools, post: Post, pass_on: str, entry: Entry, speaker: Speaker
) -> Verdict:
    """Decides and records a passage. The same sent again gets the first answer again."""

    async def record(present: Present) -> Passage:
        [passage] = await decision.decide(tx, tools, [Scan(post, present, entry)])
        return passage

    once = _Once("passage", msgspec.json.encode(entry), record)
    return await _carried_out(tx, tools, post, pass_on, once, speaker)


async def seen(tx: Tx, tools: Tools, post: Post, pass_on: str) -> list[Seen]:
    """The person's passages at gates within 14 days, the newest first (HI-09). On record."""
    scanned = ticket.opened(pass_on, post, tools.keys, tools.clock)
    await look(tx, tools, post, scanned, "gates.passages", Purpose.GATE_CHECK)
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
    post: Post,
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
        passage = await decision.refuse(tx, tools, Scan(post, present, _UNMEASURED))
        report = new_id(tools.randomness)
        sealed = tools.keys.seal(note.encode(), note_context(report)) if note else None
        await store.add_report(tx, report, passage, concern, sealed)
        with suppress(BadInput):  # there was a passage: it stands, and this refusal after it
            key = _key(ticket.opened(pass_on, post, tools.keys, tools.clock), "passage")
            await idempotency.begin(tx, tools.clock, post.account, key, b"reported")
        return passage

    once = _Once("report", f"{concern}\n{note}".encode(), record)
    return await _carried_out(tx, tools, post, pass_on, once, speaker)


async def today(tx: Tx, tools: Tools, post: Post) -> dict[Answer, int]:
    """How many passed and did not pass at this gate today; counts name nobody."""
    counts = await store.counts(tx, post.place.id, start_of(day_of(tools.clock.now())))
    return {answer: counts.get(answer, 0) for answer in ("admit", "check", "refuse")}


class _Once(msgspec.Struct, frozen=True):
    """What a scan may lead to once: its kind, what was entered, and how it is recorded."""

    kind: Literal["passage", "report"]
    said: bytes
    record: Callable[[Present], Awaitable[Passage]]


async def _carried_out(
    tx: Tx, tools: Tools, post: Post, pass_on: str, once: _Once, speaker: Speaker
) -> Verdict:
    """The same sent again gets the first answer; Conflict where something else was entered."""
    scanned = ticket.opened(pass_on, post, tools.keys, tools.clock)
    key, body = _key(scanned, once.kind), hashlib.sha256(once.said).digest()
    try:
        earlier = await idempotency.begin(tx, tools.clock, post.account, key, body)
    except BadInput:
        raise Conflict.of("presence.ticket.used") from None
    sealed_in = answer_context(Request(post.account, key, body))
    if earlier is not None:
        return msgspec.json.decode(tools.keys.open(earlier.body, sealed_in), type=Verdict)
    present = await present_of(tx, tools, scanned)
    passage = await once.record(present)
    verdict = speaker.verdict(post, present, passage, reported=once.kind == "report")
    answer = tools.keys.seal(msgspec.json.encode(verdict), sealed_in)
    await idempotency.finish(tx, post.account, key, 201, answer)
    return verdict


def _key(scanned: Ticket, kind: str) -> str:
    return f"gate:{scanned.id}:{kind}"
