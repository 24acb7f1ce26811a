"""The id of a code (`cti`): the person's id, sealed.

Sealed with fresh randomness each time, so that two codes of a person cannot be linked by who
reads them, nothing has to be written when a code is made, and the server alone reads who it is.
"""

from uuid import UUID

from yimatong.keys import CannotOpen, KeyRing

_CONTEXT = b"codes.cti"


def sealed(person: UUID, keys: KeyRing) -> bytes:
    """52 bytes."""
    return keys.seal(person.bytes, _CONTEXT)


def opened(code_id: bytes, keys: KeyRing) -> UUID | None:
    """The person; None where this installation did not seal it."""
    try:
        return UUID(bytes=keys.open(code_id, _CONTEXT))
    except CannotOpen:
        return None
