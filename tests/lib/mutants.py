"""Codes with something changed at one of their layers: text, compressed, message, fields."""

import random
import zlib
from collections.abc import Callable

from tests.lib.codes import packed, unpacked
from yimatong.codes import base45, cose
from yimatong.codes.profile import PREFIX

INTERESTING = (b"\x00", b"\xff", b"\x80", b"\xa0", b"\xbf", b"\xd2\x84", b"\x5f", b"\x9f", b"\xfb")
TEXTS = ("", " ", ":", "%", "\n", "é", "\ud800", "码", "YM1:", "\x00")


def mutant(codes: list[str], draw: random.Random) -> str:
    """One code of these, changed once to three times at one layer."""
    code, other = draw.choice(codes), draw.choice(codes)
    return draw.choice(LAYERS)(code, other, draw)


def changed(data: bytes, other: bytes, draw: random.Random) -> bytes:
    """Bytes flipped, put in, left out, doubled, cut off, or crossed with others."""
    for _ in range(draw.randint(1, 3)):
        place, until = sorted(draw.randrange(len(data) + 1) for _ in range(2))
        piece = draw.choice(INTERESTING)
        data = draw.choice(
            (
                data[:place] + bytes(b ^ 1 << draw.randrange(8) for b in data[place : place + 1]),
                data[:place] + piece,
                data[:place] + draw.randbytes(until - place),
                data[:place] + data[place:until],
                data[:place] + other[place:until],
                data[:place],
            )
        ) + draw.choice((data[place + 1 :], data[place:], data[until:], other[until:]))
    return data


def _text(code: str, other: str, draw: random.Random) -> str:
    place = draw.randrange(len(code) + 1)
    piece = draw.choice((*TEXTS, *base45.ALPHABET, other[place:]))
    return code[:place] + piece + code[place + draw.randint(0, 2) :]


def _compressed(code: str, other: str, draw: random.Random) -> str:
    first, second = (base45.decode(text.removeprefix(PREFIX)) for text in (code, other))
    return PREFIX + base45.encode(changed(first, second, draw))


def _recompressed(code: str, other: str, draw: random.Random) -> str:
    message = draw.choice((unpacked(code), unpacked(other)))
    return PREFIX + base45.encode(zlib.compress(message, draw.randint(0, 9)))


def _message(code: str, other: str, draw: random.Random) -> str:
    return packed(changed(unpacked(code), unpacked(other), draw))


def _fields(code: str, other: str, draw: random.Random) -> str:
    """Key id, payload and signature of a well-formed message."""
    first, second = (cose.unframed(unpacked(text)) for text in (code, other))
    fields = [first.kid, first.payload, first.signature]
    place = draw.randrange(3)
    crossed = (second.kid, second.payload, second.signature)[place]
    fields[place] = draw.choice((crossed, changed(fields[place], crossed, draw)))
    return packed(cose.framed(cose.Sign1(*fields)))


Layer = Callable[[str, str, random.Random], str]
LAYERS: tuple[Layer, ...] = (_text, _compressed, _recompressed, _message, _fields)
