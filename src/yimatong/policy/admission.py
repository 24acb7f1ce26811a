"""Whom a place admits: the policy's table, asked by colour and temperature."""

from decimal import Decimal
from typing import get_args

from yimatong.policy.model import Answer, Colour, Place, Policy, Row, Rows, Warmth

PLACES: tuple[Place, ...] = get_args(Place)


def warmth(policy: Policy, measured: Decimal | None, *, felt_warm: bool | None) -> Warmth:
    """What a temperature means under the policy; a figure in ℃ goes before what was felt."""
    if measured is not None:
        return "fever" if policy.fever.holds(measured) else "normal"
    if felt_warm is None:
        return "unmeasured"
    return "fever" if felt_warm else "normal"


def admit(policy: Policy, place: Place, colour: Colour | None, warm: Warmth) -> Answer:
    """The answer at such a place; without a colour that of the row `no_code`."""
    row = _row(policy.admission.places[place], colour)
    answer: Answer = getattr(row, warm)
    return answer


def _row(rows: Rows, colour: Colour | None) -> Row:
    row: Row = getattr(rows, colour or "no_code")
    return row
