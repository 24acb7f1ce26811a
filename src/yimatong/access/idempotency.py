"""The same request sent again has one effect and gets the same answer."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

import asyncpg
import msgspec

from yimatong.access import store
from yimatong.kernel.clock import Clock
from yimatong.kernel.errors import BadInput, Where
from yimatong.storage import Tx

KEPT = timedelta(hours=48)
"""At least 24 hours are promised."""
LONGEST_KEY = 200
_KEY = Where(key="Idempotency-Key")


class Request(msgspec.Struct, frozen=True):
    """A request that names itself, so that sent again it is the same."""

    account: UUID
    key: str
    body_hash: bytes


class Raced(Exception):
    """One of the requests was carried out by somebody else meanwhile; nothing was kept."""


class Earlier(msgspec.Struct, frozen=True):
    """What was answered the first time; `body` as it went out."""

    status: int
    body: bytes


async def begin(tx: Tx, clock: Clock, account: UUID, key: str, body_hash: bytes) -> Earlier | None:
    """None: carry it out, and `finish` in the same transaction. Else answer this again.

    A second request that comes while the first is under way waits for it. BadInput where the
    key was used with another body, or is longer than LONGEST_KEY.
    """
    check_key(key)
    row = await store.begin_request(tx, account, key, body_hash, clock.now())
    return None if row is None else _answer(row, body_hash)


def check_key(key: str) -> None:
    """BadInput where there is none, or it is longer than LONGEST_KEY."""
    if not 0 < len(key) <= LONGEST_KEY:
        raise BadInput.of("access.idempotency.key", _KEY, longest=LONGEST_KEY)


async def finish(tx: Tx, account: UUID, key: str, status: int, body: bytes) -> None:
    """Keeps the answer beside the key."""
    await store.finish_request(tx, account, key, status, body)


async def answered(
    tx: Tx, requests: Sequence[Request]
) -> Mapping[tuple[UUID, str], Earlier | BadInput]:
    """What was answered to those of many requests that were carried out already, by account and
    key; BadInput where the key was used with another body."""
    asked = {(one.account, one.key): one for one in requests}
    if not asked:
        return {}
    accounts, keys = zip(*asked, strict=True)
    found: dict[tuple[UUID, str], Earlier | BadInput] = {}
    for row in await store.requests(tx, accounts, keys):
        name = row["account"], row["key"]
        try:
            found[name] = _answer(row, asked[name].body_hash)
        except BadInput as error:
            found[name] = error
    return found


async def keep(
    tx: Tx, clock: Clock, requests: Sequence[Request], status: int, bodies: Sequence[bytes]
) -> None:
    """Keeps the answers to many requests. Raced where any of them has an answer by now: the
    caller gives up the transaction, and asks again."""
    if not requests:
        return
    accounts, keys, hashes = zip(
        *((one.account, one.key, one.body_hash) for one in requests), strict=True
    )
    kept = await store.keep_requests(tx, accounts, keys, hashes, clock.now(), status, bodies)
    if kept < len(requests):
        raise Raced


def _answer(row: asyncpg.Record, body_hash: bytes) -> Earlier:
    if row["body_hash"] != body_hash:
        raise BadInput.of("access.idempotency.other_body", _KEY)
    return Earlier(row["status"], row["body"])
