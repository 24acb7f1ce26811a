"""A policy editor's mistakes: each told with file, line, key, what was found, what is allowed."""

from importlib import resources

import pytest

from yimatong.doors.rooms import catalogue
from yimatong.kernel.errors import BadInput
from yimatong.policy.load import load_policy

PACKS = resources.files("yimatong.policy").joinpath("packs")
GOOD = PACKS.joinpath("hubei", "2020-03-16.toml").read_text("utf-8")
MISTAKES = [
    ('region = "hubei"', 'region = "湖北"', "not_a_region"),
    ('division = "420000"', 'division = "42"', "not_a_division"),
    ("edition = 2020-03-16", 'edition = "2020-03-16"', "not_a_date"),
    ("in_force_from = 2020-03-16T00:00:00+08:00", "in_force_from = 2020-03-16", "not_a_moment"),
    ("+08:00\n", "\n", "not_a_moment"),
    ("+08:00\n", "+08:00\nin_force_until = 2020-03-01T00:00:00+08:00\n", "ends_before_it_begins"),
    ('region = "hubei"', 'regoin = "hubei"', "unknown_key"),
    ('region = "hubei"', "", "missing"),
    ('colour = "red"', 'colour = "blue"', "not_one_of"),
    ('colour = "red"', "colour = 1", "not_text"),
    ('colour = "red"', 'colour = ""', "not_text"),
    ('facts = ["case.*"]', 'facts = "case.*"', "not_a_list"),
    ('facts = ["case.*"]', "facts = []", "not_a_list"),
    ('facts = ["case.*"]', "facts = [1]", "not_a_list"),
    ('facts = ["case.*"]', 'facts = ["case.confirmd"]', "unknown_kind"),
    ('facts = ["case.*"]', 'facts = ["case and more"]', "not_a_pattern"),
    ('facts = ["case.*"]', 'facts = ["case.fever >= 37.3"]', "not_a_pattern"),
    ('facts = ["case.*"]', 'facts = ["case.*", "but not case.*"]', "matches_nothing"),
    ('facts = ["case.*"]', 'facts = ["but not case.fever"]', "matches_nothing"),
    ('until = ["14 days after end"]', 'until = ["14 days after dinner"]', "not_an_edge"),
    ('until = ["14 days after end"]', 'until = ["2 calendar days after end"]', "not_an_edge"),
    ('until = ["14 days after end"]', 'until = ["some time after end"]', "not_an_edge"),
    ('until = ["14 days after end"]', "", "never_ends"),
    ('facts = ["case.*"]', 'facts = ["declaration"]', "has_no_end"),
    ('until = ["14 days after end"]', "normal_days = 0", "not_a_count"),
    ('id = "close-contact"', 'id = "case"', "repeated_id"),
    ('fever = "temperature >= 37.3"', 'fever = "temperature < 37.3"', "not_a_fever"),
    ('fever = "temperature >= 37.3"', 'fever = "temperature"', "not_a_fever"),
    ('fever = "temperature >= 37.3"', 'fever = "case.*"', "not_a_fever"),
    ('fever = "temperature >= 37.3"', 'fever = "but not case.fever"', "matches_nothing"),
    ('leads_to = "approved"', 'leads_to = "pending"', "never_approved"),
    (
        'kind = "review.more"',
        'kind = "review.more"\nrenews_within = "2 calendar days"',
        "not_a_time",
    ),
    ('kind = "review.refused"', 'kind = "review.more"', "repeated_word"),
    ('after = "72 hours"', 'after = "soon"', "not_a_span"),
    ("required_of = [", 'required_of = ["blue", ', "not_one_of"),
    ("[promise]\n", "[promise]\nde = 'x'\n", "unknown_key"),
    ("[admission.public]", "[admission.pubic]", "missing"),
    ("[[review.word]]", "[review.word]", "syntax"),
    ("[review]\n", "[review\n", "syntax"),
    ('yellow = "refuse"', 'yellow = { normal = "refuse" }', "missing"),
]


def mistakes(text: str) -> BadInput:
    with pytest.raises(BadInput) as told:
        load_policy(text, "x.toml")
    return told.value


@pytest.mark.requirement("YM-04")
@pytest.mark.parametrize(("good", "wrong", "code"), MISTAKES)
def test_a_mistake_is_told_with_file_and_line_in_both_languages(good, wrong, code):
    assert good in GOOD
    problems = mistakes(GOOD.replace(good, wrong, 1)).problems
    found = [problem for problem in problems if problem.code == f"policy.file.{code}"]
    assert found, [problem.code for problem in problems]
    assert found[0].where.file == "x.toml"
    assert found[0].where.line or code == "missing"
    for language in ("zh", "en"):
        assert catalogue().explain(found[0], language)


def test_what_is_no_table_is_told():
    assert mistakes("promise = 1\nrule = 1\n").problems
    assert mistakes('rule = ["x"]\n').problems


def test_the_last_line_cut_off_has_no_line_number_yet_is_told():
    [problem] = mistakes('region = "hub').problems
    assert problem.code == "policy.file.syntax"


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines():
    two = GOOD.replace('colour = "red"', 'colour = "blue"').replace("edition =", "editoin =")
    lines = [problem.where.line or 0 for problem in mistakes(two).problems]
    assert len(lines) >= 3
    assert lines == sorted(lines)


def test_a_region_may_be_read_otherwise_and_an_end_may_be_known():
    more = '\n[recognition.regions.430000]\ngreen = "yellow"\nyellow = "yellow"\nred = "red"\n'
    text = GOOD.replace("+08:00\n", "+08:00\nin_force_until = 2020-12-01T00:00:00+08:00\n", 1)
    policy = load_policy(text + more, "x.toml")
    assert policy.recognition.regions["430000"]["green"] == "yellow"
    assert policy.in_force_until
    assert not policy.in_force_at(policy.in_force_until)
