"""Vehicle plates, as guards and drivers type them."""

import re
import tomllib
from importlib import resources

from yimatong.kernel.errors import BadInput, Where

_PLATES = tomllib.loads(
    resources.files("yimatong.places").joinpath("plates.toml").read_text("utf-8")
)
_PLATE = re.compile(
    rf"[{_PLATES['provinces']}][A-HJ-NP-Z](?:[A-HJ-NP-Z0-9]{{4}}[A-HJ-NP-Z0-9{_PLATES['ends']}]"
    r"|[A-HJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJK])"  # new energy: six after the letter
)
_SEPARATORS = re.compile(r"[\s·.\-]+")


def check_plate(text: str, field: str = "plate") -> str:
    """A mainland plate (GA 36-2018) in capitals without separators. BadInput where it is none."""
    plate = _SEPARATORS.sub("", text).upper()
    if not _PLATE.fullmatch(plate):
        raise BadInput.of("places.plate", Where(field=field), found=text[:20])
    return plate
