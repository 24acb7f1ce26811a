"""Sealed bytes: key id (4) | salt (16) | AES-256-GCM ciphertext and tag (length + 16).

Each message has a key and a nonce of its own, expanded from the ring's key, the salt and the
context by HKDF-Expand with SHA-512 (RFC 5869, one block; the ring's key is uniform, so there
is nothing to extract). One key may thus seal as many messages as wanted: with a random
96-bit nonce under one key the bound would be 2^32 messages (NIST SP 800-38D, 8.3), which a
province's plain codes reach in a day.
"""

import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from yimatong.kernel.ids import Randomness

ID_LENGTH = 4
SALT_LENGTH = 16
OVERHEAD = ID_LENGTH + SALT_LENGTH + 16


def seal(secret: bytes, plain: bytes, context: bytes, randomness: Randomness) -> bytes:
    """Salt and ciphertext; the context is authenticated with it and not kept."""
    salt = randomness(SALT_LENGTH)
    key, nonce = _expand(secret, salt, context)
    return salt + AESGCM(key).encrypt(nonce, plain, context)


def unseal(secret: bytes, sealed: bytes, context: bytes) -> bytes | None:
    """The plain bytes, or None where key, context or a bit differs."""
    if len(sealed) < OVERHEAD - ID_LENGTH:
        return None
    salt, ciphertext = sealed[:SALT_LENGTH], sealed[SALT_LENGTH:]
    key, nonce = _expand(secret, salt, context)
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, context)
    except InvalidTag:
        return None


def _expand(secret: bytes, salt: bytes, context: bytes) -> tuple[bytes, bytes]:
    block = hmac.digest(secret, salt + context + b"\x01", "sha512")
    return block[:32], block[32:44]
