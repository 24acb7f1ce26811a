"""The poster of a place as a PDF, A4, to print: both languages, a code to scan, an id to read.

It holds the place's public name and address, where it leads, and nothing of anybody. Its letters
come with it (Noto Sans SC, subset), so that every reader and print shop draws the same sheet.
"""

import io
from collections.abc import Sequence
from functools import cache
from math import ceil
from pathlib import Path

import segno
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from yimatong.kernel.words import Catalogue
from yimatong.places import Place, full

FONT = "NotoSansSC"
FONT_FILE = Path(__file__).parent / "fonts" / f"{FONT}.ttf"
"""Put there by tools/vendor.py and carried in the wheel."""
WIDTH, HEIGHT = A4
QR = 100 * mm
STEPS = ("how", "first", "later", "nothing")
_BRAND = (0.02, 0.376, 0.227)
_INK = (0.09, 0.13, 0.1)
_SOFT = (0.25, 0.29, 0.27)
_ROOM = WIDTH - 30 * mm


def drawn(place: Place, id: str, address: str, catalogue: Catalogue) -> bytes:
    """The sheet of the open place whose poster has this id and leads to this address."""
    _register()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setTitle(f"{place.name} {id}")
    canvas.setAuthor(catalogue.say("web.product", "zh"))
    _head(canvas, catalogue)
    _name(canvas, place)
    _code(canvas, address)
    _line(canvas, 69, 22, f"{catalogue.say('venues.poster.id', 'zh')} {id}")
    _line(canvas, 61, 11, address, _SOFT)
    for at, step in enumerate(STEPS):
        _line(canvas, 48 - 11 * at, 13, catalogue.say(f"venues.poster.{step}", "zh"))
        _line(canvas, 43.5 - 11 * at, 9.5, catalogue.say(f"venues.poster.{step}", "en"), _SOFT)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


@cache
def _register() -> None:
    """Once in a process: reading 10 MB of letters takes some 50 ms."""
    pdfmetrics.registerFont(TTFont(FONT, str(FONT_FILE)))


def _head(canvas: Canvas, catalogue: Catalogue) -> None:
    say = catalogue.say
    canvas.setFillColorRGB(*_BRAND)
    canvas.rect(0, HEIGHT - 22 * mm, WIDTH, 22 * mm, stroke=0, fill=1)
    title = f"{say('web.product', 'zh')} {say('web.product', 'en')}"
    _line(canvas, 282, 25, title, (1, 1, 1))
    _line(canvas, 254, 44, say("venues.poster.title", "zh"), _BRAND)
    _line(canvas, 243, 20, say("venues.poster.title", "en"), _BRAND)


def _name(canvas: Canvas, place: Place) -> None:
    """Large where it fits on a line; a long one in two or three smaller ones."""
    size = next(size for size in (36, 25, 17) if len(_broken(place.name, size)) <= 1 or size == 17)
    top = 229.0 - size / 4
    for line in _broken(place.name, size)[:3]:
        _line(canvas, top, size, line)
        top -= size / 2.3
    top -= 2
    area = "".join(one.words.zh for one in full(place.division))
    for line in _broken(f"{area} {place.township} {place.address}", 13)[:2]:
        _line(canvas, top, 13, line, _SOFT)
        top -= 5.5


def _code(canvas: Canvas, address: str) -> None:
    """Level Q, since a poster gets scratched; white stands around it."""
    rows = segno.make(address, error="q", micro=False).matrix
    module = QR / len(rows)
    left, top = (WIDTH - QR) / 2, 80 * mm + QR
    canvas.setFillColorRGB(*_INK)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                x, y = left + across * module, top - (down + 1) * module
                canvas.rect(x, y, module, module, stroke=0, fill=1)


def _line(
    canvas: Canvas, height: float, size: float, text: str, fill: Sequence[float] = _INK
) -> None:
    """A line in the middle, its foot so many mm above the sheet's; smaller where it would run
    over the margin."""
    fits = min(size, size * _ROOM / max(1.0, _width(text, size)))
    canvas.setFillColorRGB(*fill)
    canvas.setFont(FONT, fits)
    canvas.drawCentredString(WIDTH / 2, height * mm, text)


def _width(text: str, size: float) -> float:
    width: float = pdfmetrics.stringWidth(text, FONT, size)
    return width


def _broken(text: str, size: float) -> list[str]:
    """As few lines as fit between the margins, about equally long; Latin words stay whole where
    they can."""
    width = _width(text, size)
    room = min(_ROOM, width / ceil(width / _ROOM) + 2 * size) if width else _ROOM
    lines, rest = [], text
    while _width(rest, size) > room:
        cut = next(at for at in range(len(rest), 0, -1) if _width(rest[:at], size) <= room)
        space = rest.rfind(" ", cut // 2, cut)
        cut = space if space > 0 else cut
        lines.append(rest[:cut])
        rest = rest[cut:].lstrip()
    return [*lines, rest]
