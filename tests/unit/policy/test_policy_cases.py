"""Every shipped case, and the cases' own mistakes."""

import pytest

from yimatong.doors.packs import cases, library
from yimatong.kernel.errors import BadInput
from yimatong.policy.cases import load_cases, misses
from yimatong.policy.decide import decide

SHIPPED = [
    (name, number, case)
    for name, text in sorted(cases().items())
    for number, case in enumerate(load_cases(text, name), 1)
]


@pytest.mark.requirement("YM-04")
@pytest.mark.parametrize(("name", "number", "case"), SHIPPED, ids=lambda value: str(value)[:20])
def test_a_shipped_case_comes_out_as_it_says(name, number, case):
    assert list(misses(library().named(name, case.at), case)) == []


@pytest.mark.requirement("YM-04")
def test_every_edition_has_at_least_twelve_cases_and_every_rule_holds_in_one():
    for policy in library().policies():
        of_policy = [case for name, _, case in SHIPPED if name == policy.name]
        assert len(of_policy) >= 12
        assert {rule for case in of_policy for rule in case.by} >= {*policy.said_by_rule} - {
            lapse.id for lapse in policy.lapses if lapse.leads_to == "expired"
        }


def test_a_case_that_comes_out_otherwise_is_missed_with_both_answers():
    text = cases()["hunan@2020-03-08"].replace('is = "undeclared"', 'is = "red"', 1)
    [case, *_] = load_cases(text, "x")
    [miss] = misses(library().named("hunan@2020-03-08", case.at), case)
    assert (miss.what, miss.expected, miss.found) == ("is", "red", "undeclared")


def test_a_moment_that_comes_out_otherwise_is_shown():
    text = cases()["yunnan@2020-04-01"].replace("2020-04-16T09:00:00", "2020-04-17T09:00:00")
    missed = [
        miss
        for case in load_cases(text, "x")
        for miss in misses(library().named("yunnan@2020-04-01", case.at), case)
    ]
    assert {miss.what for miss in missed} >= {"valid_until", "next"}
    assert "2020-04-16T09:00:00+08:00" in {miss.found for miss in missed}


def test_rules_that_hold_though_the_case_names_others_are_shown():
    text = cases()["hunan@2020-03-08"].replace('by = ["case"]', 'by = ["contact"]', 1)
    missed = [
        (miss.expected, miss.found)
        for case in load_cases(text, "x")
        for miss in misses(library().named("hunan@2020-03-08", case.at), case)
    ]
    assert missed == [("contact", "case")]


CASE = """
[[case]]
zh = "一"
en = "one"
facts = [{ kind = "declaration", observed_at = "2020-03-09" }]
at = "2020-03-10"
is = "green"
"""


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (CASE.replace("declaration", "declared"), "policy.fact.unknown_kind"),
        (CASE.replace('at = "2020-03-10"', 'at = "soon"'), "policy.time.unreadable"),
        (CASE.replace('at = "2020-03-10"\n', ""), "policy.file.missing"),
        (CASE + 'normal_days = ["2020-03-10"]\n', "policy.file.not_two_days"),
        (CASE + 'normal_days = ["soon", "2020-03-10"]\n', "policy.time.unreadable"),
        (CASE.replace('"green"', '"blue"'), "policy.file.not_one_of"),
        (CASE + 'hue = "green"\n', "policy.file.unknown_key"),
    ],
)
def test_a_mistake_in_a_case_is_told_with_its_place(wrong, code):
    with pytest.raises(BadInput) as told:
        load_cases(wrong, "x.cases.toml")
    assert code in [problem.code for problem in told.value.problems]
    assert told.value.problems[0].where.file == "x.cases.toml"


def test_a_moment_that_is_not_named_is_not_looked_at():
    [case] = load_cases(CASE + 'valid_until = "never"\nnext = "never"\n', "x")
    policy = library().named("hunan@2020-03-08", case.at)
    assert decide(policy, case.facts, case.at).valid_until is None
    assert list(misses(policy, case)) == []
