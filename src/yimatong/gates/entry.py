"""Checking what a guard enters: temperature and plate."""

import re
import tomllib
from decimal import Decimal, InvalidOperation
from importlib import resources

from yimatong.gates.model import Felt, Reading
from yimatong.kernel.errors import BadInput, Where

COLDEST, HOTTEST = Decimal(34), Decimal(43)
"""℃ that a living person at a gate can have; 390 is a missing decimal point."""

_PLATES = tomllib.loads(
    resources.files("yimatong.gates").joinpath("plates.toml").read_text("utf-8")
)
_PLATE = re.compile(
    rf"[{_PLATES['provinces']}][A-HJ-NP-Z](?:[A-HJ-NP-Z0-9]{{4}}[A-HJ-NP-Z0-9{_PLATES['ends']}]"
    r"|[A-HJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJK])"  # new energy: six after the letter
)
_SEPARATORS = re.compile(r"[\s·.\-]+")


def check_reading(temperature: str | None, felt: Felt | None) -> Reading:
    """A figure goes before what was felt. BadInput where there is neither, or no such figure."""
    where = Where(field="temperature")
    if not temperature:
        if felt is None:
            raise BadInput.of("gates.temperature.missing", where)
        return Reading(felt=felt)
    try:
        measured = Decimal(temperature.strip().removesuffix("℃").replace(",", "."))
    except InvalidOperation:
        measured = Decimal("NaN")
    if not measured.is_finite() or not COLDEST <= measured <= HOTTEST or measured * 10 % 1:
        raise BadInput.of("gates.temperature.range", where, found=temperature[:20])
    return Reading(measured=measured.quantize(Decimal("0.1")))


def check_plate(text: str | None) -> str | None:
    """A mainland plate (GA 36-2018) in capitals without separators; None where none was typed."""
    if text is None or not text.strip():
        return None
    plate = _SEPARATORS.sub("", text).upper()
    if not _PLATE.fullmatch(plate):
        raise BadInput.of("gates.plate", Where(field="plate"), found=text[:20])
    return plate
