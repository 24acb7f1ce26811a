"""The keys of one installation, and what they do."""

import hmac
from collections.abc import Mapping
from types import MappingProxyType

from yimatong.kernel.errors import Misconfigured
from yimatong.kernel.ids import Randomness
from yimatong.keys.model import CannotOpen, IssuerKey, KeyPurpose, SecretKey, VerifierKey
from yimatong.keys.sealing import ID_LENGTH, seal, unseal


class KeyRing:
    """Immutable. Of each kind the last key is the current one; earlier ones still open."""

    def __init__(
        self,
        purpose: KeyPurpose,
        sealing: tuple[SecretKey, ...],
        matching: tuple[SecretKey, ...],
        issuing: tuple[IssuerKey, ...],
        randomness: Randomness,
    ) -> None:
        self.purpose = purpose
        self.sealing = sealing
        self.matching = matching
        self.issuing = issuing
        self.randomness = randomness
        self._sealing = {key.id: key.secret for key in sealing}
        self._issuers = {key.region: key for key in issuing if not key.revoked}
        self._verifiers = MappingProxyType({key.kid: key.verifier for key in issuing})

    def __repr__(self) -> str:
        ids = [*(key.id.hex() for key in (*self.sealing, *self.matching))]
        return f"<KeyRing {self.purpose}: {', '.join(ids)}; {len(self.issuing)} issuing>"

    def seal(self, plain: bytes, context: bytes) -> bytes:
        """Seals under the current key, with 36 bytes of overhead.

        The context names field and owner (b"people.name:" + the person's 16 bytes), so that
        what is copied to another row or column does not open there.
        """
        key = self.sealing[-1]
        return key.id + seal(key.secret, plain, context, self.randomness)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """What was sealed in this context under any live key; else CannotOpen."""
        key_id = sealed[:ID_LENGTH]
        secret = self._sealing.get(key_id)
        plain = unseal(secret, sealed[ID_LENGTH:], context) if secret else None
        if plain is None:
            raise CannotOpen.of("keys.cannot_open", key=key_id.hex())
        return plain

    def match(self, text: str, purpose: str) -> bytes:
        """32 bytes by which equal texts of one purpose find each other (HMAC-SHA-256)."""
        return _match(self.matching[-1], text, purpose)

    def matches(self, text: str, purpose: str) -> list[bytes]:
        """The same under each live key, the current one first: for look-ups after a rotation."""
        return [_match(key, text, purpose) for key in reversed(self.matching)]

    def issuer(self, region: str) -> IssuerKey:
        """The key that signs the region's codes now; Misconfigured where it has none."""
        try:
            return self._issuers[region]
        except KeyError:
            raise Misconfigured.of("keys.no_issuer", region=region) from None

    def verifiers(self) -> Mapping[bytes, VerifierKey]:
        """Every issuing key there is by its id, the revoked and outlived ones too."""
        return self._verifiers


def _match(key: SecretKey, text: str, purpose: str) -> bytes:
    return hmac.digest(key.secret, purpose.encode() + b"\x00" + text.encode(), "sha256")
