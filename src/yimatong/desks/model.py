"""What a desk is, what it sees of a person, and what it has recorded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec

from yimatong.codes.model import Shape
from yimatong.codes.standings import Standings
from yimatong.policy.library import Library
from yimatong.policy.model import Answer, Colour, State
from yimatong.presence.model import How, Post, Tools
from yimatong.scenes import FormName, Scene, Scenes, Values
from yimatong.storage import Tx


class Residences(Protocol):
    """Says where a person last declared to live; empty where nowhere."""

    async def __call__(self, tx: Tx, person: UUID) -> str: ...


@dataclass(frozen=True, slots=True)
class DeskTools(Tools):
    """What the verbs need from outside, beside what presence needs."""

    standings: Standings
    library: Library
    scenes: Scenes
    residence: Residences
    address: str
    """Where links in SMS lead to."""


class Desk(msgspec.Struct, frozen=True):
    """A post at a place, with the place's scene."""

    post: Post
    scene: Scene


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """A course (HI-12): `id` is its first entry's. `entries` is how many it has had, so that who
    writes with an older number in hand is told."""

    id: UUID
    person: UUID
    place: UUID
    scene: str
    opened_at: datetime
    released_at: datetime | None
    entries: int
    last_at: datetime


class Past(msgspec.Struct, frozen=True):
    """What this place recorded before. `mine`: by whoever reads it."""

    at: datetime
    form: FormName
    values: Values
    mine: bool
    withdrawn: bool


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A person as the desk sees them. `form` is what is due; `forms` are all that may be."""

    ticket: str
    name: str
    """Masked."""
    document_tail: str
    how: How
    state: State
    colour: Colour | None
    shape: Shape
    form: FormName
    forms: tuple[FormName, ...]
    known: dict[str, str]
    """What fields begin with, by field."""
    age: int | None
    course: Course | None
    past: list[Past]
    """What this place recorded before: in the course, or the latest entries; the newest first."""
    own_facts: tuple[str, ...]
    """Kinds of what this very place recorded of the person and has not ended or withdrawn."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What was handed in once. `at` is when the person was there."""

    id: UUID
    person: UUID
    at: datetime
    recorded_at: datetime
    place: UUID
    staff: UUID
    scene: str
    form: FormName
    course: UUID | None
    how: How
    note: UUID
    facts: tuple[UUID, ...]
    verdict: Answer | None
    withdrawn_at: datetime | None


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What the worker is told once it is kept. `again`: it was recorded before, and counts once."""

    id: UUID
    at: datetime
    form: FormName
    facts: tuple[str, ...]
    """Kinds."""
    ended: int
    """How many of the place's own facts ended or were withdrawn by it."""
    colour: Colour | None
    state: State
    verdict: Answer | None
    again: bool = False


class Kept(msgspec.Struct, frozen=True):
    """An entry with what was typed into it."""

    entry: Entry
    values: Values
