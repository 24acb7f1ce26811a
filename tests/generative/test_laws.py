"""What holds of every standing under every shipped edition, whatever the history."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lib.asking import EDITIONS, asked, edition, facts_of, known_by, signature
from tests.lib.effort import effort
from tests.lib.histories import LASTING, SAID_BY, as_line, histories, tellings
from tests.lib.reading import moments_of
from tests.lib.reading_facts import DAY, SHANGHAI, SMALLEST, counted

from yimatong.policy.decide import decide

RANK = {"green": 0, "yellow": 1, "red": 2, None: 0}
NOTHING = timedelta()
IN_FORCE = datetime(2020, 4, 2, tzinfo=SHANGHAI)
"""A moment at which all five are."""
every_edition = pytest.mark.parametrize("name", EDITIONS)


@every_edition
@effort(20)
@given(histories(), st.data())
def test_order_and_repetition_of_facts_never_matter(name, history, data):
    again = data.draw(st.lists(st.sampled_from(history.facts)) if history.facts else st.just([]))
    shuffled = data.draw(st.permutations(history.facts + again))
    assert asked(name, shuffled, history.at) == asked(name, history.facts, history.at)


@every_edition
@effort(20)
@given(histories(), st.integers(0, 10**12))
def test_without_new_facts_nothing_changes_before_the_next_change_and_something_at_it(
    name, history, later
):
    policy, known = edition(name, history.at), known_by(facts_of(history.facts), history.at)
    now = decide(policy, known, history.at)
    end = now.next_change_at or history.at + 4000 * DAY
    probes = moments_of(counted(history.facts, history.at))
    probes |= {
        end - SMALLEST,
        history.at + later % max(1, (end - history.at) // SMALLEST) * SMALLEST,
    }
    seen = {signature(decide(policy, known, one)) for one in probes if history.at < one < end}
    assert seen <= {signature(now)}
    if now.next_change_at:
        assert signature(decide(policy, known, end)) != signature(now)


@every_edition
@effort(20)
@given(histories())
def test_a_withdrawn_fact_counts_for_nothing_but_for_what_it_withdrew(name, history):
    facts, policy = facts_of(history.facts), edition(name, history.at)
    gone = {fact.retracts for fact in known_by(facts, history.at)}
    empty = {"kind": "withdrawn", "ended_at": None, "value": None, "region": None}
    emptied = [msgspec.structs.replace(f, **empty) if f.id in gone else f for f in facts]
    assert decide(policy, emptied, history.at) == decide(policy, facts, history.at)


@every_edition
@effort(20)
@given(histories())
def test_a_fact_recorded_later_than_the_asked_time_counts_for_nothing(name, history):
    facts, policy = facts_of(history.facts), edition(name, history.at)
    known = known_by(facts, history.at)
    assert decide(policy, facts, history.at) == decide(policy, known, history.at)


@every_edition
@effort(20)
@given(histories(), st.data())
def test_a_fact_that_leads_to_red_never_makes_anybody_greener(name, history, data):
    kind = data.draw(st.sampled_from([*LASTING, "symptom.fever", "stay.risk_area"]))
    more = as_line(data.draw, data.draw(tellings(kind, history.at)), "more")
    before = asked(name, history.facts, history.at)
    after = asked(name, [*history.facts, more], history.at)
    assert RANK[after.colour] >= RANK[before.colour]
    assert after.state in {before.state, "issued"}


@every_edition
@effort(20)
@given(histories(), st.data())
def test_it_matters_to_nobody_who_or_where_they_are_or_who_said_it(name, history, data):
    other = [{**line, "person": "another"} for line in history.facts]
    for line in other:
        line["source"] = data.draw(st.sampled_from(SAID_BY[line["kind"]]))
        if "region" in line:
            line["region"] = data.draw(st.sampled_from(("110000", "460100")))
    assert asked(name, other, history.at) == asked(name, history.facts, history.at)


@every_edition
@effort(20)
@given(histories())
def test_a_moment_is_the_same_in_every_offset(name, history):
    facts = [msgspec.structs.replace(f, **_moved(f, NOTHING)) for f in facts_of(history.facts)]
    at = history.at.astimezone(UTC)
    assert decide(edition(name, at), facts, at) == asked(name, history.facts, history.at)


@every_edition
@effort(20)
@given(histories(), st.integers(1, 400))
def test_the_same_life_so_many_days_later_has_the_same_standing_so_many_days_later(
    name, history, days
):
    at, facts, shift = max(history.at, IN_FORCE), facts_of(history.facts), days * DAY
    moved = [msgspec.structs.replace(fact, **_moved(fact, shift)) for fact in facts]
    here, there = (decide(edition(name, at), *one) for one in ((facts, at), (moved, at + shift)))
    assert signature(there) == signature(here)
    assert there.next_change_at == (here.next_change_at and here.next_change_at + shift)


def _moved(fact, shift):
    """The moments of a fact so much later, told in UTC."""
    told = {key: getattr(fact, key) for key in ("observed_at", "ended_at", "recorded_at")}
    return {key: when and (when + shift).astimezone(UTC) for key, when in told.items()}
