"""What a guard enters, and what became of it."""

from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

from yimatong.policy.model import Answer, Colour, State
from yimatong.scenes import Values
from yimatong.scenes.meaning import Said
from yimatong.scenes.reading import Typed

Plain = str | int | float | bool | None
More = dict[str, Plain | list[Plain | dict[str, Plain]]]
"""What a program hands in beyond a gate's own answers, by field: as deep as a scene asks, and no
deeper, so that no body is too deep to read."""
Concern = Literal["track", "code", "other"]
"""HI-09: a suspicious track, a code that does not allow passage, or what the note says."""


class Reading(msgspec.Struct, frozen=True):
    """The temperature: measured in ℃ with one decimal, or felt, or (on a report) neither. `felt`
    is the answer that was chosen, `warm` whether it means fever."""

    measured: Decimal | None = None
    felt: str | None = None
    warm: bool | None = None


class Entry(msgspec.Struct, frozen=True):
    """What the guard enters on a passage, as the place's scene reads it; time, gate and address
    come from the system. `more` is what the scene asks beyond a gate's own answers, `facts` what
    all of it comes to."""

    reading: Reading = Reading()
    direction: str | None = None
    reason: str | None = None
    plate: str | None = None
    more: Values = {}
    facts: tuple[Said, ...] = ()


class Handed(msgspec.Struct, frozen=True):
    """What a guard hands in about somebody who was just scanned. `vehicle` is the ticket of the
    vehicle they came in, empty where none was begun."""

    ticket: str
    typed: Typed
    vehicle: str = ""


class Doubt(msgspec.Struct, frozen=True):
    """A report about somebody who was just scanned (HI-09), with the tickets as in `Handed`."""

    ticket: str
    concern: Concern
    note: str = ""
    vehicle: str = ""


class Passage(msgspec.Struct, frozen=True):
    """A passage as it was decided; `rules` are those that held the colour, `vehicle` what it has
    in common with the others in the same vehicle."""

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
    vehicle: UUID | None = None
