"""Making, rotating and revoking keys. A ring is never changed: each verb returns a new one."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from cryptography.hazmat.primitives.asymmetric import ec

from yimatong.kernel.errors import NotFound
from yimatong.kernel.ids import Randomness, number_below
from yimatong.keys.model import IssuerKey, KeyPurpose, SecretKey
from yimatong.keys.ring import KeyRing
from yimatong.keys.sealing import ID_LENGTH

ISSUING_PERIOD = timedelta(days=365)
"""Codes live for hours; a year bounds how long a stolen key that nobody noticed is of use."""

_ORDER = int("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16)
"""Number of points of P-256 (FIPS 186-4, D.1.2.3); a private key is in 1 … order-1."""


def new_keys(
    purpose: KeyPurpose, regions: Iterable[str], randomness: Randomness, now: datetime
) -> KeyRing:
    """A ring with one key of each symmetric kind and one issuing key for each region."""
    return KeyRing(
        purpose,
        (_secret_key(randomness, now),),
        (_secret_key(randomness, now),),
        tuple(_issuer_key(purpose, region, randomness, now) for region in regions),
        randomness,
    )


def rotate(ring: KeyRing, kind: Literal["sealing", "matching"], now: datetime) -> KeyRing:
    """Adds a new current key of the kind; the earlier ones still open and find."""
    added = _secret_key(ring.randomness, now)
    sealing = (*ring.sealing, added) if kind == "sealing" else ring.sealing
    matching = (*ring.matching, added) if kind == "matching" else ring.matching
    return KeyRing(ring.purpose, sealing, matching, ring.issuing, ring.randomness)


def rotate_issuing(ring: KeyRing, region: str, now: datetime) -> KeyRing:
    """Adds a new current issuing key of a region, new ones included; the earlier ones verify."""
    added = _issuer_key(ring.purpose, region, ring.randomness, now)
    return _with_issuing(ring, (*ring.issuing, added))


def revoke_issuing(ring: KeyRing, kid: bytes) -> KeyRing:
    """Nothing signed by this key is accepted any more. NotFound where there is no such key."""
    if kid not in ring.verifiers():
        raise NotFound.of("keys.unknown_issuing_key", kid=kid.decode(errors="replace"))
    issuing = (replace(key, revoked=True) if key.kid == kid else key for key in ring.issuing)
    return _with_issuing(ring, tuple(issuing))


def _with_issuing(ring: KeyRing, issuing: tuple[IssuerKey, ...]) -> KeyRing:
    return KeyRing(ring.purpose, ring.sealing, ring.matching, issuing, ring.randomness)


def _secret_key(randomness: Randomness, now: datetime) -> SecretKey:
    return SecretKey(randomness(ID_LENGTH), randomness(32), now)


def _issuer_key(
    purpose: KeyPurpose, region: str, randomness: Randomness, now: datetime
) -> IssuerKey:
    prefix = "" if purpose == "production" else f"{purpose}-"
    kid = f"{prefix}{region}-{randomness(4).hex()}".encode()
    private_key = ec.derive_private_key(number_below(_ORDER - 1, randomness) + 1, ec.SECP256R1())
    return IssuerKey(kid, region, purpose, private_key, now, now + ISSUING_PERIOD)
