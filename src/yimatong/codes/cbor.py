"""Reads the few kinds of CBOR item (RFC 8949) that a code is made of, in their shortest form.

A general decoder knows tags, floats, nesting, indefinite lengths; a code has none of them, so
here they cannot even be read: nothing is built but whole numbers and strings that lie in the
bytes handed in. Every function takes the bytes and a place in them, returns the place after
the item, and raises ValueError for anything else than what its name says.
"""

UNSIGNED, BYTES, TEXT = 0, 2, 3
_WIDTHS = {24: (1, 24), 25: (2, 256), 26: (4, 65536)}
"""Following bytes, and the least argument that needs them, by the low five bits of a head."""


def expected(data: bytes, place: int, literal: bytes) -> int:
    """Passes over bytes that have to stand there."""
    if not data.startswith(literal, place):
        raise ValueError("something else than what has to stand there")
    return place + len(literal)


def unsigned(data: bytes, place: int) -> tuple[int, int]:
    """A whole number below 2^32."""
    return _argument(data, place, UNSIGNED)


def byte_string(data: bytes, place: int) -> tuple[bytes, int]:
    return _string(data, place, BYTES)


def text_string(data: bytes, place: int) -> tuple[str, int]:
    raw, place = _string(data, place, TEXT)
    return raw.decode("utf-8"), place


def _string(data: bytes, place: int, major: int) -> tuple[bytes, int]:
    length, start = _argument(data, place, major)
    if start + length > len(data):
        raise ValueError("a string that goes on after the end")
    return data[start : start + length], start + length


def _argument(data: bytes, place: int, major: int) -> tuple[int, int]:
    if place >= len(data) or data[place] >> 5 != major:
        raise ValueError("no item of this kind")
    low, start = data[place] & 31, place + 1
    if low < 24:
        return low, start
    width, least = _WIDTHS.get(low, (0, 1))
    argument = int.from_bytes(data[start : start + width])
    if argument < least or start + width > len(data):
        raise ValueError("a head that is cut off, not the shortest, or has no such length")
    return argument, start + width
