"""Each mistake in a scene file is told with its line and what is allowed."""

import re
from importlib import resources

import pytest

from yimatong.doors.rooms import catalogue
from yimatong.kernel.errors import BadInput
from yimatong.scenes import load_scene

PACKS = {
    one.name: one.read_text("utf-8")
    for one in resources.files("yimatong.scenes").joinpath("packs").iterdir()
}
SHIPPED = {
    name.removesuffix(".toml"): text for name, text in PACKS.items() if name.endswith(".toml")
}
MISTAKES = [
    ("gate", 'id = "gate"', 'id = "Gate"', "scenes.file.not_an_id"),
    ("gate", 'source = "gate"', 'source = "guard"', "policy.file.not_one_of"),
    ("gate", 'purpose = "gate_check"', 'purpose = "curiosity"', "policy.file.not_one_of"),
    ("gate", "kept_days = 14", "kept_days = 900", "scenes.file.kept_too_long"),
    ("gate", "admits = true", 'admits = "yes"', "policy.file.not_a_flag"),
    ("gate", "hour = 1200", "hour = 0", "policy.file.not_a_count"),
    ("gate", "hour = 1200", "hours = 1200", "policy.file.unknown_key"),
    ("gate", '["temperature"]', '["case.confirmed"]', "scenes.file.not_said_by"),
    ("gate", '["temperature"]', '["symptom.fever"]', "scenes.file.has_no_value"),
    ("gate", '["symptom.fever"]', '["temperature"]', "scenes.file.has_value"),
    ("gate", '["symptom.fever"]', '["symptom.feever"]', "policy.file.unknown_kind"),
    ("gate", '"34.0 to 43.0"', '"43.0 to 34.0"', "scenes.file.not_between"),
    ("gate", '"34.0 to 43.0"', '"warm"', "scenes.file.not_between"),
    ("gate", '"34.0 to 43.0"', '"34.0 to 100.0"', "scenes.file.no_body"),
    ("gate", 'id = "felt"', 'id = "vehicle"', "scenes.file.repeated_field"),
    ("gate", 'id = "felt"', 'id = "temperature"', "scenes.file.repeated_field"),
    ("gate", 'id = "felt"', 'id = "ticket"', "scenes.file.repeated_field"),
    ("gate", 'id = "felt"', 'id = "Felt"', "scenes.file.not_a_name"),
    ("gate", 'type = "plate"', 'type = "listed"', "scenes.file.no_list"),
    ("gate", 'type = "plate"', 'type = "plates"', "policy.file.not_one_of"),
    ("gate", '{ id = "out"', '{ id = "in"', "scenes.file.few_options"),
    ("gate", '"Out"', '""', "policy.file.not_text"),
    ("gate", "[record.title]", "[open.title]", "scenes.file.other_form"),
    ("observation", "times_a_day = 2", "times_a_day = 12", "scenes.file.too_often"),
    ("observation", 'ends = ["case.*"]', 'ends = ["temperature"]', "scenes.file.does_not_last"),
    ("pharmacy", "most = 10", "most = 1000", "scenes.file.too_many"),
    ("pharmacy", "medicines.csv", "nowhere.csv", "scenes.file.no_list_file"),
    ("pharmacy", "pharmacy.medicines.csv", "../medicines.csv", "scenes.file.no_list_file"),
    ("pharmacy", 'known = "residence"', "theirs = true", "scenes.file.not_theirs"),
    ("pharmacy", "片=pian", "片=piàn", "scenes.list.not_pinyin"),
    ("pharmacy", 'id = "residence"', 'id = "less"', "scenes.file.repeated_field"),
    ("pharmacy", 'id = "residence"', 'id = "other"', "scenes.file.repeated_field"),
    ("pharmacy", 'id = "residence"', 'id = "seconds"', "scenes.file.repeated_field"),
    ("pharmacy", 'type = "rows"', 'type = "text"', "policy.file.unknown_key"),
    ("fever-clinic", 'types = ["clinic"]', 'types = ["hospital"]', "policy.file.not_one_of"),
    ("fever-clinic", 'types = ["clinic"]', "types = []", "scenes.file.no_types"),
    ("fever-clinic", "younger_than = 14", 'younger_than = "14"', "policy.file.not_a_count"),
]  # fmt: skip


def test_the_shipped_scenes_have_no_mistakes():
    assert {load_scene(text, name, PACKS.get).id for name, text in SHIPPED.items()} == {*SHIPPED}


@pytest.mark.requirement("HI-20")
@pytest.mark.parametrize(("name", "right", "wrong", "code"), MISTAKES)
def test_a_mistake_is_told_with_its_line_and_what_is_allowed(name, right, wrong, code):
    text = SHIPPED[name]
    assert right in text
    with pytest.raises(BadInput) as caught:
        load_scene(text.replace(right, wrong, 1), "mine.toml", PACKS.get)
    found = {one.code: one for one in caught.value.problems}
    assert code in found
    line = text[: text.index(right)].count("\n") + 1
    assert found[code].where.file == "mine.toml"
    assert abs((found[code].where.line or 0) - line) <= 12  # the table that the key stands in
    for language in ("zh", "en"):
        assert not re.search(r"\{\w+\}", catalogue().explain(found[code], language))


def test_whose_it_is_is_asked_about_medicine_alone():
    text = SHIPPED["pharmacy"].replace('source = "pharmacy"', 'source = "clinic"')
    with pytest.raises(BadInput) as caught:
        load_scene(text, "mine.toml", PACKS.get)
    assert "scenes.file.not_theirs" in {one.code for one in caught.value.problems}


def test_forms_of_a_course_are_none_without_one():
    text = SHIPPED["observation"].replace("times_a_day = 2\n", "")
    with pytest.raises(BadInput) as caught:
        load_scene(text, "mine.toml")
    refused = [one.where.key for one in caught.value.problems if "other_form" in one.code]
    assert refused == ["open", "each", "release"]


def test_a_file_that_is_no_toml_is_told_with_its_line():
    with pytest.raises(BadInput) as caught:
        load_scene('id = "x"\nsource = gate\n', "mine.toml")
    assert (caught.value.problems[0].code, caught.value.problems[0].where.line) == (
        "policy.file.syntax",
        2,
    )


def test_without_its_forms_a_scene_is_none():
    text = SHIPPED["gate"].split("[record.title]")[0]
    with pytest.raises(BadInput) as caught:
        load_scene(text, "mine.toml")
    assert ("policy.file.missing", "record") in {
        (one.code, one.where.key) for one in caught.value.problems
    }
