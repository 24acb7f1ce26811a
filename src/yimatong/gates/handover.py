"""Handing over a shift: what it came to, what is still open, and who takes it over.

A shift is one guard's: from logging in, or from having handed over last, to handing over.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from yimatong.access import idempotency, sessions
from yimatong.access.actor import Actor
from yimatong.gates import day_store, handover_store
from yimatong.gates.day import ANSWERS
from yimatong.gates.gate import Gate, Tools
from yimatong.gates.handover_store import Kept
from yimatong.gates.sealing import handover_context
from yimatong.kernel.clock import SHANGHAI, Clock
from yimatong.kernel.errors import BadInput, Conflict, NotFound, Where
from yimatong.kernel.ids import new_id
from yimatong.people import workers
from yimatong.policy.model import Answer
from yimatong.storage import Tx

LONGEST_NOTE = 500
LISTED = 14
"""Hand-overs that a gate looks back on."""
KEPT = timedelta(days=14)
"""Their notes may speak of somebody, so they last as long as what they speak of is seen."""


class Shift(msgspec.Struct, frozen=True):
    """What a guard's shift has come to so far, by answer."""

    since: datetime
    counts: dict[Answer, int]


class Handover(msgspec.Struct, frozen=True, kw_only=True):
    """A shift that was handed over; names are masked. `mine`: by this very log-in, which does
    not take over from itself."""

    id: UUID
    since: datetime
    at: datetime
    by: str
    counts: dict[Answer, int]
    note: str
    mine: bool
    taken_by: str | None
    taken_at: datetime | None


async def shift(tx: Tx, tools: Tools, actor: Actor, gate: Gate) -> Shift:
    """The shift that is under way."""
    now, post = tools.clock.now(), gate.post
    since = await sessions.since(tx, actor)
    last = await handover_store.last_of(tx, post.place.id, post.staff)
    since = max(since, last) if last else since
    counts: dict[Answer, int] = dict.fromkeys(ANSWERS, 0)
    until = now + timedelta(microseconds=1)
    for row in await day_store.tallies(tx, post.place.id, (since, until), post.staff):
        counts[row["verdict"]] += row["count"]
    return Shift(since.astimezone(SHANGHAI), counts)


async def hand_over(
    tx: Tx, tools: Tools, actor: Actor, gate: Gate, note: str, once: str
) -> Handover:
    """Ends the guard's shift. Sent twice under the same `once` it counts once.

    BadInput where the note is longer than LONGEST_NOTE, or `once` was used for another.
    """
    note = note.strip()
    if len(note) > LONGEST_NOTE:
        raise BadInput.of("gates.note_length", Where(field="note"), longest=LONGEST_NOTE)
    account = gate.post.account
    body = hashlib.sha256(note.encode()).digest()
    earlier = await idempotency.begin(tx, tools.clock, account, once, body)
    if earlier is not None:
        return await _found(tx, tools, actor, gate, UUID(bytes=earlier.body))
    id = new_id(tools.randomness)
    await handover_store.add(tx, await _ended(tx, tools, actor, gate, note, id))
    await idempotency.finish(tx, account, once, 201, id.bytes)
    return await _found(tx, tools, actor, gate, id)


async def take_over(tx: Tx, tools: Tools, actor: Actor, gate: Gate, id: UUID) -> Handover:
    """Keeps who takes it over, and when; taken over already, it stays as it is.

    NotFound where it is none of this gate; Conflict for the log-in that handed it over.
    """
    found = await _found(tx, tools, actor, gate, id)
    if found.taken_at is not None:
        return found
    if found.mine:
        raise Conflict.of("gates.handover.own")
    await handover_store.take(tx, id, gate.post.staff, tools.clock.now())
    return await _found(tx, tools, actor, gate, id)


async def latest(tx: Tx, tools: Tools, actor: Actor, gate: Gate) -> list[Handover]:
    """The gate's last LISTED, the newest first."""
    found = await handover_store.latest(tx, gate.post.place.id, LISTED)
    return await _told(tx, tools, actor, gate, found)


async def waiting(tx: Tx, tools: Tools, actor: Actor, gate: Gate) -> list[Handover]:
    """Those of LISTED that this log-in may take over and nobody has."""
    found = await handover_store.latest(tx, gate.post.place.id, LISTED)
    told = await _told(tx, tools, actor, gate, [one for one in found if one.taken_at is None])
    return [one for one in told if not one.mine]


async def forget(tx: Tx, clock: Clock) -> None:
    """Erases those that are older than KEPT."""
    await handover_store.forget(tx, clock.now() - KEPT)


async def _ended(tx: Tx, tools: Tools, actor: Actor, gate: Gate, note: str, id: UUID) -> Kept:
    under_way = await shift(tx, tools, actor, gate)
    sealed = tools.keys.seal(note.encode(), handover_context(id)) if note else None
    return Kept(
        id=id,
        place=gate.post.place.id,
        staff=gate.post.staff,
        since=under_way.since,
        at=tools.clock.now(),
        admitted=under_way.counts["admit"],
        checked=under_way.counts["check"],
        refused=under_way.counts["refuse"],
        note=sealed,
    )


async def _found(tx: Tx, tools: Tools, actor: Actor, gate: Gate, id: UUID) -> Handover:
    kept = await handover_store.find(tx, gate.post.place.id, id)
    if kept is None:
        raise NotFound.of("gates.handover.unknown")
    [found] = await _told(tx, tools, actor, gate, [kept])
    return found


async def _told(
    tx: Tx, tools: Tools, actor: Actor, gate: Gate, kept: Sequence[Kept]
) -> list[Handover]:
    posts = {one for each in kept for one in (each.staff, each.taken_by) if one}
    names = await workers.masked_names(tools.people, tx, posts)
    since = await sessions.since(tx, actor)
    return [
        Handover(
            id=one.id,
            since=one.since.astimezone(SHANGHAI),
            at=one.at.astimezone(SHANGHAI),
            by=names.get(one.staff, ""),
            counts={"admit": one.admitted, "check": one.checked, "refuse": one.refused},
            note=tools.keys.open(one.note, handover_context(one.id)).decode() if one.note else "",
            mine=one.staff == gate.post.staff and one.at >= since,
            taken_by=names.get(one.taken_by, "") if one.taken_by else None,
            taken_at=one.taken_at.astimezone(SHANGHAI) if one.taken_at else None,
        )
        for one in kept
    ]
