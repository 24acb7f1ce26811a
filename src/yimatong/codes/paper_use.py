"""What a card in hand is good for beside the gate, and printing one only once."""

import hashlib
from uuid import UUID

import msgspec

from yimatong.access import idempotency
from yimatong.access.actor import Actor
from yimatong.codes import paper
from yimatong.codes.paper import Desk, Papers, Printed
from yimatong.kernel.errors import BadInput
from yimatong.people import family, taking
from yimatong.people.documents import DocumentKind
from yimatong.people.family import Relation
from yimatong.people.service import People
from yimatong.storage import Tx

_CONTEXT = b"codes.paper.answer"
_PREFIX = "codes.paper"


async def once_printed(
    tx: Tx, people: People, papers: Papers, desk: Desk, person: UUID, once: str
) -> Printed:
    """A new card; asked for again with the same token, the same card.

    What is kept to answer again is sealed: a card's text is as good as the card.
    """
    key, body = f"paper:{once[:40]}", hashlib.sha256(person.bytes).digest()
    if not once:
        raise BadInput.of("codes.paper.no_token")
    earlier = await idempotency.begin(tx, people.clock, desk.account, key, body)
    if earlier is not None:
        return msgspec.json.decode(people.keys.open(earlier.body, _CONTEXT), type=Printed)
    printed = await papers.issue(tx, desk, person)
    sealed = people.keys.seal(msgspec.json.encode(printed), _CONTEXT)
    await idempotency.finish(tx, desk.account, key, 200, sealed)
    return printed


async def add_to_family(
    tx: Tx, people: People, actor: Actor, number: str, relation: Relation
) -> UUID | None:
    """Adds the card's owner to the account's family; None where no card has the number.

    The caller commits, since the try counts. Conflict and BadInput as `family.add_agreed`.
    """
    found = await paper.look_up(tx, people, number, actor.account.bytes, _PREFIX)
    if found is None:
        return None
    await family.add_agreed(people, tx, actor.account, found[1], relation, "paper")
    return found[1]


async def take_to_phone(
    tx: Tx, people: People, actor: Actor, number: str, kind: DocumentKind, document: str
) -> bool:
    """Whether number and document belong together, and the registration is the account's now.

    The caller commits, since the try counts. Refusals as `taking.take`.
    """
    found = await paper.look_up(tx, people, number, actor.account.bytes, _PREFIX)
    return found is not None and await taking.take(people, tx, actor, found[1], kind, document)
