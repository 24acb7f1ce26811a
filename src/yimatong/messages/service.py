"""Putting a message into the outbox, and carrying it out."""

from datetime import timedelta
from uuid import UUID

import asyncpg

from yimatong.kernel.clock import Clock
from yimatong.kernel.ids import Randomness, new_id
from yimatong.kernel.words import Catalogue, Language
from yimatong.keys import KeyRing
from yimatong.messages import store
from yimatong.messages.model import Gateway, Sms
from yimatong.storage import Database, Tx

BATCH = 50
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

    `phone` is E.164; `key` names the text in this room's words.toml.
    """
    sms, now = new_id(randomness), clock.now()
    text = _texts.say(key, language, **params)
    await store.add(tx, sms, *_sealed(keys, sms, phone.encode(), text.encode()), now, now + life)
    return sms


async def deliver_once(database: Database, keys: KeyRing, gateway: Gateway, clock: Clock) -> int:
    """Carries out what is due, at most BATCH; how many were handed over.

    At least once: who dies between handing over and noting it leaves the message due.
    """
    async with database.transaction() as tx:
        due = await store.claim(tx, clock.now(), PAUSE, MOST_TRIES, BATCH)
    done = 0
    for row in due:
        done += await _hand_over(database, keys, gateway, clock, row)
    return done


async def recent(tx: Tx, keys: KeyRing, limit: int) -> list[Sms]:
    """The newest messages first, opened. Only for the demo's page of messages."""
    return [
        Sms(row["id"], *_opened(keys, row), row["created_at"], row["sent_at"])
        for row in await store.recent(tx, limit)
    ]


async def forget(tx: Tx, clock: Clock) -> None:
    """Erases messages that are of no use any more, sent or not; for a worker, every hour."""
    await store.forget(tx, clock.now())


async def reseal(tx: Tx, keys: KeyRing, after: UUID) -> UUID | None:
    """Seals a page of messages anew under the current key; the last id, None at the end."""
    rows = await store.page(tx, after, BATCH)
    for row in rows:
        phone, text = _opened(keys, row)
        sealed = _sealed(keys, row["id"], phone.encode(), text.encode())
        await store.reseal(tx, row["id"], *sealed)
    return rows[-1]["id"] if rows else None


async def _hand_over(
    database: Database, keys: KeyRing, gateway: Gateway, clock: Clock, row: asyncpg.Record
) -> bool:
    failure = ""
    try:
        await gateway.send(*_opened(keys, row))
    except OSError as error:
        failure = type(error).__name__
    async with database.transaction() as tx:
        if failure:
            await store.failed(tx, row["id"], failure)
        else:
            await store.sent(tx, row["id"], clock.now())
    return not failure


def _sealed(keys: KeyRing, sms: UUID, phone: bytes, text: bytes) -> tuple[bytes, bytes]:
    return (
        keys.seal(phone, b"messages.phone:" + sms.bytes),
        keys.seal(text, b"messages.text:" + sms.bytes),
    )


def _opened(keys: KeyRing, row: asyncpg.Record) -> tuple[str, str]:
    mark = row["id"].bytes
    return (
        keys.open(row["phone"], b"messages.phone:" + mark).decode(),
        keys.open(row["text"], b"messages.text:" + mark).decode(),
    )
