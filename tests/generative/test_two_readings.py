"""The engine under the policy files, and a reading of the contract by hand, say the same."""

import pytest
from hypothesis import given
from tests.lib.asking import asked
from tests.lib.effort import effort
from tests.lib.histories import histories
from tests.lib.reading import standing

IDS = {
    "hunan@2020-03-08": {
        "case open": "case",
        "central quarantine open": "central-quarantine",
        "close contact": "close-contact",
        "home quarantine open": "home-quarantine",
        "maybe exposed": "possible-exposure",
    },
    "hainan@2020-02-18": {
        "isolated": "isolated",
        "fever patient": "fever-case",
        "maybe ill": "attention",
    },
    "yunnan@2020-04-01": {
        "isolated": "case-contact-or-quarantine",
        "home quarantine open": "home-quarantine",
        "declared": "stated-risk",
    },
    "shandong@2020-02-22": {
        "case": "case",
        "close contact open": "close-contact",
        "quarantine open": "quarantine",
        "14 days not over": "condition-not-met",
        "refused": "refused",
        "more wanted": "more-needed",
        "5 days are over": "five-days",
        "no report": "daily-report",
    },
    "hubei@2020-03-16": {
        "case": "case",
        "recovered": "recovered-not-rechecked",
        "close contact": "close-contact",
        "home quarantine": "home-quarantine",
        "central quarantine": "central-quarantine",
        "fever measured": "fever-measured",
        "no record for 72 hours": "seventy-two-hours",
    },
}
"""Which rule of the policy file is which clause of the contract. An id never changes."""


@pytest.mark.parametrize("name", IDS)
@effort(100)
@given(histories())
def test_the_engine_says_what_the_contract_says(name, history):
    said, read = asked(name, history.facts, history.at), standing(name, history.facts, history.at)
    assert (said.policy, said.state, said.colour) == (name, read["state"], read["colour"])
    reasons = [(r.colour, IDS[name][r.rule], r.since, r.fact, r.until) for r in read["reasons"]]
    red_first = sorted(reasons, key=lambda r: (r[0] != "red", *r[1:4]))
    assert [(r.rule, r.since, r.fact, r.until) for r in said.reasons] == [r[1:] for r in red_first]
    assert said.valid_until == read["valid_until"]
    assert said.next_change_at == read["next_change_at"]
