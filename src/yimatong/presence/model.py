"""Who is there, and the post that sees them."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal
from uuid import UUID

import msgspec

from yimatong.kernel.clock import Clock
from yimatong.kernel.ids import Randomness
from yimatong.keys import KeyPurpose, KeyRing
from yimatong.people.documents import DocumentKind
from yimatong.people.service import People
from yimatong.places import Place

How = Literal["code", "short", "paper", "document", "register"]
"""By a phone's code, by a short code read out, by a paper card, scanned or typed, or by nothing but
the document in the worker's hand; `register`: from the place's own list of who is there."""
Why = Literal["no_phone", "phone_broken", "no_network", "other"]
"""Why there was nothing but the document. No note goes with it: nobody would need to read it."""


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


class InHand(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the worker types from the document in hand. `present`: the worker says that the person
    is there."""

    document_kind: DocumentKind
    document_number: str
    name: str
    why: Why | None = None
    present: bool = False


class Shown(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the person shows: the text of the QR code, or else typed in: the short code, or the
    number of a paper card; or else, where there is none of these, the document in hand."""

    code: str = ""
    short: str = ""
    document: InHand | None = None


class Present(msgspec.Struct, frozen=True):
    """Somebody who has shown to be there."""

    person: UUID
    name: str
    """Masked, `张*`."""
    document_tail: str
    how: How
    card: UUID | None = None
    """The paper card that was shown instead of a phone: it may have been lent."""
    why: Why | None = None
    """Why there was nothing but the document."""


@cache
def detail_of(how: How, why: Why | None) -> dict[str, Any]:
    """What the audit keeps of how one was known. Shared: never change it."""
    return {"how": how, "why": why} if why else {"how": how}
