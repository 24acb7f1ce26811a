"""Who asks to become a desk or to join one, and who works there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from yimatong.people.service import People
from yimatong.places import Place
from yimatong.scenes import Scenes


@dataclass(frozen=True, slots=True)
class PostTools:
    """What the verbs need. `address`: where links in SMS lead to."""

    people: People
    scenes: Scenes
    address: str


class Waiting(msgspec.Struct, frozen=True):
    """A place that waits for approval, and the name of who asked."""

    place: Place
    name: str


class Own(msgspec.Struct, frozen=True, kw_only=True):
    """How it stands with what an account registered or asked for: the `place` of its post and
    whether it answers for it, the one that was `refused` last, the one it `asked` to join."""

    place: Place | None
    manager: bool
    refused: Place | None
    asked: Place | None


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who works at a place. `this`: who reads it."""

    staff: UUID
    name: str
    since: datetime
    enrolled: bool
    manager: bool
    this: bool


class Applicant(msgspec.Struct, frozen=True):
    """Somebody who asks to join; `id` is their account's."""

    id: UUID
    name: str
    asked_at: datetime


class Team(msgspec.Struct, frozen=True, kw_only=True):
    """A place with who works there; to who answers for it also who asks, and the join code."""

    place: Place
    manages: bool
    members: list[Member]
    applicants: list[Applicant]
    code: str | None
    code_until: datetime | None
