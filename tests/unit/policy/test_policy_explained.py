"""Each reason of a standing in words: of a rule, a word of a review, a lapse."""

from datetime import datetime

import pytest

from yimatong.doors.packs import library
from yimatong.kernel.clock import SHANGHAI
from yimatong.policy.decide import decide
from yimatong.policy.explain import explain
from yimatong.policy.facts import read_fact

AT = datetime(2020, 4, 20, tzinfo=SHANGHAI)
REASONS = [
    ("hunan", ("declaration", "case.confirmed"), "red", "case"),
    ("shandong", ("review.refused",), "red", "refused"),
    ("shandong", ("review.approved",), "yellow", "five-days"),
    ("hubei", ("declaration", "review.approved"), "yellow", "seventy-two-hours"),
    ("yunnan", ("declaration", "quarantine.home"), "yellow", "home-quarantine"),
]


@pytest.mark.requirement("YM-02")
@pytest.mark.parametrize(("region", "kinds", "colour", "rule"), REASONS)
def test_a_reason_names_rule_colour_fact_and_source(region, kinds, colour, rule):
    told = {"person": "p", "source": "registry", "observed_at": "2020-04-08"}
    facts = [read_fact(told | {"kind": kind}, line) for line, kind in enumerate(kinds, 1)]
    policy = library().named(region, AT)
    because = explain(policy, decide(policy, facts, AT), facts)
    [found] = [one for one in because if one.rule == rule]
    assert (found.colour, found.kind, found.source) == (colour, kinds[-1], "registry")
    assert found.said == policy.said_by_rule[rule]
    assert found.since >= found.observed_at
