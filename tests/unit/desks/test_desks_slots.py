"""When entries of a course are due and when they were missed."""

from datetime import datetime

import pytest

from yimatong.desks.slots import slots
from yimatong.kernel.clock import SHANGHAI


def at(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


def states(opened, until, taken, times=2):
    return [one.state for one in slots(opened, until, taken, times)]


@pytest.mark.requirement("HI-12")
@pytest.mark.parametrize(
    ("until", "taken", "expected"),
    [
        (at(2, 11), [], ["begun"]),
        (at(2, 12), [], ["begun", "due"]),
        (at(2, 23, 59), [at(2, 12)], ["begun", "done"]),
        (at(3, 0), [], ["begun", "missed", "due"]),
        (at(3, 0), [at(2, 23, 59)], ["begun", "done", "due"]),
        (at(3, 0), [at(3, 0)], ["begun", "missed", "done"]),
        (at(3, 9), [at(2, 10), at(2, 20)], ["done", "done", "due"]),
        (at(4, 12), [], ["begun", "missed", "missed", "missed", "missed", "due"]),
    ],
)
def test_a_part_of_the_day_without_an_entry_is_due_and_then_missed(until, taken, expected):
    assert states(at(2, 9), until, taken) == expected


def test_the_day_is_cut_into_as_many_parts_as_the_scene_says():
    assert len(slots(at(2, 0), at(2, 23), [], 4)) == 4
    [first, *_] = slots(at(2, 13), at(3, 1), [], 3)
    assert (first.begins, first.ends) == (at(2, 8), at(2, 16))
