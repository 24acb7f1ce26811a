"""Reading the reports of a gate (HI-09): what its guards found suspicious, for 14 days.

A guard reads the own ones; who answers for the gate reads all of them.
"""

from datetime import datetime

import msgspec

from yimatong.gates import day_store
from yimatong.gates.day import LOOK_BACK, PAGE
from yimatong.gates.gate import Gate, Tools
from yimatong.gates.looks import look_at_all
from yimatong.gates.model import Concern
from yimatong.gates.sealing import note_context
from yimatong.kernel.clock import SHANGHAI
from yimatong.storage import Tx


class GateReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report as its gate reads it; the name is masked. `mine`: by whoever reads this."""

    at: datetime
    name: str
    concern: Concern
    note: str
    mine: bool


async def latest(tx: Tx, tools: Tools, gate: Gate, page: int, *, of_all: bool) -> list[GateReport]:
    """PAGE reports of 14 days, the newest first; `of_all`: whoever answers for the gate reads
    everybody's, a guard only the own. Each is a look at its person, and on record."""
    since = tools.clock.now() - LOOK_BACK
    staff = None if of_all else gate.post.staff
    rows = await day_store.reports(tx, gate.post.place.id, since, staff, page * PAGE, PAGE)
    await look_at_all(tx, tools, gate, [row["person"] for row in rows], "gates.reports")
    return [
        GateReport(
            at=row["at"].astimezone(SHANGHAI),
            name=(await tools.people.masked(tx, row["person"])).name,
            concern=row["concern"],
            note=tools.keys.open(row["note"], note_context(row["id"])).decode()
            if row["note"]
            else "",
            mine=row["staff"] == gate.post.staff,
        )
        for row in rows
    ]
