"""Opaque ids. Randomness is handed in, so that a run can be repeated."""

import secrets
import unicodedata
import uuid
from collections.abc import Callable

Randomness = Callable[[int], bytes]
"""Returns so many random bytes, fit for secrets unless a test hands in something else."""

system_randomness: Randomness = secrets.token_bytes


def new_id(randomness: Randomness) -> uuid.UUID:
    """A random UUID (RFC 9562, version 4): says nothing about who or when."""
    return uuid.UUID(bytes=randomness(16), version=4)


READABLE = "ACDEFGHJKMNPQRTUVWXY34679"
"""Without 0 O, 1 I L, 2 Z, 5 S, 8 B, which are misread for each other."""


def readable(length: int, randomness: Randomness) -> str:
    """So many random characters that can be read out and typed."""
    return "".join(READABLE[number_below(len(READABLE), randomness)] for _ in range(length))


def plain(typed: str) -> str:
    """Without spaces and dashes, in capitals; full-width letters of a Chinese keyboard too."""
    letters = unicodedata.normalize("NFKC", typed[:64]).upper()
    return "".join(letter for letter in letters if letter.isalnum())


def number_below(limit: int, randomness: Randomness) -> int:
    """A uniformly random whole number in 0 … limit-1; draws again rather than favour any."""
    size = (limit.bit_length() + 7) // 8 + 1
    ceiling = 256**size // limit * limit
    while (drawn := int.from_bytes(randomness(size))) >= ceiling:
        pass
    return drawn % limit
