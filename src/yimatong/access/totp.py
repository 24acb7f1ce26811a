"""The second factor of staff: time-based one-time passwords (RFC 6238, SHA-1, 6 digits, 30 s).

These are what every authenticator app reads. A step before or after the present one is
accepted, each step once, and ten wrong tries close the post for the rest of an hour.
"""

from datetime import datetime, timedelta
from enum import StrEnum, unique
from uuid import UUID

import pyotp
from pyotp.utils import strings_equal

from yimatong.access import limits, staff_store
from yimatong.kernel.clock import Clock
from yimatong.kernel.ids import Randomness, number_below
from yimatong.keys import KeyRing
from yimatong.storage import Tx

STEP = 30
FAILURES_PER_HOUR = 10
_FAILURES = "totp.failures"
_HOUR = timedelta(hours=1)
_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@unique
class TotpResult(StrEnum):
    """What became of a try."""

    RIGHT = "right"
    WRONG = "wrong"
    USED = "used"
    LOCKED = "locked"


def new_secret(randomness: Randomness) -> str:
    """32 base32 characters: 160 bits, the length RFC 4226 recommends."""
    return "".join(_BASE32[number_below(32, randomness)] for _ in range(32))


def code_at(secret: str, moment: datetime) -> str:
    """What an authenticator app shows at this moment."""
    return pyotp.TOTP(secret, interval=STEP).at(moment)


async def check(tx: Tx, keys: KeyRing, clock: Clock, staff: UUID, typed: str) -> TotpResult:
    """Evaluates one try. Never raises for a wrong one: the transaction must commit the count."""
    post = await staff_store.lock(tx, staff)
    now = clock.now()
    if post is None or await limits.wait(
        tx, clock, _FAILURES, staff.bytes, FAILURES_PER_HOUR, _HOUR
    ):
        return TotpResult.LOCKED
    secret = keys.open(post["totp_secret"], context(staff)).decode()
    step = _step_of(secret, now, typed)
    if step is None:
        await limits.note(tx, clock, _FAILURES, staff.bytes, _HOUR)
        return TotpResult.WRONG
    if step <= post["totp_last_step"]:
        return TotpResult.USED
    await staff_store.use_step(tx, staff, step, now)
    return TotpResult.RIGHT


def context(staff: UUID) -> bytes:
    """What a post's secret is sealed with."""
    return b"access.totp:" + staff.bytes


def _step_of(secret: str, now: datetime, typed: str) -> int | None:
    present = int(now.timestamp()) // STEP
    totp = pyotp.TOTP(secret, interval=STEP)
    for step in (present, present - 1, present + 1):
        if strings_equal(totp.generate_otp(step), typed):
            return step
    return None
