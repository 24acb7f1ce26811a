"""A list beside a scene: what finds a name of it, and how its mistakes are told."""

import re
from importlib import resources

import pytest

from yimatong.doors.rooms import catalogue
from yimatong.doors.scenes import scene_of, shipped
from yimatong.kernel.errors import BadInput
from yimatong.scenes import load_scene
from yimatong.scenes.listing import found
from yimatong.scenes.load_list import COLUMNS, load_list

SHIPPED = resources.files("yimatong.scenes").joinpath("packs")
HEAD = ",".join(COLUMNS)
RIGHT = "布洛芬,bu luo fen,ibuprofen,芬必得=fen bi de,pharmacy.fever_medicine"
MISTAKES = [
    ("布洛芬,bu luo fen,ibuprofen", "scenes.list.cells"),
    (",bu luo fen,ibuprofen,,pharmacy.fever_medicine", "scenes.list.no_name"),
    ("布洛芬,bu luo,ibuprofen,,pharmacy.fever_medicine", "scenes.list.not_pinyin"),
    ("布洛芬,Bu Luo Fen,ibuprofen,,pharmacy.fever_medicine", "scenes.list.not_pinyin"),
    ("布洛芬,,,芬必得=fen bi; 美林,pharmacy.fever_medicine", "scenes.list.not_pinyin"),
    ("布洛芬,,,布洛芬,pharmacy.fever_medicine", "scenes.list.repeated"),
    ("布洛芬,,,,pharmacy.fever_medicin", "policy.file.unknown_kind"),
    ("布洛芬,,,,pharmacy.fever_medicine;x", "policy.file.unknown_kind"),
    ("布洛芬,,,,case.confirmed", "scenes.file.not_said_by"),
    ("布洛芬,,,,temperature", "scenes.file.has_value"),
    ('布洛芬,"bu,,,', "scenes.list.syntax"),
    (f"{'长' * 61},,,,", "scenes.list.no_name"),
]  # fmt: skip


def names(typed):
    return [one.name for one in found(shipped().named("pharmacy"), typed)]


@pytest.mark.requirement("HI-13")
@pytest.mark.parametrize(
    "typed",
    ["连花清瘟", "lhqw", "LHQW", "ｌｈｑｗ", "Lian Hua Qing Wen", "lianhuaqingwen", "连花 清瘟",
     "连花清瘟胶囊", "连花清瘟颗粒", "lhqwjn", "lianhuaqingwenjiaonang", "Lianhua Qingwen capsules",
     "Lianhua-Qingwen"],
)  # fmt: skip
def test_a_medicine_is_found_by_any_of_its_names(typed):
    assert names(typed) == ["连花清瘟"]


@pytest.mark.requirement("HI-13")
@pytest.mark.parametrize(
    ("typed", "name"),
    [("芬必得", "布洛芬"), ("fbd", "布洛芬"), ("Ibuprofen", "布洛芬"), ("布洛芬缓释胶囊", "布洛芬"),
     ("扑热息痛片", "对乙酰氨基酚"), ("lvpaisiting", "氯哌斯汀"), ("三九感冒灵颗粒", "感冒灵"),
     ("白加黑", "氨麻苯美"), ("维c银翘片", "维C银翘片"), ("急支糖浆", "急支糖浆"),
     ("盐酸氨溴索口服溶液", "氨溴索"), ("枸橼酸喷托维林片", "喷托维林"),
     ("acetaminophen", "对乙酰氨基酚"), ("速效伤风胶囊", "氨咖黄敏")],
)  # fmt: skip
def test_brands_forms_and_english_find_the_generic_name(typed, name):
    assert names(typed) == [name]


@pytest.mark.parametrize(
    "typed",
    ["枇杷膏", "布洛芬乳膏", "lian", "片", "jn", "---", "=1+1", "<b>布洛芬</b>", "布洛芬芬"],
)
def test_nothing_is_guessed(typed):
    assert names(typed) == []


def test_what_two_names_share_finds_both():
    assert names("kk") == ["复方氨酚烷胺", "克咳"]


def test_the_shipped_list_is_whole():
    listed = shipped().named("pharmacy").listed
    assert 60 <= len(listed) <= 90
    assert all(one.english and one.means.facts for one in listed)
    kinds = {kind for one in listed for kind in one.means.facts}
    assert kinds == {"pharmacy.fever_medicine", "pharmacy.cough_medicine"}


@pytest.mark.requirement("HI-20")
@pytest.mark.parametrize(("line", "code"), MISTAKES)
def test_a_mistake_in_a_list_is_told_with_file_and_line(line, code):
    text = f"{HEAD}\n甲,jia,,,pharmacy.fever_medicine\n{line}\n"
    _, [problem] = load_list(text, "x.csv", "pharmacy")
    assert (problem.code, problem.where.file, problem.where.line) == (code, "x.csv", 3)
    for language in ("zh", "en"):
        assert not re.search(r"\{\w+\}", catalogue().explain(problem, language))


def test_a_list_with_other_columns_is_told_and_a_byte_order_mark_is_no_mistake():
    assert load_list(f"\ufeff{HEAD}\n{RIGHT}\n", "x.csv", "pharmacy")[1] == []
    listed, [problem] = load_list("name,facts\n布洛芬,x\n", "x.csv", "pharmacy")
    assert (list(listed), problem.code) == ([], "scenes.list.header")
    many = "".join(f"甲{at},,,,\n" for at in range(1001))
    _, [problem] = load_list(f"{HEAD}\n{many}", "x.csv", "pharmacy")
    assert problem.code == "scenes.list.too_long"


@pytest.mark.requirement("HI-20")
def test_a_list_beside_a_scene_in_the_folder_is_read(tmp_path):
    scene = tmp_path / "corner.toml"
    text = (SHIPPED / "pharmacy.toml").read_text("utf-8")
    scene.write_text(text.replace('id = "pharmacy"', 'id = "corner"'), "utf-8")
    (tmp_path / "pharmacy.medicines.csv").write_text(f"{HEAD}\n{RIGHT}\n", "utf-8")
    assert [one.name for one in found(scene_of(scene), "芬必得")] == ["布洛芬"]
    (tmp_path / "pharmacy.medicines.csv").write_text(f"{HEAD}\n{RIGHT},x\n", "utf-8")
    with pytest.raises(BadInput) as caught:
        scene_of(scene)
    assert [one.code for one in caught.value.problems] == ["scenes.list.cells"]


def test_mistakes_of_scene_and_list_are_told_together():
    text = (SHIPPED / "pharmacy.toml").read_text("utf-8").replace("hour = 120", "hour = 0")
    with pytest.raises(BadInput) as caught:
        load_scene(text, "mine.toml", {"pharmacy.medicines.csv": f"{HEAD}\n{RIGHT},x\n"}.get)
    assert {one.where.file for one in caught.value.problems} == {
        "mine.toml",
        "pharmacy.medicines.csv",
    }
