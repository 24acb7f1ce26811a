"""What a key is. None of these shows its secret when printed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from cryptography.hazmat.primitives.asymmetric.ec import (
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)

from yimatong.kernel.errors import Misconfigured

KeyPurpose = Literal["production", "test", "demo"]
PURPOSES: tuple[KeyPurpose, ...] = get_args(KeyPurpose)


class CannotOpen(Misconfigured):
    """Sealed bytes that no live key opens: another ring's, another context's, or altered."""


@dataclass(frozen=True, slots=True)
class SecretKey:
    """A symmetric key: 4 bytes of id, 32 bytes of secret."""

    id: bytes
    secret: bytes = field(repr=False)
    made_at: datetime


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """What a verifier knows of an issuer's key; valid in not_before <= t < not_after."""

    kid: bytes
    region: str
    purpose: KeyPurpose
    public_key: EllipticCurvePublicKey = field(repr=False)
    not_before: datetime
    not_after: datetime
    revoked: bool


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """A region's ES256 key (ECDSA on P-256 with SHA-256, RFC 7518); signs codes of its period."""

    kid: bytes
    region: str
    purpose: KeyPurpose
    private_key: EllipticCurvePrivateKey = field(repr=False)
    not_before: datetime
    not_after: datetime
    revoked: bool = False

    @property
    def verifier(self) -> VerifierKey:
        return VerifierKey(
            self.kid,
            self.region,
            self.purpose,
            self.private_key.public_key(),
            self.not_before,
            self.not_after,
            self.revoked,
        )


def purpose_of(kid: bytes) -> KeyPurpose:
    """Read off the id alone, so that a verifier refuses a test key it has never seen."""
    for purpose in PURPOSES[1:]:
        if kid.startswith(purpose.encode() + b"-"):
            return purpose
    return "production"
