import re

import pytest

from yimatong.kernel.errors import BadInput
from yimatong.places import (
    PlaceKind,
    PlaceType,
    counties,
    division,
    divisions,
    full,
    townships,
    within,
)
from yimatong.places.divisions import table
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


@pytest.mark.parametrize(
    ("code", "said"),
    [("460105", "海南省 海口市 秀英区"), ("469005", "海南省 文昌市"),
     ("430121", "湖南省 长沙市 长沙县"),
     ("421303", "湖北省 随州市 曾都区"), ("532531", "云南省 红河哈尼族彝族自治州 绿春县"),
     ("460000", "海南省"),
     ("371522", "山东省 聊城市 莘县"), ("460400", "海南省 儋州市")],
)  # fmt: skip
def test_a_division_is_told_with_those_above_it(code, said):
    assert " ".join(one.words.zh for one in full(code)) == said
    assert full(code)[-1] == division(code)


def test_names_that_no_rule_reads_are_right():
    said = {code: division(code).words.en for code in ("421303", "533401", "532531", "420304")}
    assert said == {
        "421303": "Zengdu District", "533401": "Shangri-La City", "532531": "Lüchun County",
        "420304": "Yunyang District",
    }  # fmt: skip


def test_each_county_stands_under_a_prefecture_of_its_province_and_is_no_mere_zone():
    for row in table("counties.csv"):
        assert row["code"][:4] + "00" in divisions()
        assert row["code"] not in divisions()
        assert not 70 <= int(row["code"][4:]) < 80
        assert row["zh"]
        assert row["en"].isprintable()


def test_each_township_stands_under_a_county_or_what_has_none():
    for row in table("townships.csv"):
        above = division(row["division"])
        assert (above.region, above in counties(row["division"])) == ("hainan", True)
    assert "海秀镇" in townships("460105")
    assert townships("430102") == []


def test_a_prefecture_has_its_counties_and_what_has_none_is_one_itself():
    found = [one.words.zh for one in counties("460100")]
    assert found == ["秀英区", "龙华区", "琼山区", "美兰区"]
    assert [one.code for one in counties("469005")] == ["469005"]
    with pytest.raises(BadInput):
        counties("999900")


@pytest.mark.parametrize(
    ("area", "code", "inside"),
    [(None, "430102", True), ("430000", "430102", True), ("430100", "430102", True),
     ("430102", "430102", True), ("430102", "430100", False), ("430100", "430000", False),
     ("430100", "430202", False), ("430000", "460105", False), ("469005", "469006", False)],
)  # fmt: skip
def test_an_area_covers_what_lies_below_it(area, code, inside):
    assert within(area, code) is inside
