"""A guard's verbs: open somebody who is present, let pass or not, report."""

from contextlib import suppress

import msgspec

from yimatong.access import idempotency, quota
from yimatong.gates import day_store, decision, store, vehicle
from yimatong.gates.day import ANSWERS
from yimatong.gates.decision import Scan
from yimatong.gates.gate import Gate, Tools
from yimatong.gates.model import Doubt, Entry, Handed, Passage
from yimatong.gates.once import Once, carried_out, key_of
from yimatong.gates.say import Opening, Speaker, Verdict
from yimatong.gates.sealing import note_context
from yimatong.gates.vehicle import Vehicle
from yimatong.kernel.clock import day_of, start_of
from yimatong.kernel.errors import BadInput, Conflict, Where, YimatongError
from yimatong.kernel.ids import new_id
from yimatong.policy.model import Answer
from yimatong.presence import ticket
from yimatong.presence.model import Present, Shown
from yimatong.presence.showing import look, present_again, present_by
from yimatong.storage import Tx

LONGEST_NOTE = 300


async def opened(
    tx: Tx, tools: Tools, gate: Gate, shown: Shown, speaker: Speaker, pass_on: str = ""
) -> Opening | YimatongError:
    """Name and colour as of now, and the ticket with which the passage is recorded. On record.

    `pass_on` is the ticket of the vehicle that the person is in. An error that is returned is to
    be raised once the transaction has committed, since the try counts. TooMany beyond the
    scene's quota.
    """
    together = vehicle.opened(pass_on, gate, tools) if pass_on else None
    present = await present_by(tx, tools, gate.post, shown, gate.form.purpose, gate.form.documents)
    if not isinstance(present, Present):
        return present
    if together:
        try:
            await vehicle.check_aboard(tx, gate, together, present.person)
        except Conflict as refused:
            return refused
    await quota.take(tx, tools.clock, gate.post.staff, gate.form.quota)
    issued = ticket.issue(present, gate.post, tools.keys, tools.clock, tools.randomness)
    return await _opening(tx, tools, gate, present, issued, speaker)


async def reopened(tx: Tx, tools: Tools, gate: Gate, pass_on: str, speaker: Speaker) -> Opening:
    """The same person again, for a form that has to be corrected. On record."""
    present = await present_again(tx, tools, gate.post, pass_on)
    return await _opening(tx, tools, gate, present, pass_on, speaker)


async def passed(tx: Tx, tools: Tools, gate: Gate, handed: Handed, speaker: Speaker) -> Verdict:
    """Decides and records a passage. The same sent again gets the first answer again.

    BadInput of every field; NotAllowed of either ticket; Conflict where the scan was used, or the
    person was let pass in this vehicle already.
    """
    together = vehicle.opened(handed.vehicle, gate, tools) if handed.vehicle else None
    typed = vehicle.filled(together, gate, handed.typed) if together else handed.typed
    entry = gate.form.entry(typed, day_of(tools.clock.now()))
    if together:
        vehicle.check_same(together, entry)

    async def record(present: Present) -> Passage:
        if together:
            await day_store.lock_vehicle(tx, together.id)
            await vehicle.check_aboard(tx, gate, together, present.person)
        scan = Scan(gate, present, entry, together.id if together else None)
        [passage] = await decision.decide(tx, tools, [scan])
        return passage

    said = msgspec.json.encode([typed, together.id if together else None], order="sorted")
    once = Once("passage", said, typed, record)
    return await carried_out(tx, tools, gate, handed.ticket, once, speaker)


async def reported(tx: Tx, tools: Tools, gate: Gate, doubt: Doubt, speaker: Speaker) -> Verdict:
    """Refuses somebody whose track or code is in doubt, and keeps why (HI-09).

    Before a passage or after it; nobody passes by the same scan afterwards. BadInput where the
    note is too long. Sent twice it counts once.
    """
    if len(doubt.note) > LONGEST_NOTE:
        raise BadInput.of("gates.note_length", Where(field="note"), longest=LONGEST_NOTE)
    together = vehicle.opened(doubt.vehicle, gate, tools) if doubt.vehicle else None

    async def record(present: Present) -> Passage:
        scan = Scan(gate, present, _known(together), together.id if together else None)
        passage = await decision.refuse(tx, tools, scan)
        report = new_id(tools.randomness)
        note = doubt.note.encode()
        sealed = tools.keys.seal(note, note_context(report)) if note else None
        await store.add_report(tx, report, passage, doubt.concern, sealed)
        with suppress(BadInput):  # there was a passage: it stands, and this refusal after it
            key = key_of(ticket.opened(doubt.ticket, gate.post, tools.keys, tools.clock), "passage")
            await idempotency.begin(tx, tools.clock, gate.post.account, key, b"reported")
        return passage

    said = f"{doubt.concern}\n{doubt.note}".encode()
    once = Once("report", said, together.kept if together else {}, record)
    return await carried_out(tx, tools, gate, doubt.ticket, once, speaker)


async def today(tx: Tx, tools: Tools, gate: Gate) -> dict[Answer, int]:
    """How many passed and did not pass at this gate today; counts name nobody."""
    since = start_of(day_of(tools.clock.now()))
    counts = await store.counts(tx, gate.post.place.id, since)
    return {answer: counts.get(answer, 0) for answer in ANSWERS}


async def _opening(
    tx: Tx, tools: Tools, gate: Gate, present: Present, pass_on: str, speaker: Speaker
) -> Opening:
    current = await tools.standings.of(tx, present.person, gate.post.place.region)
    await look(tx, tools, gate.post, present, "gates.open", gate.form.purpose)
    return speaker.opening(pass_on, present, current.standing)


def _known(together: Vehicle | None) -> Entry:
    """Of who is refused before anything was entered: what is the same for all in the vehicle."""
    if together is None:
        return Entry()
    kept = {name: texts[0] for name, texts in together.kept.items()}
    return Entry(direction=kept.get("direction"), reason=kept.get("reason"), plate=together.plate)
