import re

import pytest

from yimatong.kernel.errors import BadInput
from yimatong.places import PlaceKind, PlaceType, division, divisions
from yimatong.places.model import KIND_OF_TYPE


def test_a_division_has_both_names_and_the_region_of_its_province():
    found = division("421000")
    assert (found.words.zh, found.words.en, found.region) == ("荆州市", "Jingzhou", "hubei")


def test_each_code_has_six_digits_and_stands_under_its_province():
    for code in divisions():
        assert re.fullmatch(r"[1-8]\d{5}", code)
        assert code[:2] + "0000" in divisions()


def test_no_two_divisions_have_the_same_name_and_no_two_provinces_the_same_region():
    named = [each.words.zh for each in divisions().values()]
    regions = [each.region for each in divisions().values() if each.code.endswith("0000")]
    assert len(set(named)) == len(named)
    assert len(set(regions)) == len(regions) == 34


def test_a_code_that_is_not_in_the_table_is_refused():
    with pytest.raises(BadInput, match=r"places\.unknown_division"):
        division("990000")


def test_each_type_of_place_has_a_kind_and_each_kind_a_type():
    assert set(KIND_OF_TYPE) == set(PlaceType)
    assert set(KIND_OF_TYPE.values()) == set(PlaceKind)
