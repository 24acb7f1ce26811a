"""What is done to the whole room from time to time."""

from datetime import timedelta
from uuid import UUID

from yimatong.access import store
from yimatong.access.idempotency import KEPT
from yimatong.kernel.clock import Clock
from yimatong.storage import Tx

COUNTS_KEPT = timedelta(days=2)
"""Longer than the longest window that anything is counted in (a day)."""


async def forget(tx: Tx, clock: Clock) -> None:
    """Erases ended sessions, spent codes, old counts and answers; for a worker, every hour."""
    now = clock.now()
    await store.forget(tx, now, now - KEPT, now - COUNTS_KEPT)


async def forget_account(tx: Tx, account: UUID) -> None:
    """Logs the account out everywhere and erases what was answered to it; for its deletion."""
    await store.drop_sessions(tx, account)
    await store.drop_requests(tx, account)
