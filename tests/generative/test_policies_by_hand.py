"""The reference of B1 does the same work as the engine: it says the same of everybody."""

import pytest
from bench.policies_by_hand import BY_HAND
from hypothesis import given
from tests.lib.asking import asked, facts_of
from tests.lib.effort import effort
from tests.lib.histories import histories


@pytest.mark.parametrize("name", BY_HAND)
@effort(50)
@given(histories())
def test_the_reference_of_the_benchmark_says_what_the_engine_says(name, history):
    by_hand = BY_HAND[name](facts_of(history.facts), history.at)
    assert by_hand == asked(name, history.facts, history.at)
