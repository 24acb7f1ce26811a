"""What the owners of numbers want by SMS. By number, since invitations know no account."""

from collections.abc import Iterable, Mapping

import asyncpg

from yimatong.keys import KeyRing
from yimatong.messages import wish_store as store
from yimatong.messages.model import Wish
from yimatong.storage import Tx

_PURPOSE = "messages.wish"


async def wishes(tx: Tx, keys: KeyRing, phones: Iterable[str]) -> Mapping[str, Wish]:
    """What each number's owner wants; who never said anything wants the usual."""
    known = {number: phone for phone in phones for number in keys.matches(phone, _PURPOSE)}
    found = {known[row["number"]]: _wish(row) for row in await store.of(tx, list(known))}
    return {phone: found.get(phone, Wish()) for phone in known.values()}


async def wish_of(tx: Tx, keys: KeyRing, phone: str) -> Wish:
    """What one number's owner wants."""
    return (await wishes(tx, keys, [phone]))[phone]


async def keep(tx: Tx, keys: KeyRing, phone: str, wish: Wish) -> None:
    """From now on; what was wished before is forgotten."""
    await store.drop(tx, keys.matches(phone, _PURPOSE)[1:])
    await store.put(tx, keys.match(phone, _PURPOSE), wish)


async def forget(tx: Tx, keys: KeyRing, phone: str) -> None:
    """What the number's owner wanted is known no more."""
    await store.drop(tx, keys.matches(phone, _PURPOSE))


def _wish(row: asyncpg.Record) -> Wish:
    return Wish(row["reminders"], row["invitations"], row["language"])
