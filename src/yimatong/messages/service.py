"""Putting a message into the outbox, and carrying it out."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import asyncpg
import msgspec

from yimatong.kernel.clock import Clock
from yimatong.kernel.ids import Randomness, new_id
from yimatong.kernel.words import Catalogue, Language
from yimatong.keys import KeyRing
from yimatong.messages import store
from yimatong.messages.model import TEXTS, Gateway, Letter, NotCarried, Rank, Sms, awake
from yimatong.storage import Database, Tx

BATCH = 50
LINK = "link"
"""Of a text's params: our own address, which a provider's template holds itself."""
MOST_TRIES = 5
PAUSE = timedelta(seconds=30)
"""After a failed try; each further one waits that much longer."""

_texts = Catalogue.of_packages(["yimatong.messages"])


async def send(
    tx: Tx,
    keys: KeyRing,
    clock: Clock,
    randomness: Randomness,
    phone: str,
    key: str,
    language: Language,
    life: timedelta,
    **params: object,
) -> UUID:
    """Writes an SMS to be carried out after the commit; after `life` it is of no use any more.

    `phone` is E.164; `key` is one of TEXTS. What can wait is not carried out in the night.
    """
    sms, now, rank = new_id(randomness), clock.now(), TEXTS[key]
    due = awake(now) if rank is Rank.GENTLE else now
    filled = {name: str(value) for name, value in params.items()}
    text = _texts.say(key, language, **filled)
    template = {name: value for name, value in filled.items() if name != LINK}
    letter = Letter(phone, text, key, language, template)
    await store.add(tx, sms, letter, _sealed(keys, sms, letter), rank, now, due, now + life)
    return sms


async def deliver_once(
    database: Database, keys: KeyRing, gateway: Gateway, clock: Clock, limit: int = BATCH
) -> int:
    """Carries out what is due, at most `limit` and all at once; how many were handed over.

    At least once: who dies between handing over and noting it leaves the message due.
    """
    async with database.transaction() as tx:
        due = await store.claim(tx, clock.now(), PAUSE, MOST_TRIES, limit)
    failures = await asyncio.gather(*(_hand_over(keys, gateway, row) for row in due))
    if due:
        async with database.transaction() as tx:
            await store.noted(tx, [row["id"] for row in due], failures, clock.now())
    return failures.count("")


async def recent(tx: Tx, keys: KeyRing, limit: int) -> list[Sms]:
    """The newest messages first, opened. Only for the demo's page of messages."""
    return [
        Sms(row["id"], letter.phone, letter.text, row["created_at"], row["sent_at"])
        for row in await store.recent(tx, limit)
        if (letter := _opened(keys, row))
    ]


async def forget(tx: Tx, clock: Clock) -> None:
    """Erases messages that are of no use any more, sent or not; for a worker, every hour."""
    await store.forget(tx, clock.now())


async def reseal(tx: Tx, keys: KeyRing, after: UUID) -> UUID | None:
    """Seals a page of messages anew under the current key; the last id, None at the end."""
    rows = await store.page(tx, after, BATCH)
    for row in rows:
        await store.reseal(tx, row["id"], _sealed(keys, row["id"], _opened(keys, row)))
    return rows[-1]["id"] if rows else None


async def _hand_over(keys: KeyRing, gateway: Gateway, row: asyncpg.Record) -> str:
    """Empty, or why it did not succeed: never with a number or a text in it."""
    try:
        await gateway.send(_opened(keys, row))
    except NotCarried as error:
        return error.code
    except OSError as error:
        return type(error).__name__
    return ""


def _sealed(keys: KeyRing, sms: UUID, letter: Letter) -> Sequence[bytes]:
    """Phone, text and params."""
    parts = (letter.phone.encode(), letter.text.encode(), msgspec.json.encode(letter.params))
    return [keys.seal(part, context) for part, context in zip(parts, _contexts(sms), strict=True)]


def _opened(keys: KeyRing, row: asyncpg.Record) -> Letter:
    phone, text, params = _contexts(row["id"])
    filled = keys.open(row["params"], params) if row["params"] else b"{}"
    return Letter(
        keys.open(row["phone"], phone).decode(),
        keys.open(row["text"], text).decode(),
        row["key"],
        row["language"],
        msgspec.json.decode(filled, type=dict[str, str]),
    )


def _contexts(sms: UUID) -> tuple[bytes, bytes, bytes]:
    mark = sms.bytes
    return b"messages.phone:" + mark, b"messages.text:" + mark, b"messages.params:" + mark
