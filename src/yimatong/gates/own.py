"""What gates know of a person, for that person; and erasing it once its time is over."""

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

import asyncpg
import msgspec

from yimatong import places
from yimatong.gates import store
from yimatong.gates.day import LOOK_BACK
from yimatong.gates.model import Concern
from yimatong.gates.sealing import open_more, open_plate
from yimatong.kernel.clock import SHANGHAI
from yimatong.keys import KeyRing
from yimatong.places import Place
from yimatong.policy.model import Answer, Colour, State
from yimatong.scenes import Values
from yimatong.storage import Tx


class OwnPassage(msgspec.Struct, frozen=True, kw_only=True):
    """A passage with everything that was entered and decided; `rules` held the colour.

    `scene` is the file that says what the answers mean, `more` what it asked beside the others.
    """

    at: datetime
    gate: str
    scene: str | None
    direction: str | None
    reason: str | None
    temperature: Decimal | None
    felt: str | None
    plate: str | None
    more: Values
    verdict: Answer
    state: State
    colour: Colour | None
    edition: str
    rules: list[str]


class OwnReport(msgspec.Struct, frozen=True):
    """A guard's report; the note is the guard's own and may name others, so it is not given."""

    at: datetime
    gate: str
    concern: Concern


async def passages(tx: Tx, keys: KeyRing, person: UUID) -> list[OwnPassage]:
    """Every passage that is kept, the newest first."""
    rows = await store.everything_of(tx, person)
    gates = await places.several(tx, {row["place"] for row in rows})
    return [_passage(keys, row, gates[row["place"]]) for row in rows]


async def reports(tx: Tx, person: UUID) -> list[OwnReport]:
    """Every report that is kept, the newest first."""
    rows = await store.reports_of(tx, person)
    gates = await places.several(tx, {row["place"] for row in rows})
    return [
        OwnReport(row["at"].astimezone(SHANGHAI), gates[row["place"]].name, row["concern"])
        for row in rows
    ]


async def carry_over(tx: Tx, gone: UUID, kept: UUID) -> None:
    """The passages and reports of `gone` are those of `kept`, where both were one all along."""
    await store.carry_over(tx, gone, kept)


async def erase(tx: Tx, person: UUID, now: datetime, *, all_of_it: bool) -> None:
    """Of a person who deleted the account: what is older than a guard may look back, or all."""
    await store.erase(tx, person, now + timedelta(seconds=1) if all_of_it else now - LOOK_BACK)


def _passage(keys: KeyRing, row: asyncpg.Record, gate: Place) -> OwnPassage:
    return OwnPassage(
        at=row["at"].astimezone(SHANGHAI),
        gate=gate.name,
        scene=gate.scene,
        direction=row["direction"],
        reason=row["reason"],
        temperature=row["temperature"],
        felt=row["felt"],
        plate=open_plate(keys, row),
        more=open_more(keys, row),
        verdict=row["verdict"],
        state=row["state"],
        colour=row["colour"],
        edition=row["edition"],
        rules=list(row["rules"]),
    )
