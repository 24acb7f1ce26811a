"""Deleting an account across the rooms: names in `people`, sheets, what is kept of codes."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from yimatong.access.otp import OtpResult
from yimatong.codes import paper
from yimatong.codes.standings import Standings
from yimatong.desks import answering
from yimatong.doors.mine.known import Mine
from yimatong.doors.mine.records import RECORDS, Then
from yimatong.notices import service as notices
from yimatong.people import gone
from yimatong.people.refusals import refusal
from yimatong.posts import team as teams
from yimatong.storage import Database
from yimatong.venues import about as venues


class Line(msgspec.Struct, frozen=True):
    """A kind of record and what became of it; `until` where a date is known, at the earliest
    where it is `held`."""

    record: str
    then: Then
    until: datetime | None


class Receipt(msgspec.Struct, frozen=True):
    """What was deleted. It names nobody, and the deletion can be proven by `id` in the audit."""

    schema: Literal["yimatong-deletion/1"]
    id: UUID
    at: datetime
    persons: int
    records: list[Line]


async def delete(
    mine: Mine, standings: Standings, database: Database, ticket: str, code: str
) -> Receipt:
    """Tries the code, deletes, and says what was. Sent twice it has one effect and one answer.

    The refusal of a wrong code after its try was counted; Conflict where there is a post.
    """
    async with database.transaction() as tx:
        done = await gone.delete(mine.people, tx, ticket, code)
        for person in done.persons if not done.again else ():
            await mine.declarations.erase(tx, person)
            await standings.forget(tx, person)
            await paper.end(tx, mine.people.clock, person, done.account)
        if not done.again and done.result is OtpResult.RIGHT:
            await notices.erase(tx, done.persons)
            await answering.erase(tx, mine.people, done.phone, done.persons)
            await teams.forget_account(tx, done.account)
            await venues.forget_owner(tx, done.account)
    if done.result is not OtpResult.RIGHT or done.at is None:
        raise refusal(done.result)
    return Receipt("yimatong-deletion/1", done.receipt, done.at, len(done.persons), lines(done.at))


def lines(at: datetime) -> list[Line]:
    """Each kind of record with what becomes of it where an account is deleted at this moment."""
    return [
        Line(
            one.name,
            one.then,
            at + gone.KEPT if one.then in ("passages", "held") else None,
        )
        for one in RECORDS
        if one.then != "post"
    ]
