"""An event, and the closed list of what it may be for."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec


class Purpose(StrEnum):
    """Why somebody acted or looked. There is no “other”: an access without one of these is none."""

    OWN = "own"
    FAMILY = "family"
    GATE_CHECK = "gate_check"
    DESK_SERVICE = "desk_service"
    MEDICAL_CARE = "medical_care"
    MEDICINE_SALE = "medicine_sale"
    PLACE_REGISTRATION = "place_registration"
    REGISTRY = "registry"
    PERMIT_REVIEW = "permit_review"
    ADMINISTRATION = "administration"
    APPEAL = "appeal"


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """`action` is `room.verb`; `detail` holds ids, kinds and counts, never personal data.

    `actor` is the account that acted; None is the system itself.
    """

    actor: UUID | None
    action: str
    purpose: Purpose
    person: UUID | None = None
    place: UUID | None = None
    detail: dict[str, Any] = {}


class Look(msgspec.Struct, frozen=True):
    """What a person is told about one look at them: not by whom, but from where and why."""

    at: datetime
    action: str
    purpose: Purpose
    place: UUID | None
    detail: dict[str, Any] = {}
