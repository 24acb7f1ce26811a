"""What a guard enters, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

from yimatong.access.quota import Quota
from yimatong.codes.standings import Standings
from yimatong.policy.library import Library
from yimatong.policy.model import Answer, Colour, State
from yimatong.presence import model as presence

Direction = Literal["in", "out"]
"""进 or 出."""
Reason = Literal["work", "home", "shopping", "other"]
"""HI-08: 返工, 返乡, 购买生活用品, 其他."""
Felt = Literal["normal", "abnormal"]
"""HI-08: 体温是否正常, where no figure was measured."""
Concern = Literal["track", "code", "other"]
"""HI-09: a suspicious track, a code that does not allow passage, or what the note says."""


QUOTA = Quota(hour=1200, day=10_000)
"""Persons that one guard opens or scans, as the gate's scene says: three seconds each."""


@dataclass(frozen=True, slots=True)
class Tools(presence.Tools):
    """What the verbs need from outside, beside who stands there."""

    standings: Standings
    library: Library


class Reading(msgspec.Struct, frozen=True):
    """The temperature: measured in ℃ with one decimal, or felt, or (on a report) neither."""

    measured: Decimal | None = None
    felt: Felt | None = None


class Entry(msgspec.Struct, frozen=True):
    """What the guard enters on a passage; time, gate and address come from the system."""

    reading: Reading
    direction: Direction
    reason: Reason
    plate: str | None = None


class Passage(msgspec.Struct, frozen=True):
    """A passage as it was decided; `rules` are those that held the colour."""

    id: UUID
    person: UUID
    at: datetime
    place: UUID
    staff: UUID
    entry: Entry
    verdict: Answer
    rules: tuple[str, ...]
    edition: str
    state: State
    colour: Colour | None
    fever: bool


class Seen(msgspec.Struct, frozen=True):
    """One of a person's earlier passages as a guard sees it (HI-09)."""

    at: datetime
    gate: str
    direction: Direction
    verdict: Answer
