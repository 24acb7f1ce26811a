"""YM-01: there is nowhere to write a colour to."""

import pytest

DERIVED = {
    "codes_standing",  # a cache that is derived again and compared
    "desks_entry",  # likewise, at a desk that admits
    "gates_passage",  # what a gate saw and answered, at that moment
}


@pytest.mark.requirement("YM-01")
async def test_no_table_has_a_column_for_a_colour_but_caches_and_what_gates_saw(tx):
    found = await tx.fetch(
        """select distinct table_name, column_name from information_schema.columns
           where table_schema = 'public'
           and column_name ~* '(colou?r|standing|verdict|risk_level|green|yellow|red$)'
           and table_name !~ '_\\d+$'"""
    )
    assert {row["table_name"] for row in found} <= DERIVED


@pytest.mark.requirement("YM-01")
async def test_a_colour_is_not_even_a_kind_of_fact(tx):
    columns = await tx.fetch(
        "select column_name from information_schema.columns where table_name = 'ledger_fact'"
    )
    assert {row["column_name"] for row in columns} == {
        *("person", "id", "kind", "observed_at", "ended_at", "recorded_at", "source"),
        *("value", "region", "retracts", "recorder", "place", "feed"),
    }
