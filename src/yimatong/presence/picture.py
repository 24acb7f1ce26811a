"""The code in an uploaded picture, for browsers whose camera cannot be used."""

from io import BytesIO

import zxingcpp
from PIL import Image

from yimatong.kernel.errors import BadInput, TooLarge, Where

LARGEST = 8
"""MB of a picture's file."""
MOST_PIXELS = 40
"""Million pixels; read from the header, before anything is unpacked."""
_SIDE = 2000
_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_FORMATS = ("JPEG", "PNG", "WEBP")
_WHERE = Where(field="picture")


def text_in(data: bytes) -> str:
    """The text of the QR code in a JPEG, PNG or WebP. Nothing of the picture is kept.

    TooLarge, or BadInput where it is no picture or holds no code. Takes up to a second: call it
    in a thread.
    """
    if len(data) > LARGEST * 1_000_000:
        raise TooLarge.of("presence.picture.too_large", _WHERE, limit=LARGEST)
    found = zxingcpp.read_barcodes(_opened(data), formats=_QR)
    if not found:
        raise BadInput.of("presence.code.none_in_picture", _WHERE)
    text: str = found[0].text
    return text


def _opened(data: bytes) -> Image.Image:
    too_many = TooLarge.of("presence.picture.too_many_pixels", _WHERE, limit=MOST_PIXELS)
    try:
        picture = Image.open(BytesIO(data), formats=_FORMATS)
        if picture.width * picture.height > MOST_PIXELS * 1_000_000:
            raise too_many
        picture.draft("L", (_SIDE, _SIDE))
        grey = picture.convert("L")
    except Image.DecompressionBombError:
        raise too_many from None
    except (OSError, ValueError, SyntaxError) as error:
        raise BadInput.of("presence.picture.unreadable", _WHERE) from error
    grey.thumbnail((_SIDE, _SIDE))
    return grey
