"""Reads what places answer to a colour, and how other regions' codes are read."""

from collections.abc import Mapping
from decimal import Decimal
from typing import get_args

from yimatong.policy.grammar import UnreadableError, read_patterns
from yimatong.policy.model import (
    Admission,
    Answer,
    Colour,
    Comparison,
    ForeignColour,
    Place,
    Recognition,
    Row,
    Rows,
    Warmth,
)
from yimatong.policy.tables import Table

_COLOURS: tuple[Colour, ...] = get_args(Colour)
_ANSWERS: tuple[Answer, ...] = get_args(Answer)
_FOREIGN: tuple[ForeignColour, ...] = get_args(ForeignColour)


def load_fever(root: Table) -> Comparison:
    """From which temperature on a gate calls it fever."""

    def read(phrase: str) -> Comparison:
        for pattern in read_patterns([phrase]):
            if pattern.comparison and pattern.comparison.operator in (">=", ">"):
                return pattern.comparison
        raise UnreadableError(phrase)

    stand_in = Comparison(">=", Decimal(0))
    return root.phrase("fever", read, stand_in, "policy.file.not_a_fever")


def load_admission(table: Table) -> Admission:
    """Rows for every kind of place."""
    places = {place: _rows(table.table(place)) for place in get_args(Place)}
    admission = Admission(table.text("sentence"), places)
    table.close()
    return admission


def _rows(table: Table) -> Rows:
    rows = Rows(*(_row(table, key) for key in Rows.__struct_fields__))
    table.close()
    return rows


def _row(table: Table, key: str) -> Row:
    """One answer whatever the temperature, or one for each."""
    if not table.holds_table(key):
        answer = table.choice(key, _ANSWERS)
        return Row(answer, answer, answer)
    by_warmth = table.table(key)
    normal, fever, unmeasured = (by_warmth.choice(one, _ANSWERS) for one in get_args(Warmth))
    by_warmth.close()
    return Row(normal, fever, unmeasured)


def load_recognition(table: Table) -> Recognition:
    recognition = Recognition(
        sentence=table.text("sentence"),
        default=_read_as(table.table("default")),
        regions=_regions(table.table("regions")) if table.has("regions") else {},
    )
    table.close()
    return recognition


def _regions(table: Table) -> Mapping[str, Mapping[Colour, ForeignColour]]:
    return {division: _read_as(table.table(division)) for division in table}


def _read_as(table: Table) -> Mapping[Colour, ForeignColour]:
    read_as = {colour: table.choice(colour, _FOREIGN) for colour in _COLOURS}
    table.close()
    return read_as
