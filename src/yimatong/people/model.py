"""What is known of a person."""

from datetime import datetime
from uuid import UUID

import msgspec

from yimatong.people.documents import DocumentKind, Sex


class Card(msgspec.Struct, frozen=True):
    """A resident's card as declared; `region` is the code of the region of residence.

    `sex` may be None where the document's number says it.
    """

    name: str
    document_kind: DocumentKind
    document_number: str
    ethnic_group: str
    region: str
    sex: Sex | None = None


class Masked(msgspec.Struct, frozen=True):
    """What a verifier may see of a person: `张*`, and the document's last two characters."""

    name: str
    document_tail: str


class Person(msgspec.Struct, frozen=True):
    """What may be read of a person without opening anything sealed."""

    id: UUID
    region: str
    registered_at: datetime


class Worker(msgspec.Struct, frozen=True):
    """A post with the name of who holds it. For administrators."""

    staff: UUID
    name: str
    role: str
    place: UUID | None
    enrolled: bool
