"""Looking back at where somebody passed (HI-09)."""

from datetime import datetime

import msgspec

from yimatong import places
from yimatong.gates import store
from yimatong.gates.day import LOOK_BACK
from yimatong.gates.gate import Gate, Tools
from yimatong.gates.track import Mark, Stop, marks
from yimatong.kernel.clock import SHANGHAI
from yimatong.kernel.words import Words
from yimatong.policy.model import Answer
from yimatong.presence import ticket
from yimatong.presence.showing import look
from yimatong.storage import Tx

MOST_SEEN = 100


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """One of a person's earlier passages as a guard sees it; `said` is the direction in words,
    `mark` what is worth a look."""

    at: datetime
    gate: str
    direction: str | None
    said: Words | None
    verdict: Answer
    mark: Mark | None


async def seen(tx: Tx, tools: Tools, gate: Gate, pass_on: str) -> list[Seen]:
    """The passages at any gate within 14 days of who was just scanned, the newest first. On
    record. Marks refuse nobody: the guard decides."""
    scanned = ticket.opened(pass_on, gate.post, tools.keys, tools.clock)
    await look(tx, tools, gate.post, scanned, "gates.passages", gate.form.purpose)
    since = tools.clock.now() - LOOK_BACK
    rows = await store.of_person(tx, scanned.person, since, MOST_SEEN)
    known = await places.several(tx, {row["place"] for row in rows})
    found = [known[row["place"]] for row in rows]
    marked = marks([Stop(row["at"], at.division) for row, at in zip(rows, found, strict=True)])
    return [
        Seen(
            at=row["at"].astimezone(SHANGHAI),
            gate=at.name,
            direction=row["direction"],
            said=_said(tools, at.scene, row["direction"]),
            verdict=row["verdict"],
            mark=mark,
        )
        for row, at, mark in zip(rows, found, marked, strict=True)
    ]


def _said(tools: Tools, scene: str | None, direction: str | None) -> Words | None:
    return tools.forms.said(scene, "direction", direction) if direction else None
