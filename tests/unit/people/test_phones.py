import pytest

from yimatong.kernel.errors import BadInput
from yimatong.people.phones import check_phone, masked_phone


def refusal(text):
    with pytest.raises(BadInput) as caught:
        check_phone(text)
    (problem,) = caught.value.problems
    return problem.code.removeprefix("people.phone."), problem.params


@pytest.mark.parametrize(
    "typed",
    [
        "13900001234",
        "+86 139-0000-1234",
        "0086 13900001234",
        "8613900001234",
        "１３９００００１２３４",
    ],
)
def test_one_number_however_it_is_typed(typed):
    assert check_phone(typed) == "+8613900001234"


@pytest.mark.parametrize("prefix", ["130", "147", "166", "171", "192", "199"])
def test_every_series_of_mobile_numbers_passes(prefix):
    assert check_phone(f"{prefix}00001234") == f"+86{prefix}00001234"


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("+852 5123 4567", 852),
        ("+853 6612 3456", 853),
        ("0044 7911 123456", 44),
        ("+1 212 555 0100", 1),
    ],
)
def test_a_phone_of_another_country_is_told_which(typed, country):
    assert refusal(typed) == ("other_country", {"country": country})


def test_a_digit_too_few_or_too_many_is_told():
    assert refusal("1390000123") == ("length", {"length": 10})
    assert refusal("139000012345") == ("length", {"length": 12})


def test_a_landline_is_told_that_it_gets_no_sms():
    assert refusal("010-12345678")[0] == "not_mobile"


@pytest.mark.parametrize(
    "typed", ["abc", "139😀0001234", "1" * 10_000, "+999123456", "+", "139;drop"]
)
def test_what_is_no_number_is_told(typed):
    assert refusal(typed)[0] == "characters"


def test_nothing_typed_is_told():
    assert refusal("  ")[0] == "missing"


def test_a_shown_number_hides_its_middle():
    assert masked_phone("+8613900001234") == "139****1234"
