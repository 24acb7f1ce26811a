"""Whether a document in somebody's hand is that of a card: number and name together, or nothing.

Only for who limits and records the tries. Unknown and known take the same two statements and
open one sealed name, so that neither answer nor time tells who is registered.
"""

import hmac
from uuid import UUID

import msgspec

from yimatong.people import sealing, store
from yimatong.people.documents import Document
from yimatong.people.service import People
from yimatong.storage import Tx

_NOBODY = UUID(int=0)


class Held(msgspec.Struct, frozen=True):
    """Whose number it is, for the record; and whether the name is that of the card."""

    person: UUID | None
    agrees: bool


async def held(people: People, tx: Tx, document: Document, name: str) -> Held:
    """`name` as `check_name` gives it. Who deleted the account has no card: nobody agrees."""
    matches = people.keys.matches(document.text, "people.document")
    person = await store.person_of_document(tx, matches)
    row = await store.person(tx, person or _NOBODY)
    owner = row["id"] if row else _NOBODY
    sealed = row["name"] if row else sealing.seal_name(people.keys, _NOBODY, "无")
    kept = sealing.open_name(people.keys, owner, sealed)
    same = hmac.compare_digest(kept.encode(), name.encode())
    return Held(person, same and row is not None)
