"""What a place is. Its address is that of a public place, not of a person."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec


class PlaceKind(StrEnum):
    """What admission rules tell apart (policy.md)."""

    PUBLIC = "public"
    MEDICAL = "medical"
    TRANSPORT = "transport"
    RESIDENTIAL = "residential"
    WORKPLACE = "workplace"
    SCHOOL = "school"
    CHECKPOINT = "checkpoint"


class PlaceType(StrEnum):
    """What people call it: the three of HI-10 路口 村庄 社区, then those of other desks."""

    ROAD = "road"
    VILLAGE = "village"
    COMMUNITY = "community"
    CAMPUS = "campus"
    UNIT = "unit"
    VENUE = "venue"
    CLINIC = "clinic"
    STATION = "station"
    PHARMACY = "pharmacy"
    OBSERVATION = "observation"
    SHOP = "shop"
    MARKET = "market"
    BUS = "bus"
    COACH = "coach"
    TAXI = "taxi"


KIND_OF_TYPE: dict[PlaceType, PlaceKind] = {
    PlaceType.ROAD: PlaceKind.CHECKPOINT,
    PlaceType.VILLAGE: PlaceKind.RESIDENTIAL,
    PlaceType.COMMUNITY: PlaceKind.RESIDENTIAL,
    PlaceType.CAMPUS: PlaceKind.SCHOOL,
    PlaceType.UNIT: PlaceKind.WORKPLACE,
    PlaceType.VENUE: PlaceKind.PUBLIC,
    PlaceType.CLINIC: PlaceKind.MEDICAL,
    PlaceType.STATION: PlaceKind.TRANSPORT,
    PlaceType.PHARMACY: PlaceKind.MEDICAL,
    PlaceType.OBSERVATION: PlaceKind.MEDICAL,
    PlaceType.SHOP: PlaceKind.PUBLIC,
    PlaceType.MARKET: PlaceKind.PUBLIC,
    PlaceType.BUS: PlaceKind.TRANSPORT,
    PlaceType.COACH: PlaceKind.TRANSPORT,
    PlaceType.TAXI: PlaceKind.TRANSPORT,
}


class PlaceState(StrEnum):
    """Registered, approved or refused by an administrator of its area, closed for good."""

    PENDING = "pending"
    OPEN = "open"
    REFUSED = "refused"
    CLOSED = "closed"


class NewPlace(msgspec.Struct, frozen=True, kw_only=True):
    """What whoever registers a place says of it; `division` is a code of the tables. `scene` is the
    desk form that is used there; None where there is only a poster."""

    type: PlaceType
    division: str
    township: str
    address: str
    name: str
    scene: str | None = None


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place; `region` is the name that policies have for its province."""

    id: UUID
    kind: PlaceKind
    type: PlaceType
    region: str
    division: str
    township: str
    address: str
    name: str
    scene: str | None
    state: PlaceState
    registered_at: datetime
    about: str | None = None
    """Why it was refused."""
    registered_by: UUID | None = None
    """The account that is told what was decided."""
