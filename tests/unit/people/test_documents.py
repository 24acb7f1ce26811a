from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.lib.persons import id_number

from yimatong.kernel.errors import BadInput
from yimatong.people.documents import DocumentKind, Sex, check_document

TODAY = date(2026, 3, 2)


def number_of(text, kind=DocumentKind.RESIDENT_ID):
    return check_document(kind, text, TODAY).number


def refusal(text, kind=DocumentKind.RESIDENT_ID):
    with pytest.raises(BadInput) as caught:
        check_document(kind, text, TODAY)
    (problem,) = caught.value.problems
    assert problem.where.field == "document_number"
    return problem.code.removeprefix("people.document."), problem.params


def test_the_example_number_of_the_standard_is_right():
    assert number_of("11010519491231002X") == "11010519491231002X"


@pytest.mark.parametrize(
    "number",
    [
        id_number(born="19020115"),
        id_number(born="19790630"),
        id_number(born="20260302"),
        id_number(place="810000"),
        id_number(place="820000"),
        id_number(place="830000"),
        id_number(place="911156"),
    ],
)
def test_the_old_the_new_born_and_every_kind_of_permit_pass(number):
    assert number_of(number) == number


def test_small_x_full_width_digits_and_spaces_are_put_right():
    assert number_of(" １１０１０５ 19491231-002x ") == "11010519491231002X"


def test_a_wrong_length_is_told_with_the_length():
    assert refusal("1101051949123100") == ("length", {"length": 16})


def test_ten_thousand_characters_are_told_with_their_number():
    assert refusal("1" * 10_000) == ("length", {"length": 10_000})


def test_a_wrong_character_is_told_with_its_place():
    assert refusal("1101O519491231002X") == ("characters", {"position": 5, "character": "O"})


def test_an_x_in_the_middle_is_a_wrong_character():
    assert refusal("110105194912X10027")[0] == "characters"


def test_digits_of_another_script_are_no_digits():
    assert refusal("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X")[0] == "characters"


def test_a_wrong_check_character_is_told_without_the_number():
    assert refusal("110105194912310021") == ("check_character", {"typed": "1"})


@pytest.mark.parametrize("born", ["19900230", "19901301", "19900700", "20230229", "00000101"])
def test_an_impossible_birth_date_is_told(born):
    assert refusal(id_number(born=born))[0] == "birth_date"


def test_a_birth_date_of_tomorrow_is_told():
    assert refusal(id_number(born="20260303"))[0] == "future"


def test_a_birth_date_before_1880_is_told():
    assert refusal(id_number(born="18791231"))[0] == "too_old"


@pytest.mark.parametrize("place", ["100101", "160101", "840000", "000000", "910056"])
def test_an_unknown_province_is_told(place):
    assert refusal(id_number(place=place))[0] == "province"


def test_nothing_typed_is_told():
    assert refusal("  ")[0] == "missing"


@given(st.integers(0, 17), st.integers(1, 9))
def test_no_single_mistyped_digit_gets_through(position, step):
    right = id_number(born="19900307", order="112")
    digit = "0123456789X".index(right[position])
    wrong = right[:position] + "0123456789"[(digit + step) % 10] + right[position + 1 :]
    if wrong != right:
        assert refusal(wrong)


def test_the_number_says_the_sex():
    assert check_document(DocumentKind.RESIDENT_ID, id_number(order="003"), TODAY).sex is Sex.MALE
    assert check_document(DocumentKind.RESIDENT_ID, id_number(order="004"), TODAY).sex is Sex.FEMALE


@pytest.mark.parametrize("number", ["E12345678", "g1234567", "XY12345", "123456789"])
def test_passport_numbers_pass(number):
    assert number_of(number, DocumentKind.PASSPORT) == number.upper()


@pytest.mark.parametrize("number", ["ABCDEF", "E1234567890", "E12*45678", "1234"])
def test_what_is_no_passport_number_is_told(number):
    assert refusal(number, DocumentKind.PASSPORT)[0] == "passport"


def test_a_hong_kong_permit_is_the_same_whichever_issue():
    assert number_of("H1234567801", DocumentKind.HK_MACAO_PERMIT) == "H12345678"
    assert refusal("A12345678", DocumentKind.HK_MACAO_PERMIT)[0] == "hk_macao_permit"


@pytest.mark.parametrize("number", ["12345678", "1234567890", "1234567890B"])
def test_taiwan_permits_of_both_series_pass(number):
    assert number_of(number, DocumentKind.TAIWAN_PERMIT) == number


def test_what_is_no_taiwan_permit_is_told():
    assert refusal("1234567", DocumentKind.TAIWAN_PERMIT)[0] == "taiwan_permit"
