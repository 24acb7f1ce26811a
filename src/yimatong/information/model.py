"""An entry, from what is written to what is read."""

from datetime import date, datetime
from enum import StrEnum, unique
from typing import Literal, Self
from uuid import UUID

import msgspec
from msgspec.structs import replace

Status = Literal["current", "coming", "over", "corrected", "withdrawn"]


@unique
class Kind(StrEnum):
    """What an entry tells of."""

    NOTICE = "notice"
    RISK_AREA = "risk_area"
    HOTLINE = "hotline"
    FEVER_CLINIC = "fever_clinic"


class Draft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be published. `region`: a province's name among policies, None: nationwide.

    `division`: six digits of GB/T 2260. `phone`: a public service's. The days are both counted;
    without `valid_until` it stays until it is corrected or withdrawn.
    """

    kind: Kind
    title: str
    text: str
    valid_from: date
    valid_until: date | None = None
    title_en: str | None = None
    text_en: str | None = None
    region: str | None = None
    division: str | None = None
    phone: str | None = None
    address: str | None = None


class Entry(Draft, frozen=True, kw_only=True):
    """What was published, by which post, and what became of it. It never changes itself."""

    id: UUID
    post: UUID
    published_at: datetime
    replaces: UUID | None
    replaced_by: UUID | None
    replaced_at: datetime | None
    withdrawn_at: datetime | None

    def left(self) -> Self:
        """What everybody may still see: of what was withdrawn, its title and when."""
        if self.withdrawn_at is None:
            return self
        return replace(self, text="", text_en=None, phone=None, address=None)

    def status(self, today: date) -> Status:
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.replaced_by is not None:
            return "corrected"
        if today < self.valid_from:
            return "coming"
        return "over" if self.valid_until is not None and self.valid_until < today else "current"


class Query(msgspec.Struct, frozen=True):
    """Which entries are asked for; `region` includes what is nationwide, `text` is looked for in
    titles, texts and the names of divisions. Pages count from 1."""

    region: str | None = None
    kind: Kind | None = None
    text: str = ""
    page: int = 1


class Found(msgspec.Struct, frozen=True):
    """One page of entries, the newest first, and whether another follows."""

    entries: list[Entry]
    more: bool
