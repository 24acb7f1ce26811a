"""What is done for somebody else (HI-13): medicine bought for a patient is the patient's once the
patient says so, and until then nobody's.

Nobody turns yellow by what another typed: the buyer did not take the medicine, and the patient may
never have asked for it. The entry itself stays with the pharmacy either way. Whether the number
has an account, and what was answered, the pharmacy is not told.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from yimatong import ledger, places
from yimatong.access import limits
from yimatong.access.actor import Actor
from yimatong.desks import behalf_store as store
from yimatong.desks.model import Desk, DeskTools, Entry
from yimatong.kernel.clock import SHANGHAI, Clock
from yimatong.kernel.errors import BadInput, Conflict, NotFound, TooMany, Where
from yimatong.kernel.ids import new_id
from yimatong.ledger import NewFact
from yimatong.messages import service as messages
from yimatong.messages.wishes import wish_of
from yimatong.people import family
from yimatong.people.service import People
from yimatong.scenes.meaning import Said
from yimatong.storage import Tx

GOOD_FOR = timedelta(days=7)
KEPT = timedelta(days=14)
SMS_A_DAY = 5
"""To one number, whoever types it: more would be a nuisance, and the page asks anyway."""


class Question(msgspec.Struct, frozen=True):
    """What waits for the patient's answer: which kinds of medicine, where, when."""

    id: UUID
    at: datetime
    place: str
    kinds: list[str]


async def ask(
    tx: Tx, tools: DeskTools, desk: Desk, entry: Entry, phone: str, said: Sequence[Said], field: str
) -> None:
    """Keeps the question for whoever has the number, and tells them by SMS. BadInput where it is
    the buyer's own."""
    people = tools.people
    account = await people.account_of(tx, entry.person)
    if account is not None and await people.phone_of(tx, account) == phone:
        raise BadInput.of("desks.own_phone", Where(field=field))
    number = tools.keys.match(phone, "desks.question")
    id = new_id(tools.randomness)
    kinds = [one.kind for one in said]
    await store.add(tx, id, entry, desk.post.account, number, kinds)
    try:
        await limits.take(tx, tools.clock, "desks.question", number, SMS_A_DAY, timedelta(days=1))
    except TooMany:
        return
    wish = await wish_of(tx, tools.keys, phone)
    await messages.send(
        tx, tools.keys, tools.clock, tools.randomness, phone, "messages.text.purchase",
        wish.language, GOOD_FOR, link=f"{tools.address}/purchases",
    )  # fmt: skip


async def waiting(tx: Tx, people: People, actor: Actor) -> list[Question]:
    """What waits for the answer of whoever is logged in, the newest first."""
    numbers = people.keys.matches(await people.phone_of(tx, actor.account), "desks.question")
    rows = await store.waiting(tx, numbers, people.clock.now() - GOOD_FOR)
    known = await places.several(tx, {row["place"] for row in rows})
    return [
        Question(
            row["id"], row["at"].astimezone(SHANGHAI), known[row["place"]].name, list(row["kinds"])
        )
        for row in rows
    ]


async def answer(tx: Tx, people: People, actor: Actor, id: UUID, person: UUID | None) -> None:
    """`person`: whose it is, oneself or one of the family; None: nobody's here. Answered again the
    same way changes nothing.

    NotFound where it is not asked of this number, or longer than GOOD_FOR ago; BadInput where
    the person is none of the family; Conflict where it was answered otherwise.
    """
    numbers = people.keys.matches(await people.phone_of(tx, actor.account), "desks.question")
    row = await store.find(tx, id, numbers, people.clock.now() - GOOD_FOR)
    if row is None:
        raise NotFound.of("desks.no_question")
    if row["answered_at"] is not None:
        if row["person"] != person:
            raise Conflict.of("desks.answered")
        return
    facts: list[UUID] = []
    if person is not None:
        members = {one.person for one in await family.members(people, tx, actor.account)}
        if person not in members:
            raise BadInput.of("desks.not_family", Where(field="person"))
        made = [
            NewFact(
                person=person,
                kind=kind,
                observed_at=row["at"],
                source="pharmacy",
                recorder=row["recorder"],
                place=row["place"],
            )
            for kind in row["kinds"]
        ]
        facts = await ledger.record(tx, people.clock, people.randomness, made)
    await store.answered(tx, id, person, facts, people.clock.now())


async def take_back(tx: Tx, tools: DeskTools, desk: Desk, entry: Entry) -> list[NewFact]:
    """The sale was a slip: an open question ends, and what a patient took on is withdrawn; the
    facts that do so, for the caller to record."""
    found: list[NewFact] = []
    for row in await store.of_entry(tx, entry.id):
        found += [
            NewFact(
                person=row["person"],
                kind="withdrawn",
                observed_at=tools.clock.now(),
                source=desk.scene.source,
                retracts=fact,
                recorder=desk.post.account,
                place=desk.post.place.id,
            )
            for fact in row["facts"]
        ]
        await store.drop(tx, row["id"])
    return found


async def forget(tx: Tx, clock: Clock) -> None:
    """Erases questions older than KEPT, answered or not; the facts are the ledger's."""
    await store.forget(tx, clock.now() - KEPT)
