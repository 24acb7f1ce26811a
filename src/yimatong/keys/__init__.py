"""Sealing, keyed hashes, and the keys that issuing regions sign with.

Writes: one secret file. Reads: the same. Never keeps: anything about a person, or a key in
the database.
"""

from yimatong.keys.file import from_file, to_file
from yimatong.keys.model import (
    PURPOSES,
    CannotOpen,
    IssuerKey,
    KeyPurpose,
    SecretKey,
    VerifierKey,
    purpose_of,
)
from yimatong.keys.ring import KeyRing
from yimatong.keys.service import new_keys, revoke_issuing, rotate, rotate_issuing

__all__ = [
    "PURPOSES",
    "CannotOpen",
    "IssuerKey",
    "KeyPurpose",
    "KeyRing",
    "SecretKey",
    "VerifierKey",
    "from_file",
    "new_keys",
    "purpose_of",
    "revoke_issuing",
    "rotate",
    "rotate_issuing",
    "to_file",
]
