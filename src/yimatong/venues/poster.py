"""The poster of a place as a PDF, A4, to print: both languages, a code to scan, an id to read.

Chinese is set in STSong-Light, one of the fonts that every reader and printer of PDF brings for
Chinese (Adobe's Asian font packs); no file of ours carries 16 MB of glyphs for it.
"""

import io

import segno
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from yimatong.kernel.words import Catalogue
from yimatong.places import Place, division

FONT = "STSong-Light"
WIDTH, HEIGHT = A4
QR = 105 * mm
BRAND = (0.02, 0.376, 0.227)
INK = (0.09, 0.13, 0.1)
_MARGIN = 18 * mm


def drawn(place: Place, id: str, address: str, catalogue: Catalogue) -> bytes:
    """The sheet of the open place whose poster has this id and leads to this address."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setTitle(f"{place.name} {id}")
    _head(canvas, catalogue)
    _name(canvas, place)
    _code(canvas, address)
    _line(canvas, 74 * mm, 24, id)
    _line(canvas, 66 * mm, 10, address)
    top = 54 * mm
    for step in ("how", "first", "later", "nothing"):
        _line(canvas, top, 12, catalogue.say(f"entrances.poster.{step}", "zh"))
        _line(canvas, top - 5 * mm, 9, catalogue.say(f"entrances.poster.{step}", "en"))
        top -= 12 * mm
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _head(canvas: Canvas, catalogue: Catalogue) -> None:
    canvas.setFillColorRGB(*BRAND)
    canvas.rect(0, HEIGHT - 24 * mm, WIDTH, 24 * mm, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    say = catalogue.say
    _text(canvas, HEIGHT - 16 * mm, 24, f"{say('web.product', 'zh')} {say('web.product', 'en')}")
    canvas.setFillColorRGB(*INK)
    _line(canvas, HEIGHT - 44 * mm, 34, say("entrances.poster.title", "zh"))
    _line(canvas, HEIGHT - 55 * mm, 17, say("entrances.poster.title", "en"))


def _name(canvas: Canvas, place: Place) -> None:
    """As large as it fits on a line."""
    room = WIDTH - 2 * _MARGIN
    size = 34.0
    while pdfmetrics.stringWidth(place.name, FONT, size) > room and size > 9:
        size -= 1
    _line(canvas, HEIGHT - 74 * mm, size, place.name)
    where = f"{division(place.division).words.zh} {place.township} {place.address}"
    size = 12.0
    while pdfmetrics.stringWidth(where, FONT, size) > room and size > 6:
        size -= 0.5
    _line(canvas, HEIGHT - 82 * mm, size, where)


def _code(canvas: Canvas, address: str) -> None:
    """Level Q, since a poster gets scratched; four modules of white stand around it."""
    rows = segno.make(address, error="q", micro=False).matrix
    module = QR / len(rows)
    left, top = (WIDTH - QR) / 2, 90 * mm + QR
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                canvas.rect(
                    left + across * module, top - (down + 1) * module, module, module,
                    stroke=0, fill=1,
                )  # fmt: skip


def _line(canvas: Canvas, height: float, size: float, text: str) -> None:
    canvas.setFillColorRGB(*INK)
    _text(canvas, height, size, text)


def _text(canvas: Canvas, height: float, size: float, text: str) -> None:
    canvas.setFont(FONT, size)
    canvas.drawCentredString(WIDTH / 2, height, text)
