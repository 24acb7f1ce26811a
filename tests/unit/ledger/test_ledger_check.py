from datetime import timedelta
from decimal import Decimal
from itertools import product
from uuid import UUID

import pytest

from yimatong.kernel.errors import BadInput
from yimatong.ledger import NewFact
from yimatong.ledger.check import check
from yimatong.policy.kinds import KINDS, SOURCES

PERSON, DESK = UUID(int=1), UUID(int=99)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def accepts(clock):
    """Whether a fact of so many fields may be recorded; else the code of what is wrong."""

    def accepts(kind, **given):
        known = {"person": PERSON, "observed_at": clock.now(), "source": "self", "recorder": DESK}
        try:
            check(NewFact(kind=kind, **{**known, **given}), clock.now())
        except BadInput as error:
            return error.problems[0].code.removeprefix("ledger.")
        return True

    return accepts


@pytest.mark.requirement("YM-01")
@pytest.mark.parametrize(("name", "source"), list(product(KINDS, SOURCES)))
def test_each_kind_is_said_by_whom_the_contract_names(accepts, name, source):
    value = Decimal("36.5") if KINDS[name].has_value else None
    retracts = UUID(int=3) if name == "withdrawn" else None
    allowed = source in KINDS[name].said_by
    found = accepts(name, source=source, value=value, retracts=retracts)
    assert found is True if allowed else found == "not_said_by"


@pytest.mark.parametrize("source", ["appeal", "exchange"])
def test_a_correcting_source_needs_what_it_corrects(accepts, source):
    assert accepts("contact.close", source=source) == "not_said_by"
    assert accepts("contact.close", source=source, retracts=UUID(int=3)) is True


def test_no_other_source_may_say_more_by_retracting(accepts):
    assert accepts("contact.close", source="self", retracts=UUID(int=3)) == "not_said_by"


def test_the_vocabulary_is_closed(accepts):
    assert accepts("colour.red") == "unknown_kind"
    assert accepts("declaration", source="mayor") == "not_said_by"


@pytest.mark.requirement("YM-01")
def test_somebody_or_some_feed_answers_for_each_fact(accepts):
    assert accepts("declaration", recorder=None) == "nobody_answers"
    assert accepts("declaration", feed="cdc") == "nobody_answers"
    assert accepts("declaration", recorder=None, feed="cdc") is True


def test_a_devices_clock_may_be_five_minutes_ahead(accepts, clock):
    assert accepts("declaration", observed_at=clock.now() + 5 * MINUTE) is True
    assert accepts("declaration", observed_at=clock.now() + 6 * MINUTE) == "in_the_future"


def test_only_what_lasts_has_an_end_and_not_before_its_beginning(accepts, clock):
    later, earlier = clock.now() + 3 * MINUTE, clock.now() - MINUTE
    assert accepts("declaration", ended_at=later) == "does_not_last"
    assert accepts("case.fever", source="clinic", ended_at=later) is True
    ended = accepts("case.fever", source="clinic", ended_at=earlier)
    assert ended == "ended_before_observed"


@pytest.mark.parametrize("value", ["30.0", "36.5", "37.30", "45"])
def test_a_temperature_of_one_decimal_is_recorded(accepts, value):
    assert accepts("temperature", value=Decimal(value)) is True


@pytest.mark.parametrize("value", [None, "29.9", "45.1", "36.55", "98.6"])
def test_what_no_living_person_has_is_not(accepts, value):
    assert accepts("temperature", value=value and Decimal(value)) == "not_a_temperature"


def test_other_kinds_carry_no_temperature(accepts):
    assert accepts("declaration", value=Decimal(37)) == "has_no_value"


def test_only_some_kinds_name_a_division_of_six_digits(accepts):
    assert accepts("arrival.province", region="420100") is True
    assert accepts("arrival.province", region="4201") == "not_a_division"
    assert accepts("declaration", region="420100") == "has_no_region"


def test_a_withdrawal_names_what_it_withdraws(accepts):
    assert accepts("withdrawn") == "withdraws_nothing"
