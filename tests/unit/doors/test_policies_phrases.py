"""How a rule ends, in words that say what the engine does."""

from importlib import resources

import pytest

from yimatong.doors.packs import library
from yimatong.doors.policies.plain import plain
from yimatong.doors.rooms import catalogue
from yimatong.policy.load import load_policy

HELD = {
    ("hubei@2020-03-16", "case"): "It lasts until 14 days after its end.",
    ("hubei@2020-03-16", "recovered-not-rechecked"): "It begins 14 days after its end.",
    ("hubei@2020-03-16", "close-contact"): "the later of these: its end · 14 days after it",
    ("hubei@2020-03-16", "home-quarantine"): "It ends with this record, once it has begun",
    ("hubei@2020-03-16", "seventy-two-hours"): "72 hours after the latest of these records",
    ("hainan@2020-02-18", "attention"): "14 days of normal check-in in a row",
    ("shandong@2020-02-22", "more-needed"): "until the review says something else",
    ("shandong@2020-02-22", "daily-report"): "At 00:00 of day 2 after the day of the latest",
}


def clauses(policy):
    told = plain(policy, catalogue(), "en")
    return {clause.id: clause for clause in [*told.clauses, *told.lapses]}


@pytest.mark.requirement("YM-04")
@pytest.mark.parametrize(("name", "rule"), HELD)
def test_how_a_rule_ends(name, rule, clock):
    said = " ".join(clauses(library().named(name, clock.now()))[rule].holds)
    assert HELD[name, rule] in said


@pytest.fixture
def changed():
    """Hubei's edition with one phrase of its file changed."""
    packs = resources.files("yimatong.policy").joinpath("packs")
    text = packs.joinpath("hubei", "2020-03-16.toml").read_text("utf-8")
    return lambda old, new: load_policy(text.replace(old, new, 1), "hubei.toml")


def test_a_time_that_is_not_whole_days_is_said_in_hours(changed):
    policy = changed('until = ["14 days after end"]', 'until = ["36 hours after observed"]')
    assert clauses(policy)["case"].holds == ["It lasts until 36 hours after it happened."]


def test_a_region_whose_codes_are_read_otherwise_is_told_beside_the_others(changed):
    text = '[recognition.regions.460000]\ngreen = "no_code"\nyellow = "yellow"\nred = "red"\n'
    policy = changed("[recognition]", f"{text}[recognition]")
    read = plain(policy, catalogue(), "en").recognition
    assert [foreign.region for foreign in read] == ["", "460000"]
