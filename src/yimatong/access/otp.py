"""Codes by SMS: six digits, ten minutes, once, five tries.

Figures are those of docs/explanation/security-and-privacy: an attacker at full speed for a day on
one number succeeds with at most 10 × 24 / 10⁶. A code is bound to its subject (the keyed hash of
a number) and to the request it was asked for, so that who did not ask cannot try it and
whoever asks again does not make an earlier code worthless.
"""

import hmac
from datetime import datetime, timedelta
from enum import StrEnum, unique
from uuid import UUID

import asyncpg

from yimatong.access import limits, otp_store
from yimatong.kernel.clock import Clock
from yimatong.kernel.ids import Randomness, number_below
from yimatong.keys import KeyRing
from yimatong.storage import Tx

LIFE = timedelta(minutes=10)
TRIES_PER_CODE = 5
FAILURES_PER_HOUR = 10
FAILURES_IN_ROW = 100
LOCK = timedelta(hours=24)
"""How long 100 failures in a row close a number. For ever would let anybody shut anybody out."""
SENDS_PER_NUMBER = (
    ("otp.minute", 1, timedelta(minutes=1)),
    ("otp.hour", 5, timedelta(hours=1)),
    ("otp.day", 10, timedelta(days=1)),
)
SENDS_PER_ADDRESS = ("otp.address", 100, timedelta(hours=1))
"""Generous, since a whole quarter may stand behind one address of a mobile network."""
_FAILURES = "otp.failures"
_HOUR = timedelta(hours=1)


@unique
class OtpResult(StrEnum):
    """What became of a try. `too_many`: this code is spent; `locked`: the number must wait."""

    RIGHT = "right"
    WRONG = "wrong"
    EXPIRED = "expired"
    USED = "used"
    TOO_MANY = "too_many"
    LOCKED = "locked"


async def issue(
    tx: Tx,
    keys: KeyRing,
    clock: Clock,
    randomness: Randomness,
    subject: bytes,
    request: UUID,
    address: str | None,
) -> str | None:
    """The code to send, or None where this very request has its code already (sent twice).

    TooMany where the number or the address asked for too many.
    """
    await otp_store.lock(tx, subject)
    if await otp_store.find(tx, subject, request):
        return None
    if address is not None:
        name, limit, per = SENDS_PER_ADDRESS
        await limits.take(tx, clock, name, keys.match(address, "access.address"), limit, per)
    for name, limit, per in SENDS_PER_NUMBER:
        await limits.take(tx, clock, name, subject, limit, per)
    code = f"{number_below(1_000_000, randomness):06d}"
    now = clock.now()
    hashed = keys.match(_bound(request, code), "access.otp")
    await otp_store.add(tx, subject, request, hashed, now, now + LIFE)
    return code


async def check(
    tx: Tx, keys: KeyRing, clock: Clock, subject: bytes, request: UUID, typed: str
) -> OtpResult:
    """Evaluates one try. Never raises for a wrong one: the transaction must commit the count.

    Tries on one subject wait for each other, so that fifty at once are five.
    """
    number = await otp_store.lock(tx, subject)
    now = clock.now()
    if _locked(number, now) or await _tired(tx, clock, subject):
        return OtpResult.LOCKED
    row = await otp_store.find(tx, subject, request)
    if row is None or row["expires_at"] <= now:
        return OtpResult.EXPIRED
    if row["used_at"]:
        return OtpResult.USED
    if row["tries"] >= TRIES_PER_CODE:
        return OtpResult.TOO_MANY
    hashes = keys.matches(_bound(request, typed), "access.otp")
    if any(hmac.compare_digest(each, row["code"]) for each in hashes):
        await otp_store.use(tx, subject, request, now)
        return OtpResult.RIGHT
    await otp_store.fail(tx, subject, request, now, FAILURES_IN_ROW)
    await limits.note(tx, clock, _FAILURES, subject, _HOUR)
    return OtpResult.WRONG


def _locked(number: asyncpg.Record, now: datetime) -> bool:
    many: bool = number["failures_in_row"] >= FAILURES_IN_ROW
    return many and now < number["failed_at"] + LOCK


async def _tired(tx: Tx, clock: Clock, subject: bytes) -> bool:
    return await limits.wait(tx, clock, _FAILURES, subject, FAILURES_PER_HOUR, _HOUR) > 0


def _bound(request: UUID, code: str) -> str:
    return f"{request}:{code}"
