"""What is done for somebody else (HI-13), on the desk's side: the patient is asked.

Medicine bought for a patient is the patient's once the patient says so, and until then nobody's.
Nobody turns yellow by what another typed: the buyer did not take the medicine, and the patient may
never have asked for it. The entry itself stays with the pharmacy either way. Whether the number
has an account, and what was answered, the pharmacy is not told; nothing here looks it up.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import msgspec

from yimatong.access import limits
from yimatong.desks import behalf_store as store
from yimatong.desks.model import Desk, DeskTools, Entry
from yimatong.kernel.clock import Clock
from yimatong.kernel.errors import BadInput, TooMany, Where
from yimatong.kernel.ids import new_id
from yimatong.keys import KeyRing
from yimatong.ledger import NewFact
from yimatong.messages import service as messages
from yimatong.messages.wishes import wish_of
from yimatong.scenes import Form, FormName, Values
from yimatong.scenes.meaning import Said
from yimatong.storage import Tx

NUMBER = "desks.question"
"""What the number's keyed hash is for."""
GOOD_FOR = timedelta(days=7)
"""How long the question waits, and is kept."""
SMS_LIFE = timedelta(hours=24)
SMS_A_DAY = 5
"""To one number, whoever types it: more would be a nuisance, and the page asks anyway."""
SMS_OF_A_WORKER = 60
"""A day; a desk is no way to send SMS to lists of numbers."""
PAGE = 200


class Content(msgspec.Struct, frozen=True):
    """What of the form is the patient's, as it was read."""

    scene: str
    form: FormName
    values: Values


async def ask(
    tx: Tx, tools: DeskTools, desk: Desk, entry: Entry, form: Form, values: Values,
    said: Sequence[Said],
) -> None:  # fmt: skip
    """Keeps the question for whoever has the form's number, and tells them by SMS. Where nothing
    of the list was bought there is nothing to ask. BadInput where the number is the buyer's own.
    """
    field = next((one.id for one in form.fields if one.type == "phone"), "")
    if field not in values:
        return
    phone: str = values[field]
    account = await tools.people.account_of(tx, entry.person)
    if account is not None and await tools.people.phone_of(tx, account) == phone:
        raise BadInput.of("desks.own_phone", Where(field=field))
    kinds = [one.kind for one in said if one.value is None]
    if not kinds:
        return
    id, number = new_id(tools.randomness), tools.keys.match(phone, NUMBER)
    theirs = {one.id: values[one.id] for one in form.fields if one.theirs and one.id in values}
    content = sealed(tools.keys, id, Content(entry.scene, form.name, theirs))
    await store.add(tx, id, entry, desk.post.account, number, kinds, content)
    if await _may_send(tx, tools, desk, number):
        await _send(tx, tools, phone)


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


async def reseal(tx: Tx, keys: KeyRing, after: UUID) -> UUID | None:
    """Seals a page of contents anew under the current key; the last id, None at the end."""
    rows = await store.page(tx, after, PAGE)
    for row in rows:
        content = unsealed(keys, row["id"], row["content"])
        await store.set_content(tx, row["id"], sealed(keys, row["id"], content))
    return rows[-1]["id"] if rows else None


async def forget(tx: Tx, clock: Clock) -> None:
    """Erases questions older than GOOD_FOR, answered or not; the facts are the ledger's."""
    await store.forget(tx, clock.now() - GOOD_FOR)


def sealed(keys: KeyRing, question: UUID, content: Content) -> bytes:
    return keys.seal(msgspec.json.encode(content), b"desks.question:" + question.bytes)


def unsealed(keys: KeyRing, question: UUID, content: bytes) -> Content:
    plain = keys.open(content, b"desks.question:" + question.bytes)
    return msgspec.json.decode(plain, type=Content)


async def _may_send(tx: Tx, tools: DeskTools, desk: Desk, number: bytes) -> bool:
    """Beyond either limit the question waits all the same, without an SMS; the desk is told the
    same, since how often a number was typed elsewhere is not its business."""
    day, worker = timedelta(days=1), desk.post.staff.bytes
    try:
        await limits.take(tx, tools.clock, "desks.asking", worker, SMS_OF_A_WORKER, day)
        await limits.take(tx, tools.clock, NUMBER, number, SMS_A_DAY, day)
    except TooMany:
        return False
    return True


async def _send(tx: Tx, tools: DeskTools, phone: str) -> None:
    wish = await wish_of(tx, tools.keys, phone)
    await messages.send(
        tx, tools.keys, tools.clock, tools.randomness, phone, "messages.text.purchase",
        wish.language, SMS_LIFE, link=f"{tools.address}/purchases",
    )  # fmt: skip
