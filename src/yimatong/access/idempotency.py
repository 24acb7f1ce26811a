"""The same request sent again has one effect and gets the same answer."""

from datetime import timedelta
from uuid import UUID

import msgspec

from yimatong.access import store
from yimatong.kernel.clock import Clock
from yimatong.kernel.errors import BadInput, Where
from yimatong.storage import Tx

KEPT = timedelta(hours=48)
"""At least 24 hours are promised."""
LONGEST_KEY = 200


class Earlier(msgspec.Struct, frozen=True):
    """What was answered the first time; `body` as it went out."""

    status: int
    body: bytes


async def begin(tx: Tx, clock: Clock, account: UUID, key: str, body_hash: bytes) -> Earlier | None:
    """None: carry it out, and `finish` in the same transaction. Else answer this again.

    A second request that comes while the first is under way waits for it. BadInput where the
    key was used with another body, or is longer than LONGEST_KEY.
    """
    where = Where(key="Idempotency-Key")
    if not 0 < len(key) <= LONGEST_KEY:
        raise BadInput.of("access.idempotency.key", where, longest=LONGEST_KEY)
    row = await store.begin_request(tx, account, key, body_hash, clock.now())
    if row is None:
        return None
    if row["body_hash"] != body_hash:
        raise BadInput.of("access.idempotency.other_body", where)
    return Earlier(row["status"], row["body"])


async def finish(tx: Tx, account: UUID, key: str, status: int, body: bytes) -> None:
    """Keeps the answer beside the key."""
    await store.finish_request(tx, account, key, status, body)
