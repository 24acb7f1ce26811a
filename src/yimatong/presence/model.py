"""Who is there, and the post that sees them."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

import msgspec

from yimatong.kernel.clock import Clock
from yimatong.kernel.ids import Randomness
from yimatong.keys import KeyPurpose, KeyRing
from yimatong.people.service import People
from yimatong.places import Place

How = Literal["code", "short", "paper"]
"""By a phone's code, by a short code read out, or by a paper card, scanned or typed."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the verbs need from outside. A desk that needs more adds to it."""

    clock: Clock
    randomness: Randomness
    keys: KeyRing
    people: People
    accept: frozenset[KeyPurpose]
    """Purposes of the issuing keys whose codes are taken."""


class Post(msgspec.Struct, frozen=True):
    """Who works at a desk, and where: a place that is open."""

    account: UUID
    staff: UUID
    place: Place


class Shown(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the person shows: the text of the QR code, or else typed in: the short code, or the
    number of a paper card."""

    code: str = ""
    short: str = ""


class Present(msgspec.Struct, frozen=True):
    """Somebody who has shown to be there."""

    person: UUID
    name: str
    """Masked, `张*`."""
    document_tail: str
    how: How
    card: UUID | None = None
    """The paper card that was shown instead of a phone: it may have been lent."""
