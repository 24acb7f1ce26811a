"""Putting on record that a gate looked at many persons at once."""

from collections.abc import Iterable
from uuid import UUID

from yimatong.audit import Event
from yimatong.audit import record_many as audit
from yimatong.gates.gate import Gate, Tools
from yimatong.storage import Tx


async def look_at_all(
    tx: Tx, tools: Tools, gate: Gate, persons: Iterable[UUID], action: str
) -> None:
    """One event for each person, with the purpose of the gate's scene; `action` is `gates.verb`."""
    looks = [
        Event(
            actor=gate.post.account,
            action=action,
            purpose=gate.form.purpose,
            person=person,
            place=gate.post.place.id,
        )
        for person in dict.fromkeys(persons)
    ]
    await audit(tx, tools.clock, looks)
