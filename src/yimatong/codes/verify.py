"""Verifying a code: whatever the bytes, the answer is its claims or one of a closed list.

Accepted means that the signed payload is one that was issued. The text is not: compression
and signature have several spellings. So what is remembered about a code goes by its id.
"""

import zlib
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from yimatong.codes import base45, cose, cwt, cwt_paper
from yimatong.codes.cose import Sign1
from yimatong.codes.cwt import Claims
from yimatong.codes.cwt_paper import PaperClaims, is_paper
from yimatong.codes.profile import ES256, PREFIX
from yimatong.keys import KeyPurpose, VerifierKey, purpose_of

LONGEST_TEXT = 2048
LONGEST_MESSAGE = 4096
TOLERANCE = timedelta(minutes=5)
"""How far ahead the issuer's clock may be."""
GRACE = timedelta(seconds=30)
"""How long after its end a code is taken: the walk from the phone's picture to the gate."""
LONGEST_LIFE = timedelta(days=1)
LONGEST_ON_PAPER = timedelta(days=366)
REAL: frozenset[KeyPurpose] = frozenset(["production"])


class Refusal(StrEnum):
    """Why there is nothing to decide on."""

    MALFORMED = "malformed"
    UNKNOWN_ISSUER = "unknown_issuer"
    BAD_SIGNATURE = "bad_signature"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    REVOKED = "revoked"
    TEST_KEY = "test_key"


class Verified(msgspec.Struct, frozen=True):
    """Claims that were signed by the key of this id, which may sign them, and are valid now."""

    claims: Claims | PaperClaims
    kid: bytes


def verify(
    text: str,
    verifiers: Mapping[bytes, VerifierKey],
    now: datetime,
    accept: Collection[KeyPurpose] = REAL,
) -> Verified | Refusal:
    """The claims of a code that is to be believed at this moment, or why not. Never raises."""
    try:
        sign1 = cose.unframed(_message(text))
    except (ValueError, zlib.error):
        return Refusal.MALFORMED
    key = verifiers.get(sign1.kid)
    if purpose_of(sign1.kid) not in accept or (key and key.purpose not in accept):
        return Refusal.TEST_KEY
    if key is None:
        return Refusal.UNKNOWN_ISSUER
    if not _signed(sign1, key):
        return Refusal.BAD_SIGNATURE
    if key.revoked:
        return Refusal.REVOKED
    return _believed(sign1, key, now)


def _message(text: str) -> bytes:
    """The bytes in the text. Limits are looked at before anything is inflated."""
    if len(text) > LONGEST_TEXT or not text.startswith(PREFIX):
        raise ValueError("not a code, or longer than any code")
    inflating = zlib.decompressobj()
    message = inflating.decompress(base45.decode(text[len(PREFIX) :]), LONGEST_MESSAGE)
    if not inflating.eof or inflating.unused_data:
        raise ValueError("cut off, longer than any code, or followed by something")
    return message


def _signed(sign1: Sign1, key: VerifierKey) -> bool:
    r, s = int.from_bytes(sign1.signature[:32]), int.from_bytes(sign1.signature[32:])
    message = cose.to_be_signed(sign1.kid, sign1.payload)
    try:
        key.public_key.verify(encode_dss_signature(r, s), message, ES256)
    except InvalidSignature:
        return False
    return True


def _believed(sign1: Sign1, key: VerifierKey, now: datetime) -> Verified | Refusal:
    """What the key signed: whether it may say so, and whether it is so now."""
    try:
        claims = _read(sign1.payload)
    except ValueError:
        return Refusal.MALFORMED
    begins, ends = claims.issued_at, claims.expires_at
    longest = LONGEST_LIFE if isinstance(claims, Claims) else LONGEST_ON_PAPER
    if not begins < ends <= begins + longest:
        return Refusal.MALFORMED
    in_period = key.not_before - TOLERANCE <= begins < key.not_after
    if claims.region != key.region or not in_period:
        return Refusal.UNKNOWN_ISSUER
    if begins > now + TOLERANCE:
        return Refusal.NOT_YET_VALID
    if now >= ends + GRACE:
        return Refusal.EXPIRED
    return Verified(claims, sign1.kid)


def _read(payload: bytes) -> Claims | PaperClaims:
    return cwt_paper.decoded(payload) if is_paper(payload) else cwt.decoded(payload)
