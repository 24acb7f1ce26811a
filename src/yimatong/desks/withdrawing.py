"""Taking an entry back: a place corrects its own, and nobody else's."""

from datetime import timedelta
from uuid import UUID

import msgspec

from yimatong import ledger
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.desks import behalf, own, store
from yimatong.desks.model import Desk, DeskTools, Entry
from yimatong.kernel.errors import Conflict, NotFound
from yimatong.storage import Tx

WITHIN = timedelta(hours=24)
"""How long a slip may be taken back; later, a follow-up says what is so now."""


async def withdraw(tx: Tx, tools: DeskTools, desk: Desk, id: UUID) -> Entry:
    """Withdraws the entry and each of its facts that stands; taken back already, the same again.

    NotFound where it is no entry of this place; Conflict after WITHIN, or where a course hangs on
    it: what was recorded in it would hang in the air.
    """
    entry = await store.find(tx, desk.post.place.id, id)
    if entry is None:
        raise NotFound.of("desks.no_entry")
    if entry.withdrawn_at is not None:
        return entry
    now = tools.clock.now()
    if now - entry.recorded_at > WITHIN or entry.form in ("open", "release"):
        raise Conflict.of("desks.not_taken_back", hours=WITHIN // timedelta(hours=1))
    recorded = await ledger.recorded(tx, entry.person)
    facts = own.withdrawals(tools, desk, recorded, entry.facts)
    facts += await behalf.take_back(tx, tools, desk, entry)
    await ledger.record(tx, tools.clock, tools.randomness, facts)
    await store.withdraw(tx, entry, now)
    event = Event(
        actor=desk.post.account,
        action="desks.withdraw",
        purpose=Purpose(desk.scene.purpose),
        person=entry.person,
        place=desk.post.place.id,
    )
    await audit(tx, tools.clock, event)
    return msgspec.structs.replace(entry, withdrawn_at=now)
