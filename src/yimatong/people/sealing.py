"""What is sealed of a person, and in which context it opens."""

from uuid import UUID

import asyncpg
import msgspec

from yimatong.keys import KeyRing
from yimatong.people.documents import Document, Sex
from yimatong.people.model import Card


class _Details(msgspec.Struct):
    ethnic_group: str
    sex: Sex


def seal_phone(keys: KeyRing, account: UUID, phone: str) -> bytes:
    return keys.seal(phone.encode(), b"people.phone:" + account.bytes)


def open_phone(keys: KeyRing, account: UUID, sealed: bytes) -> str:
    return keys.open(sealed, b"people.phone:" + account.bytes).decode()


def seal_name(keys: KeyRing, owner: UUID, name: str) -> bytes:
    return keys.seal(name.encode(), b"people.name:" + owner.bytes)


def open_name(keys: KeyRing, owner: UUID, sealed: bytes) -> str:
    return keys.open(sealed, b"people.name:" + owner.bytes).decode()


def seal_document(keys: KeyRing, person: UUID, document: Document) -> bytes:
    return keys.seal(msgspec.json.encode(document), b"people.document:" + person.bytes)


def open_document(keys: KeyRing, person: UUID, sealed: bytes) -> Document:
    plain = keys.open(sealed, b"people.document:" + person.bytes)
    return msgspec.json.decode(plain, type=Document)


def seal_details(keys: KeyRing, person: UUID, ethnic_group: str, sex: Sex) -> bytes:
    plain = msgspec.json.encode(_Details(ethnic_group, sex))
    return keys.seal(plain, b"people.details:" + person.bytes)


def seal_fields(keys: KeyRing, note: UUID, fields: dict[str, str]) -> bytes:
    return keys.seal(msgspec.json.encode(fields), b"people.note:" + note.bytes)


def open_fields(keys: KeyRing, note: UUID, sealed: bytes) -> dict[str, str]:
    plain = keys.open(sealed, b"people.note:" + note.bytes)
    return msgspec.json.decode(plain, type=dict[str, str])


def open_card(keys: KeyRing, row: asyncpg.Record) -> Card:
    person = row["id"]
    document = open_document(keys, person, row["document"])
    opened = keys.open(row["details"], b"people.details:" + person.bytes)
    details = msgspec.json.decode(opened, type=_Details)
    return Card(
        open_name(keys, person, row["name"]),
        document.kind,
        document.number,
        details.ethnic_group,
        row["region"],
        details.sex,
    )
