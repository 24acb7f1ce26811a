"""Checking what a guard enters: temperature and plate."""

from decimal import Decimal, InvalidOperation

from yimatong.gates.model import Felt, Reading
from yimatong.kernel.errors import BadInput, Where
from yimatong.places import plates

COLDEST, HOTTEST = Decimal(34), Decimal(43)
"""℃ that a living person at a gate can have; 390 is a missing decimal point."""


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
    """A plate as `places` reads it; None where none was typed."""
    return plates.check_plate(text) if text and text.strip() else None
