"""Deciding passages: many at once, so that what arrives together costs one of each statement."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from yimatong import ledger
from yimatong.audit import Event, Purpose
from yimatong.audit import record_many as audit
from yimatong.gates import store
from yimatong.gates.model import Entry, Passage, Reading, Tools
from yimatong.gates.sealing import plate_context
from yimatong.kernel.ids import new_id
from yimatong.ledger import NewFact
from yimatong.policy.admission import admit, warmth
from yimatong.policy.standing import Standing
from yimatong.presence.model import Post, Present, detail_of
from yimatong.storage import Tx


class Scan(msgspec.Struct, frozen=True):
    """Somebody present at a gate, and what was entered at the post there."""

    post: Post
    present: Present
    entry: Entry


async def decide(tx: Tx, tools: Tools, scans: Sequence[Scan]) -> list[Passage]:
    """Records each temperature, decides with it counted, records passage and look.

    The standing is that of now under the policy of the place's region, never the colour in
    a code. Nothing is answered before the caller's transaction has committed.
    """
    now = tools.clock.now()
    facts = [fact for scan in scans for fact in _facts(scan, now)]
    await ledger.record(tx, tools.clock, tools.randomness, facts)
    pairs = [(scan.present.person, scan.post.place.region) for scan in scans]
    currents = await tools.standings.many(tx, list(dict.fromkeys(pairs)))
    passages = [
        _passage(tools, scan, currents[pair].standing, now)
        for scan, pair in zip(scans, pairs, strict=True)
    ]
    await keep(tx, tools, scans, passages)
    return passages


async def refuse(tx: Tx, tools: Tools, scan: Scan) -> Passage:
    """Records that a guard let nobody pass, whatever the table says: HI-09's report."""
    now, region = tools.clock.now(), scan.post.place.region
    current = await tools.standings.of(tx, scan.present.person, region)
    passage = _passage(tools, scan, current.standing, now)
    refused = msgspec.structs.replace(passage, verdict="refuse")
    await keep(tx, tools, [scan], [refused])
    return refused


async def keep(tx: Tx, tools: Tools, scans: Sequence[Scan], passages: Sequence[Passage]) -> None:
    """Appends passages and the looks at their persons."""
    await store.add(tx, passages, [_sealed_plate(tools, passage) for passage in passages])
    looks = [
        Event(
            actor=scan.post.account,
            action="gates.scan",
            purpose=Purpose.GATE_CHECK,
            person=scan.present.person,
            place=scan.post.place.id,
            detail=detail_of(scan.present.how, scan.present.why),
        )
        for scan in scans
    ]
    await audit(tx, tools.clock, looks)


def _facts(scan: Scan, now: datetime) -> list[NewFact]:
    """A figure is a fact whatever it is; feeling normal is none."""
    reading = scan.entry.reading
    if reading.measured is not None:
        kind = "temperature"
    elif reading.felt == "abnormal":
        kind = "symptom.fever"
    else:
        return []
    fact = NewFact(
        person=scan.present.person,
        kind=kind,
        observed_at=now,
        source="gate",
        value=reading.measured,
        recorder=scan.post.account,
        place=scan.post.place.id,
    )
    return [fact]


def _passage(tools: Tools, scan: Scan, standing: Standing, now: datetime) -> Passage:
    policy = tools.library.named(standing.policy, now)
    place, entry = scan.post.place, scan.entry
    warm = warmth(policy, entry.reading.measured, felt_warm=_felt_warm(entry.reading))
    return Passage(
        id=new_id(tools.randomness),
        person=scan.present.person,
        at=now,
        place=place.id,
        staff=scan.post.staff,
        entry=entry,
        verdict=admit(policy, place.kind.value, standing.colour, warm),
        rules=tuple(dict.fromkeys(reason.rule for reason in standing.reasons)),
        edition=standing.policy,
        state=standing.state,
        colour=standing.colour,
        fever=warm == "fever",
    )


def _felt_warm(reading: Reading) -> bool | None:
    return None if reading.felt is None else reading.felt == "abnormal"


def _sealed_plate(tools: Tools, passage: Passage) -> bytes | None:
    plate = passage.entry.plate
    if plate is None:
        return None
    return tools.keys.seal(plate.encode(), plate_context(passage.id))
