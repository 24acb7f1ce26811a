"""What `people.toml` says."""

import tomllib
from datetime import date
from functools import cache
from importlib import resources

import msgspec

from yimatong.access.permissions import Role
from yimatong.kernel.words import Words
from yimatong.people.documents import DocumentKind, Sex, check_character
from yimatong.places.model import PlaceType


class DemoFact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    days_ago: int
    source: str
    region: str | None = None


class DemoPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`number` is made up from the birth date where the document is a resident ID."""

    region: str
    phone: str
    name: str
    birth: date
    shows: Words
    facts: list[DemoFact]
    document: DocumentKind = DocumentKind.RESIDENT_ID
    number: str | None = None
    sex: Sex | None = None

    def document_number(self, division: str) -> str:
        """The number on the document; for a resident ID one with a right check character."""
        if self.number:
            return self.number
        body = f"{division}{self.birth:%Y%m%d}{self.phone[-3:]}"
        return body + check_character(body)


class DemoWorker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    phone: str
    name: str


class DemoGate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    type: PlaceType
    division: str
    township: str
    address: str
    guard: DemoWorker
    clerk: DemoWorker | None = None
    """Of the service desk beside it."""


class DemoDesk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place where something is recorded by its scene, by a worker; or a venue, by whose poster
    people check in, with the phone of the resident who owns it."""

    name: str
    type: PlaceType
    division: str
    township: str
    address: str
    scene: str | None = None
    worker: DemoWorker | None = None
    owner: str | None = None


class DemoStaff(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    role: Role
    phone: str
    name: str


class Cast(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everybody in the demo."""

    person: list[DemoPerson]
    gate: list[DemoGate]
    desk: list[DemoDesk]
    staff: list[DemoStaff]


@cache
def cast() -> Cast:
    text = resources.files("yimatong.doors.demo").joinpath("people.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Cast)
