import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yimatong.kernel.errors import BadInput
from yimatong.people.names import check_name, masked


def refusal(text):
    with pytest.raises(BadInput) as caught:
        check_name(text)
    (problem,) = caught.value.problems
    assert problem.where.field == "name"
    return problem.code.removeprefix("people.name."), problem.params


@pytest.mark.parametrize(
    "name",
    [
        "测试甲",
        "欧阳测试",
        "李〇",
        "𠮷测",
        "买买提·测试",
        "Test O'Example-Person",
        "José Ñ. Test",
        "Тест",
        "ทดสอบ",
    ],
)
def test_names_of_every_script_pass_as_they_are(name):
    assert check_name(name) == unicodedata.normalize("NFC", name)


def test_spaces_and_look_alike_middle_dots_become_one_form():
    assert check_name("　阿里木•测试  ") == "阿里木·测试"
    assert check_name("Test   Person") == "Test Person"


def test_a_decomposed_name_is_kept_composed():
    assert check_name("Jose\u0301") == "José"


def test_an_emoji_is_told_as_what_it_is():
    assert refusal("测试😀") == ("characters", {"character": "😀"})


@pytest.mark.parametrize("text", ["测试1", "a@b", "甲、乙", "<b>"])
def test_digits_and_symbols_are_told(text):
    assert refusal(text)[0] == "characters"


@pytest.mark.parametrize("text", ["测\u0000试", "测\n试", "测\u202e试", "测\u200b试", "\ufeff测试"])
def test_what_cannot_be_seen_is_told_by_its_code(text):
    code, params = refusal(text)
    assert code == "control"
    assert params["code"].startswith("U+")


def test_ten_thousand_characters_are_told_with_their_number():
    assert refusal("测" * 10_000) == ("too_long", {"longest": 50, "length": 10_000})


def test_fifty_characters_pass_and_fifty_one_do_not():
    assert len(check_name("测" * 50)) == 50
    assert refusal("测" * 51)[0] == "too_long"


def test_nothing_and_only_dots_are_no_names():
    assert refusal("　 ")[0] == "missing"
    assert refusal("· ·")[0] == "no_letter"


@given(st.text())
def test_whatever_is_typed_is_a_name_or_one_clear_problem(text):
    try:
        name = check_name(text)
    except BadInput as error:
        assert len(error.problems) == 1
    else:
        assert check_name(name) == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [("测试甲", "测*"), ("欧阳测试", "欧*"), ("Test Person", "T*"), ("ก้าว", "ก้*")],
)
def test_a_mask_keeps_the_first_character(name, shown):
    assert masked(name) == shown
