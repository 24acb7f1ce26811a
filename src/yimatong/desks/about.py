"""What desks know of a person, for that person; and erasing it once its time is over."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from yimatong import places
from yimatong.desks import store
from yimatong.kernel.clock import SHANGHAI, Clock
from yimatong.people.service import People
from yimatong.scenes import FormName, Values
from yimatong.storage import Tx

KEPT_AFTER_DELETION = timedelta(days=14)
FORGET_AT_ONCE = 500


class OwnEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What a desk entered, with everything that was typed."""

    at: datetime
    place: str
    scene: str
    form: FormName
    values: Values
    withdrawn: bool


async def entries(tx: Tx, people: People, person: UUID) -> list[OwnEntry]:
    """Every entry that is kept, the newest first."""
    found = await store.everything_of(tx, person)
    known = await places.several(tx, {one.place for one in found})
    notes = await people.many_notes(tx, person, [one.note for one in found])
    return [
        OwnEntry(
            at=one.at.astimezone(SHANGHAI),
            place=known[one.place].name,
            scene=one.scene,
            form=one.form,
            values=_values(notes.get(one.note, {})),
            withdrawn=one.withdrawn_at is not None,
        )
        for one in found
    ]


async def carry_over(tx: Tx, gone: UUID, kept: UUID, facts: Mapping[UUID, UUID]) -> None:
    """The entries of `gone` are those of `kept`, where both were one all along."""
    await store.carry_over(tx, gone, kept, facts)


async def erase(tx: Tx, person: UUID, now: datetime, *, all_of_it: bool) -> None:
    """Of a person who deleted the account: what is older than 14 days, or all. What was typed is
    gone already, with the notes of `people`."""
    before = now + timedelta(seconds=1) if all_of_it else now - KEPT_AFTER_DELETION
    await store.erase(tx, person, before)


async def forget(tx: Tx, people: People, clock: Clock) -> int:
    """Erases entries whose scene keeps them no longer, with what was typed; how many."""
    gone = await store.forget(tx, clock.now(), FORGET_AT_ONCE)
    for person, note in gone:
        await people.drop_note(tx, person, note)
    return len(gone)


def _values(note: Mapping[str, str]) -> Values:
    content = note.get("content")
    return msgspec.json.decode(content) if content else {}
