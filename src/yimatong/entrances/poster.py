"""The sheet that hangs at a door: A4, in both languages, one SVG that a browser prints.

It holds the place's public name and address, an address to scan, and nothing of anybody.
"""

import unicodedata
from collections.abc import Iterator
from xml.sax.saxutils import escape

import segno

from yimatong.kernel.words import Catalogue
from yimatong.places import Place, division

WIDTH, HEIGHT, MARGIN = 210, 297, 15
"""Millimetres, as all figures here."""
QR_SIZE, QR_TOP = 100, 113
_INK, _SOFT, _BRAND = "#16201b", "#3f4a44", "#05603a"
_FONTS = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
_NARROW = 0.56
"""Width of a Latin letter, of that of a Chinese character."""


def drawn(place: Place, id: str, address: str, catalogue: Catalogue) -> str:
    """The sheet of the place whose poster has this id and leads to this address."""
    body = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<rect width="{WIDTH}" height="22" fill="{_BRAND}"/>',
        *_heads(catalogue),
        *_place(place),
        _qr(address),
        _line(f"{catalogue.say('entrances.poster.id', 'zh')} {id}", 232, 8, bold=True),
        _line(address, 240.5, 4.6, _SOFT),
        *_steps(catalogue),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}mm" height="{HEIGHT}mm"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{_FONTS}" text-anchor="middle"'
        f' role="img" aria-label="{escape(place.name, _QUOTE)}">{"".join(body)}</svg>'
    )


_QUOTE = {'"': "&quot;"}


def _heads(catalogue: Catalogue) -> Iterator[str]:
    say = catalogue.say
    yield _line(f"{say('web.product', 'zh')} {say('web.product', 'en')}", 14.5, 9, "#fff")
    yield _line(say("entrances.poster.title", "zh"), 44, 16, _BRAND, bold=True)
    yield _line(say("entrances.poster.title", "en"), 55, 7.5, _BRAND)


def _place(place: Place) -> Iterator[str]:
    width = _width(place.name)
    size = 13 if width <= 13 else 9 if width <= 40 else 6.2
    lines = _broken(place.name, (WIDTH - 2 * MARGIN) / size)
    top = 72.0
    for line in lines:
        yield _line(line, top + size * 0.4, size, bold=True)
        top += size * 1.25
    where = f"{division(place.division).words.zh} {place.township} {place.address}"
    for line in _broken(where, (WIDTH - 2 * MARGIN) / 4.6)[:2]:
        yield _line(line, top + 3, 4.6, _SOFT)
        top += 6


def _steps(catalogue: Catalogue) -> Iterator[str]:
    top = 252.0
    for step in ("how", "first", "later", "nothing"):
        yield _line(catalogue.say(f"entrances.poster.{step}", "zh"), top, 4.8)
        yield _line(catalogue.say(f"entrances.poster.{step}", "en"), top + 4.6, 3.4, _SOFT)
        top += 11


def _qr(address: str) -> str:
    """Level Q: a poster gets scratched."""
    rows = segno.make(address, error="q", micro=False).matrix
    dark = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, one in enumerate(row) if one
    )
    scale, left = QR_SIZE / len(rows), (WIDTH - QR_SIZE) / 2
    place = f"translate({left} {QR_TOP}) scale({scale})"
    return f'<path transform="{place}" shape-rendering="crispEdges" d="{dark}"/>'


def _line(text: str, y: float, size: float, fill: str = _INK, *, bold: bool = False) -> str:
    """A line in the middle, made smaller where it would run over the margin."""
    fits = min(size, (WIDTH - 2 * MARGIN) / max(1.0, _width(text)))
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{WIDTH / 2}" y="{y:.1f}" font-size="{fits:.2f}" fill="{fill}"{weight}>'
        f"{escape(text)}</text>"
    )


def _width(text: str) -> float:
    """In Chinese characters."""
    return sum(1 if unicodedata.east_asian_width(one) in "WF" else _NARROW for one in text)


def _broken(text: str, longest: float) -> list[str]:
    """Lines of at most so many Chinese characters; Latin words stay whole where they fit."""
    lines, rest = [], text
    while _width(rest) > longest:
        cut = next(at for at in range(len(rest), 0, -1) if _width(rest[:at]) <= longest)
        space = rest.rfind(" ", cut // 2, cut)
        cut = space if space > 0 else cut
        lines.append(rest[:cut])
        rest = rest[cut:].lstrip()
    return [*lines, rest]
