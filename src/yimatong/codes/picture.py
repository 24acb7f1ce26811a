"""The code as a picture that the server draws, for browsers without scripts."""

import segno


def drawn(text: str) -> str:
    """A QR code of level M as the address (`data:`) of an SVG; 4 modules of white around it."""
    drawing = segno.make(text, error="m", micro=False, boost_error=False)
    address: str = drawing.svg_data_uri(border=4, omitsize=True)
    return address
