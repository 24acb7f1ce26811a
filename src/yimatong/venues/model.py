"""Who owns a venue, who was there, and what the screen at the door says."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from yimatong.codes.model import Shape
from yimatong.codes.standings import Standings
from yimatong.people.service import People
from yimatong.places import Place, PlaceType
from yimatong.policy.library import Library
from yimatong.policy.model import Answer, Colour, State

FIXED = (PlaceType.SHOP, PlaceType.MARKET, PlaceType.VENUE)
VEHICLES = (PlaceType.BUS, PlaceType.COACH, PlaceType.TAXI)
TYPES = (*FIXED, *VEHICLES)
SAME_VISIT = timedelta(minutes=10)
"""Whoever taps again within this time came once."""
SHOWN_FOR = timedelta(minutes=30)
"""How long the screen counts as of now; later it says that it is past."""
KEPT = timedelta(days=14)
"""As long as anybody may be traced by it; the span that the five policies look back."""
FEW = 5
"""A smaller count within an hour is told as “fewer than this”, so that it points at nobody."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the verbs need from outside."""

    people: People
    standings: Standings
    library: Library


class Visit(msgspec.Struct, frozen=True):
    """Somebody came in. `account` is who tapped."""

    id: UUID
    person: UUID
    place: UUID
    account: UUID
    at: datetime


class Entered(msgspec.Struct, frozen=True, kw_only=True):
    """One of those who came in together, as of now. `answer` is what the policy's table says for
    this kind of place with a normal temperature, which is taken on the spot (YN-05)."""

    name: str
    document_tail: str
    state: State
    colour: Colour | None
    shape: Shape
    answer: Answer


class Screen(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown at the door: the worst answer of all who came in together counts."""

    place: Place
    at: datetime
    now: datetime
    past: bool
    entered: list[Entered]
    answer: Answer


class Counts(msgspec.Struct, frozen=True):
    """How many came: by hour of today and by day of fourteen. None: some, but fewer than FEW."""

    hours: list[tuple[int, int | None]]
    days: list[tuple[str, int | None]]
    today: int | None


class Owned(msgspec.Struct, frozen=True):
    """A venue of one's own. `poster` is None until it is open."""

    place: Place
    poster: str | None
    today: int | None


class InUse(msgspec.Struct, frozen=True):
    """A place as command sees it: how many came in within seven days; 0: the poster is not in
    use."""

    place: Place
    poster: str | None
    visits: int
