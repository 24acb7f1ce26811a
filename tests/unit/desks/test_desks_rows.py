"""A row is taken out of a form that was typed, whatever the button says."""

import pytest

from yimatong.desks.pages_parts import without_row
from yimatong.web.forms import Form

TYPED = {
    "ticket": ["t"],
    "medicines.0.name": ["a"],
    "medicines.1.name": ["b"],
    "medicines.1.quantity": ["2"],
    "medicines.10.name": ["c"],
    "others.1.name": ["x"],
}


def test_those_behind_it_move_up():
    left = without_row(Form(TYPED), "medicines.0")
    assert {name: left[name] for name in left} == {
        "ticket": "t",
        "medicines.0.name": "b",
        "medicines.0.quantity": "2",
        "medicines.9.name": "c",
        "others.1.name": "x",
    }


@pytest.mark.parametrize("less", ["", "medicines", "medicines.x", "medicines.-1", "medicines.100"])
def test_a_button_that_names_no_row_takes_none_away(less):
    left = without_row(Form(TYPED), less)
    assert {name: left.many(name) for name in left} == TYPED
