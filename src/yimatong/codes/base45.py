"""Base45 (RFC 9285): bytes as the 45 characters that a QR code packs two into 11 bits.

Written here rather than taken from PyPI's `base45` because it stands in the path of every
scan, where that package takes five times as long; the tests compare the two.
"""

import array
import sys

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_LETTERS = ALPHABET.encode()
_VALUES = bytes.maketrans(_LETTERS, bytes(range(45)))
_PAIRS = [low + high for high in ALPHABET for low in ALPHABET]


def encode(data: bytes) -> str:
    """Two bytes become three characters, a last odd byte two (RFC 9285, section 4)."""
    words = _swapped(data[: len(data) // 2 * 2])
    text = "".join([_PAIRS[word % 2025] + ALPHABET[word // 2025] for word in words])
    return text + _PAIRS[data[-1]] if len(data) % 2 else text


def decode(text: str) -> bytes:
    """The bytes that `encode` made the text from; ValueError for any other text.

    The groups of three lie in lanes of 32 bits of three long integers, so that one
    multiplication does them all.
    """
    raw = text.encode("ascii")
    if raw.translate(None, _LETTERS):
        raise ValueError("a character outside the alphabet")
    digits = raw.translate(_VALUES)
    groups, whole = len(digits) // 3, len(digits) // 3 * 3
    first, second, third = (_in_lanes(digits[place:whole:3]) for place in range(3))
    sums = (first + 45 * second + 2025 * third).to_bytes(4 * groups, "little")
    if sums[2::4].strip(b"\0"):
        raise ValueError("three characters above 65535")
    data = bytearray(2 * groups)
    data[0::2], data[1::2] = sums[1::4], sums[0::4]
    return bytes(data) + _last(digits[whole:])


def _in_lanes(values: bytes) -> int:
    lanes = bytearray(4 * len(values))
    lanes[0::4] = values
    return int.from_bytes(lanes, "little")


def _last(digits: bytes) -> bytes:
    if not digits:
        return b""
    if len(digits) != 2 or (value := digits[0] + 45 * digits[1]) > 255:
        raise ValueError("a last group that stands for no byte")
    return bytes((value,))


def _swapped(data: bytes) -> "array.array[int]":
    words = array.array("H", data)
    if sys.byteorder == "little":
        words.byteswap()
    return words
