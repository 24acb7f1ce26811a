"""A gate's form is the scene file's: what it asks, allows, calls a fact; and looked up quickly."""

from decimal import Decimal
from itertools import product

import msgspec
import pytest
from tests.conftest import MORNING

from yimatong.doors.scenes import shipped
from yimatong.gates.api import PassageEntered
from yimatong.gates.described import CHOICES, with_choices
from yimatong.gates.form import GateForm
from yimatong.gates.forms import GateForms
from yimatong.gates.scans import ScanAtOnce
from yimatong.kernel.errors import BadInput
from yimatong.scenes import Scenes, load_scene

TODAY = MORNING.date()
GATE = GateForm(shipped().named("gate"))
RIGHT = {"direction": "in", "reason": "home", "felt": "normal"}
TRAIN = """
id = "train"
source = "gate"
purpose = "gate_check"
types = ["station"]
admits = true
kept_days = 14
title = { zh = "进站", en = "Boarding" }
about = { zh = "进站登记。", en = "Boarding." }
[quota]
hour = 1
day = 1
documents_hour = 1
documents_day = 1
[record.title]
zh = "登记"
en = "Record"
[[record.field]]
id = "warmth"
type = "temperature"
label = { zh = "体温", en = "Temperature" }
between = "35.0 to 42.0"
facts = ["temperature"]
[[record.field]]
id = "train"
type = "text"
longest = 5
label = { zh = "车次", en = "Train" }
[[record.field]]
id = "cough"
type = "yes_no"
label = { zh = "咳嗽", en = "Cough" }
facts = ["symptom.dry_cough"]
"""


def problems(form, typed):
    with pytest.raises(BadInput) as caught:
        form.entry({name: [text] for name, text in typed.items()}, TODAY)
    return {one.where.field: one.code for one in caught.value.problems}


def test_the_bodies_of_the_api_name_the_fields_of_the_shipped_file():
    fields = {one.id for one in GATE.form.fields}
    around = {"ticket", "vehicle", "code", "more"}
    for body in (PassageEntered, ScanAtOnce):
        assert set(body.__struct_fields__) - around == fields


def test_the_description_lists_the_answers_of_the_files_at_hand():
    schema = {"properties": {name: {} for name in CHOICES}}
    described = {
        "components": {"schemas": {"PassageEntered": schema, "ScanAtOnce": schema, "X": {}}}
    }
    told = with_choices(described, GateForms(shipped()))["components"]["schemas"]
    options = {one.id: [each.id for each in one.options] for one in GATE.form.fields}
    for body in ("PassageEntered", "ScanAtOnce"):
        listed = {name: told[body]["properties"][name]["enum"] for name in CHOICES}
        assert listed == {name: [*options[name], None] for name in CHOICES}
    assert described["components"]["schemas"]["PassageEntered"] == schema


@pytest.mark.requirement("HI-08")
def test_a_figure_goes_before_what_was_felt():
    entry = GATE.at_once({**RIGHT, "felt": "abnormal", "temperature": "36,5 ℃"}, TODAY)
    assert (entry.reading.measured, entry.reading.felt) == (Decimal("36.5"), None)
    assert [(one.kind, one.value) for one in entry.facts] == [("temperature", Decimal("36.5"))]
    felt = GATE.at_once({**RIGHT, "felt": "abnormal"}, TODAY)
    assert ([one.kind for one in felt.facts], felt.reading.warm) == (["symptom.fever"], True)
    assert GATE.at_once(RIGHT, TODAY).facts == ()


def test_every_mistake_is_told_at_its_field():
    wrong = {"temperature": "98.6", "reason": "fishing", "plate": "?", "colour": "green"}
    assert problems(GATE, wrong) == {
        "temperature": "scenes.read.fahrenheit", "direction": "scenes.read.missing_choice",
        "reason": "scenes.read.choice", "plate": "places.plate",
        "colour": "scenes.read.unknown_field",
    }  # fmt: skip
    assert problems(GATE, {"direction": "in", "reason": "home", "felt": " "}) == {
        "temperature": "gates.temperature.missing"
    }


TYPED = {
    "direction": ("in", "up", None), "reason": ("home", None), "felt": ("abnormal", "x", None),
    "temperature": ("36.5", "36.55", "", None), "plate": ("湘A12345", "湘", " ", None),
}  # fmt: skip


def test_what_is_looked_up_is_what_the_form_reads():
    """Twice, since the second time nothing is read."""
    for answers in product(*TYPED.values()):
        typed = {name: text for name, text in zip(TYPED, answers, strict=True) if text is not None}
        slow = _outcome(lambda typed=typed: GATE.entry({k: [v] for k, v in typed.items()}, TODAY))
        for _ in range(2):
            assert _outcome(lambda typed=typed: GATE.at_once(typed, TODAY)) == slow, typed


def _outcome(read):
    try:
        return msgspec.to_builtins(read(), str_keys=True)
    except BadInput as error:
        return {(one.where.field, one.code) for one in error.problems}


@pytest.mark.requirement("HI-20")
def test_another_scene_asks_what_it_wants():
    train = GateForm(load_scene(TRAIN, "train.toml"))
    entry = train.entry({"warmth": ["36.6"], "train": ["G1"], "cough": ["yes"]}, TODAY)
    assert (entry.reading.measured, entry.direction, entry.plate) == (Decimal("36.6"), None, None)
    assert entry.more == {"train": "G1", "cough": True}
    assert {one.kind for one in entry.facts} == {"temperature", "symptom.dry_cough"}
    assert problems(train, {"warmth": "34.5", "train": "G12345", "direction": "in"}) == {
        "warmth": "scenes.read.temperature", "train": "scenes.read.too_long",
        "cough": "scenes.read.missing_choice", "direction": "scenes.read.unknown_field",
    }  # fmt: skip


def test_what_was_entered_is_told_in_the_words_of_its_scene():
    forms = GateForms(Scenes.of([load_scene(TRAIN, "train.toml"), shipped().named("gate")]))
    told = forms.told("train", {"train": "G1", "cough": True})
    assert [(label.en, answers) for label, answers in told] == [
        ("Train", ["G1"]), ("Cough", [True]),
    ]  # fmt: skip
    [(_, [answer])] = forms.told("gate", {"direction": "in", "reason": None})
    assert answer.en == "In"
    assert forms.said("gone", "direction", "in").en == "in"
