"""Other apps by which an account is reached: WeChat, Alipay.

What the app calls the person is kept as a keyed hash alone: enough to know them again, too little
to find them elsewhere. It cannot be hashed anew when the matching key changes; the first log-in
after that does it.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.kernel.errors import NotFound
from yimatong.people import link_store as store
from yimatong.people.service import People
from yimatong.people.store import lock_account
from yimatong.storage import Tx


class Channel(StrEnum):
    """The apps there are."""

    WECHAT = "wechat"
    ALIPAY = "alipay"


class Link(msgspec.Struct, frozen=True):
    """An app that logs the account in, and since when."""

    channel: Channel
    since: datetime


def matches(people: People, identity: str) -> list[bytes]:
    """By what an identity may have been kept, the current hash first."""
    return people.keys.matches(identity, "people.link")


async def account_of(people: People, tx: Tx, hashes: list[bytes]) -> UUID | None:
    """The account that the identity was linked to; kept under the current hash from now on."""
    account = await store.account_of(tx, hashes)
    if account is not None:
        await store.rematch(tx, hashes)
    return account


async def link(people: People, tx: Tx, account: UUID, channel: Channel, match: bytes) -> None:
    """From now on the identity logs the account in, and no other of this app does."""
    await lock_account(tx, account)
    await store.put(tx, match, account, channel.value, people.clock.now())
    await _audit(people, tx, account, "people.linked", channel)


async def of_account(tx: Tx, account: UUID) -> list[Link]:
    """The account's links, the oldest first."""
    return [msgspec.convert(dict(row), Link) for row in await store.of_account(tx, account)]


async def unlink(people: People, tx: Tx, account: UUID, channel: Channel) -> None:
    """The app logs the account in no more. NotFound where it did not."""
    if not await store.drop(tx, account, channel.value):
        raise NotFound.of("people.link.unknown")
    await _audit(people, tx, account, "people.unlinked", channel)


async def _audit(people: People, tx: Tx, account: UUID, action: str, channel: Channel) -> None:
    detail = {"channel": channel.value}
    event = Event(actor=account, action=action, purpose=Purpose.OWN, detail=detail)
    await audit(tx, people.clock, event)
