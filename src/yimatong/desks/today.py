"""The day's entries of a place, for those who work there."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from yimatong.audit import Event, Purpose
from yimatong.audit import record_many as audit
from yimatong.desks import store
from yimatong.desks.model import Desk, DeskTools
from yimatong.kernel.clock import SHANGHAI, day_of, start_of
from yimatong.scenes import FormName
from yimatong.storage import Tx

PAGE = 20


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as its place lists it; the name is masked."""

    id: UUID
    at: datetime
    form: FormName
    name: str
    document_tail: str
    mine: bool
    """Recorded by whoever reads this."""
    withdrawn: bool


async def counts(tx: Tx, tools: DeskTools, desk: Desk) -> Mapping[str, int]:
    """How many entries that stand there are today, by form; they name nobody."""
    first = start_of(day_of(tools.clock.now()))
    return await store.counts(tx, desk.post.place.id, first, first + timedelta(days=1))


async def lines(tx: Tx, tools: DeskTools, desk: Desk, day: date, page: int) -> list[Line]:
    """PAGE entries of a day, the newest first. Each is a look at its person, and on record."""
    first = start_of(day)
    found = await store.of_place(
        tx, desk.post.place.id, first, first + timedelta(days=1), page * PAGE, PAGE
    )
    masked = {one.person: await tools.people.masked(tx, one.person) for one in found}
    looks = [
        Event(
            actor=desk.post.account,
            action="desks.list",
            purpose=Purpose(desk.scene.purpose),
            person=person,
            place=desk.post.place.id,
        )
        for person in masked
    ]
    await audit(tx, tools.clock, looks)
    return [
        Line(
            id=one.id,
            at=one.at.astimezone(SHANGHAI),
            form=one.form,
            name=masked[one.person].name,
            document_tail=masked[one.person].document_tail,
            mine=one.staff == desk.post.staff,
            withdrawn=one.withdrawn_at is not None,
        )
        for one in found
    ]
