"""Which edition is meant by a name, and facts out of a file."""

from datetime import timedelta

import msgspec
import pytest

from yimatong.doors.packs import library
from yimatong.kernel.errors import BadInput, Conflict, NotFound
from yimatong.policy.facts import read_fact
from yimatong.policy.intake import Intake
from yimatong.policy.library import Library

EARLY = library().policies()[0]


def edition(**changes: object):
    return msgspec.structs.replace(EARLY, **changes)


LATER = edition(
    edition=EARLY.edition + timedelta(days=30),
    in_force_from=EARLY.in_force_from + timedelta(days=30),
)
ENDED = edition(in_force_until=LATER.in_force_from)


def test_two_editions_of_a_region_in_force_at_once_are_refused():
    with pytest.raises(Conflict, match="overlap"):
        Library([EARLY, LATER])


def test_a_region_means_the_edition_in_force_and_a_name_always_that_edition():
    both, start = Library([LATER, ENDED]), EARLY.in_force_from
    assert both.named(EARLY.region, start) == ENDED
    assert both.named(EARLY.region, LATER.in_force_from) == LATER
    assert both.named(EARLY.region, start - timedelta(days=9)) == ENDED
    assert both.named(ENDED.name, LATER.in_force_from) == ENDED


def test_after_the_last_edition_has_ended_it_is_still_the_one_that_is_meant():
    assert Library([ENDED]).named(EARLY.region, LATER.in_force_from) == ENDED


def test_an_unknown_name_is_told_with_what_was_probably_meant():
    with pytest.raises(NotFound) as told:
        library().named(EARLY.name[:-1], EARLY.in_force_from)
    assert EARLY.name in str(told.value.problems[0].params["nearest"])


GOOD = {"kind": "declaration", "person": "a", "observed_at": "2020-03-09", "source": "self"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"colour": "red"}, "unknown_field"),
        ({"person": None}, "missing"),
        ({"person": 7}, "not_text"),
        ({"kind": "declared"}, "unknown_kind"),
        ({"source": "me"}, "unknown_source"),
        ({"ended_at": "2020-03-10"}, "does_not_last"),
        ({"kind": "case.fever", "ended_at": "2020-03-07"}, "ended_before_observed"),
        ({"recorded_at": "2020-03-08"}, "recorded_before_observed"),
        ({"value": 36.5}, "has_no_value"),
        ({"kind": "temperature"}, "missing"),
        ({"kind": "temperature", "value": 390}, "not_a_temperature"),
        ({"kind": "temperature", "value": "warm"}, "not_a_temperature"),
        ({"kind": "temperature", "value": True}, "not_a_temperature"),
        ({"kind": "temperature", "value": "NaN"}, "not_a_temperature"),
        ({"kind": "temperature", "value": 36.55}, "not_a_temperature"),
        ({"region": "420000"}, "has_no_region"),
        ({"kind": "stay.risk_area", "region": "42"}, "not_a_division"),
    ],
)
def test_a_wrong_field_is_told_with_line_and_field(change, code):
    with pytest.raises(BadInput) as told:
        read_fact({**GOOD, **change}, 7)
    [problem] = told.value.problems
    assert problem.code == f"policy.fact.{code}"
    assert problem.where.line == 7
    assert problem.where.field


def test_a_good_fact_keeps_all_its_fields():
    kept = {"ended_at": "2020-03-10", "recorded_at": "2020-03-11", "id": "x", "retracts": "y"}
    fact = read_fact({**GOOD, "kind": "case.fever", **kept}, 1)
    assert fact.ended_at.isoformat() == "2020-03-11T00:00:00+08:00"
    assert (fact.id, fact.retracts) == ("x", "y")
    stay = read_fact({**GOOD, "kind": "stay.risk_area", "region": "420000"}, 1)
    assert stay.region == "420000"


@pytest.mark.parametrize(
    "moment", ["2020-02-30", "2020-03-09T10:00+08:00", "0001-01-01T00:00:00+14:00", "1800-01-01"]
)
def test_what_no_calendar_has_is_told(moment):
    with pytest.raises(BadInput, match=r"policy\.time"):
        read_fact({**GOOD, "observed_at": moment}, 1)


def test_the_same_line_twice_counts_once_and_another_content_is_a_bad_line():
    intake, fact = Intake(), read_fact({**GOOD, "id": "x"}, 1)
    intake.add(fact, 1)
    intake.add(fact, 2)
    assert intake.repeated == 1
    with pytest.raises(BadInput, match="other_content"):
        intake.add(read_fact({**GOOD, "id": "x", "source": "gate"}, 3), 3)
    assert intake.by_person() == {"a": [fact]}


def test_nobody_withdraws_a_fact_of_another_person():
    intake = Intake()
    intake.add(read_fact({**GOOD, "id": "x"}, 1), 1)
    other = {**GOOD, "person": "b", "kind": "withdrawn"}
    intake.add(read_fact({**other, "retracts": "x"}, 2), 2)
    intake.add(read_fact({**other, "retracts": "nothing"}, 3), 3)
    assert [line for line, _ in intake.strangers()] == [2]
    assert len(intake.by_person(frozenset({2}))["b"]) == 1
