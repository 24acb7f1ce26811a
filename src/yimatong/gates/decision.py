"""Deciding passages: many at once, so that what arrives together costs one of each statement."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from yimatong import ledger
from yimatong.audit import Event
from yimatong.audit import record_many as audit
from yimatong.gates import sealing, store
from yimatong.gates.gate import Gate, Tools
from yimatong.gates.model import Entry, Passage
from yimatong.kernel.ids import new_id
from yimatong.ledger import NewFact
from yimatong.policy.admission import admit, warmth
from yimatong.policy.standing import Standing
from yimatong.presence.model import Present, detail_of
from yimatong.storage import Tx


class Scan(msgspec.Struct, frozen=True):
    """Somebody present at a gate, what was entered there, and the vehicle where one was begun."""

    gate: Gate
    present: Present
    entry: Entry
    vehicle: UUID | None = None


async def decide(tx: Tx, tools: Tools, scans: Sequence[Scan]) -> list[Passage]:
    """Records each temperature, decides with it counted, records passage and look.

    The standing is that of now under the policy of the place's region, never the colour in
    a code. Nothing is answered before the caller's transaction has committed.
    """
    now = tools.clock.now()
    facts = [fact for scan in scans for fact in _facts(scan, now)]
    await ledger.record(tx, tools.clock, tools.randomness, facts)
    pairs = [(scan.present.person, scan.gate.post.place.region) for scan in scans]
    currents = await tools.standings.many(tx, list(dict.fromkeys(pairs)))
    passages = [
        _passage(tools, scan, currents[pair].standing, now)
        for scan, pair in zip(scans, pairs, strict=True)
    ]
    await keep(tx, tools, scans, passages)
    return passages


async def refuse(tx: Tx, tools: Tools, scan: Scan) -> Passage:
    """Records that a guard let nobody pass, whatever the table says: HI-09's report."""
    now, region = tools.clock.now(), scan.gate.post.place.region
    current = await tools.standings.of(tx, scan.present.person, region)
    passage = _passage(tools, scan, current.standing, now)
    refused = msgspec.structs.replace(passage, verdict="refuse")
    await keep(tx, tools, [scan], [refused])
    return refused


async def keep(tx: Tx, tools: Tools, scans: Sequence[Scan], passages: Sequence[Passage]) -> None:
    """Appends passages and the looks at their persons."""
    await store.add(tx, passages, [sealing.seal(tools.keys, passage) for passage in passages])
    looks = [
        Event(
            actor=scan.gate.post.account,
            action="gates.scan",
            purpose=scan.gate.form.purpose,
            person=scan.present.person,
            place=scan.gate.post.place.id,
            detail=detail_of(scan.present.how, scan.present.why),
        )
        for scan in scans
    ]
    await audit(tx, tools.clock, looks)


def _facts(scan: Scan, now: datetime) -> list[NewFact]:
    """Those that the place's scene makes of the answers."""
    post = scan.gate.post
    return [
        NewFact(
            person=scan.present.person,
            kind=said.kind,
            observed_at=now,
            source=scan.gate.form.scene.source,
            value=said.value,
            recorder=post.account,
            place=post.place.id,
        )
        for said in scan.entry.facts
    ]


def _passage(tools: Tools, scan: Scan, standing: Standing, now: datetime) -> Passage:
    policy = tools.library.named(standing.policy, now)
    post, entry = scan.gate.post, scan.entry
    warm = warmth(policy, entry.reading.measured, felt_warm=entry.reading.warm)
    return Passage(
        id=new_id(tools.randomness),
        person=scan.present.person,
        at=now,
        place=post.place.id,
        staff=post.staff,
        entry=entry,
        verdict=admit(policy, post.place.kind.value, standing.colour, warm),
        rules=tuple(dict.fromkeys(reason.rule for reason in standing.reasons)),
        edition=standing.policy,
        state=standing.state,
        colour=standing.colour,
        fever=warm == "fever",
        vehicle=scan.vehicle or (new_id(tools.randomness) if entry.plate else None),
    )
