"""Sealing everything anew under the current keys, after a rotation.

Each pass takes a page in id order and gives the last id, or None at the end; one page is one
transaction. Running a pass again does no harm.
"""

from uuid import UUID

import asyncpg

from yimatong.keys import KeyRing
from yimatong.people import reseal_store as store
from yimatong.people import sealing
from yimatong.storage import Tx

PAGE = 200


async def accounts(tx: Tx, keys: KeyRing, after: UUID) -> UUID | None:
    """Phones, the names of workers, and what phones are matched by."""
    rows = await store.accounts(tx, after, PAGE)
    for row in rows:
        account = row["id"]
        phone = sealing.open_phone(keys, account, row["phone"])
        await store.set_phone(tx, account, sealing.seal_phone(keys, account, phone))
        await store.rematch_phone(tx, keys.matches(phone, "people.phone"))
        if row["name"]:
            name = sealing.open_name(keys, account, row["name"])
            await store.set_name(tx, account, sealing.seal_name(keys, account, name))
    return _last(rows)


async def persons(tx: Tx, keys: KeyRing, after: UUID) -> UUID | None:
    """Names, documents and details, and what documents are matched by."""
    rows = await store.persons(tx, after, PAGE)
    for row in rows:
        person, card = row["id"], sealing.open_card(keys, row)
        document = sealing.open_document(keys, person, row["document"])
        assert card.sex is not None
        name = sealing.seal_name(keys, person, card.name)
        details = sealing.seal_details(keys, person, card.ethnic_group, card.sex)
        sealed = (name, sealing.seal_document(keys, person, document), details)
        await store.set_person(tx, person, sealed)
        await store.rematch_document(tx, keys.matches(document.text, "people.document"))
    return _last(rows)


async def notes(tx: Tx, keys: KeyRing, after: UUID) -> UUID | None:
    """Addresses and other notes."""
    rows = await store.notes(tx, after, PAGE)
    for row in rows:
        fields = sealing.open_fields(keys, row["id"], row["fields"])
        sealed = sealing.seal_fields(keys, row["id"], fields)
        await store.set_note(tx, row["person"], row["id"], sealed)
    return _last(rows)


def _last(rows: list[asyncpg.Record]) -> UUID | None:
    return rows[-1]["id"] if rows else None
