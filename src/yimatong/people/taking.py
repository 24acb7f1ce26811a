"""Taking one's registration from paper to a phone: by the card in hand and the document.

Neither alone is enough, and nobody is taken who has a phone registration already: those are
joined by both phones (`join`).
"""

from uuid import UUID

from yimatong.access import sessions
from yimatong.access.actor import Actor
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.kernel.clock import day_of
from yimatong.kernel.errors import BadInput, Conflict, Where
from yimatong.people import store
from yimatong.people.documents import DocumentKind
from yimatong.people.service import ALONE, People
from yimatong.storage import Tx

_NUMBER = Where(field="document_number")


async def take(
    people: People, tx: Tx, actor: Actor, person: UUID, kind: DocumentKind, number: str
) -> bool:
    """Makes the person of the card the account's own; False where the document is not theirs.

    The caller has the card's number, and commits whatever the result, since the try counted.
    Conflict where the account has a card, or the person a phone; BadInput where the document
    cannot be one or says that the person is under ALONE.
    """
    clock = people.clock
    if await people.find_by_document(tx, kind, number) != person:
        return False
    await store.lock_account(tx, actor.account)
    await store.lock_person(tx, person)
    if await people.person_of(tx, actor.account) or await store.own_account(tx, person):
        raise Conflict.of("people.taking.taken")
    age = (await people.document_of(tx, person)).age(day_of(clock.now()))
    if age is not None and age < ALONE:
        raise BadInput.of("people.card.child", _NUMBER, age=ALONE)
    await store.add_own(tx, actor.account, person, clock.now())
    await sessions.act_for(tx, actor, person)
    event = Event(
        actor=actor.account, action="people.taken_to_phone", purpose=Purpose.OWN, person=person
    )
    await audit(tx, clock, event)
    return True
