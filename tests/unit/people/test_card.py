from datetime import date

import msgspec
import pytest
from tests.lib.persons import a_card, id_number

from yimatong.kernel.errors import BadInput
from yimatong.people.card import check_card
from yimatong.people.documents import DocumentKind, Sex
from yimatong.people.ethnic_groups import ETHNIC_GROUPS

TODAY = date(2026, 3, 2)


def refusals(card):
    with pytest.raises(BadInput) as caught:
        check_card(card, TODAY)
    return [(problem.where.field, problem.code) for problem in caught.value.problems]


def test_the_sex_of_an_id_number_need_not_be_declared():
    assert check_card(a_card(number=id_number(order="003")), TODAY).sex is Sex.MALE


def test_a_passport_says_no_sex_so_it_is_asked_for():
    card = msgspec.structs.replace(
        a_card(), document_kind=DocumentKind.PASSPORT, document_number="E12345678"
    )
    assert refusals(card) == [("sex", "people.sex.missing")]


def test_a_sex_that_contradicts_the_number_is_told():
    assert refusals(a_card(sex=Sex.MALE)) == [("sex", "people.sex.differs")]


def test_every_mistake_is_told_at_once_beside_its_field():
    card = a_card(name="", number="123", region="", sex=Sex.MALE)
    card = msgspec.structs.replace(card, ethnic_group="57")
    fields = [field for field, _ in refusals(card)]
    assert fields == ["name", "document_number", "ethnic_group", "region"]


def test_the_list_holds_the_56_groups_and_foreigners():
    assert {f"{number:02}" for number in range(1, 57)} | {"97", "98", "00"} == set(ETHNIC_GROUPS)
    assert len({words.zh for words in ETHNIC_GROUPS.values()}) == 59
    assert ETHNIC_GROUPS["05"].zh == "维吾尔族"
