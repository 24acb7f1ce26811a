"""What is typed into a scene's form, and what it comes to."""

from datetime import date
from decimal import Decimal

import pytest

from yimatong.doors.rooms import catalogue
from yimatong.doors.scenes import shipped
from yimatong.kernel.errors import BadInput
from yimatong.kernel.words import Words
from yimatong.scenes import effect_of, flat, read, telling
from yimatong.scenes.meaning import Said
from yimatong.scenes.reading import Subject

ADULT = Subject(date(2026, 3, 2), 30)
VISIT = {
    "temperature": "38.2", "residence": "试验路 1 号", "symptoms": ["fever", "dry_cough"],
    "risk_area": "no", "fever_contact": True, "opinion": "suspected",
}  # fmt: skip
SALE = {
    "temperature": "36.5", "residence": "试验路 1 号", "risk_area": "no", "fever_contact": "no",
    "medicines": [{"name": "LHQW", "quantity": 2}, {"name": "枇杷膏", "quantity": "1"}],
}  # fmt: skip


def outcome(scene_id, body, form_name="record", subject=ADULT):
    scene = shipped().named(scene_id)
    form = scene.forms[form_name]
    return effect_of(scene, form, read(scene, form, flat(body), subject))


def problems(scene_id, body, form_name="record", subject=ADULT):
    with pytest.raises(BadInput) as caught:
        outcome(scene_id, body, form_name, subject)
    return {one.where.field: one.code.removeprefix("scenes.read.") for one in caught.value.problems}


@pytest.mark.requirement("HI-11")
def test_a_visit_becomes_the_facts_that_the_policies_know():
    kinds = {(one.kind, one.value) for one in outcome("fever-clinic", VISIT).facts}
    assert kinds == {
        ("clinic.fever_visit", None), ("temperature", Decimal("38.2")), ("symptom.fever", None),
        ("symptom.dry_cough", None), ("exposure.fever_patient", None), ("case.suspected", None),
    }  # fmt: skip


@pytest.mark.requirement("HI-11")
def test_a_guardian_is_asked_for_under_fourteen_only():
    assert problems("fever-clinic", VISIT, subject=Subject(date(2026, 3, 2), 13)) == {
        "guardian": "missing_text"
    }
    outcome("fever-clinic", VISIT, subject=Subject(date(2026, 3, 2), 14))
    outcome("fever-clinic", VISIT, subject=Subject(date(2026, 3, 2)))


def test_a_follow_up_ends_or_withdraws_and_says_nothing_new():
    ended = outcome("fever-clinic", {"temperature": "36.5", "outcome": "recovered"}, "follow_up")
    assert [one.kind for one in ended.facts] == ["temperature"]
    assert "case.suspected" in ended.ends
    excluded = outcome("fever-clinic", {"temperature": "36.5", "outcome": "excluded"}, "follow_up")
    assert ("case.fever" in excluded.withdraws, excluded.ends) == (True, ())


@pytest.mark.requirement("HI-13")
def test_medicine_of_the_list_counts_and_other_medicine_does_not():
    bought = outcome("pharmacy", SALE)
    medicines = [one.kind for one in bought.facts if one.kind.startswith("pharmacy.")]
    assert medicines == ["pharmacy.fever_medicine", "pharmacy.cough_medicine"]
    assert bought.theirs == ()


@pytest.mark.requirement("HI-13")
def test_medicine_for_a_patient_is_the_patients_and_the_temperature_the_buyers():
    bought = outcome("pharmacy", {**SALE, "patient": "13900000001"})
    assert bought.facts == (Said("temperature", Decimal("36.5")),)
    assert {one.kind for one in bought.theirs} == {
        "pharmacy.fever_medicine",
        "pharmacy.cough_medicine",
    }


@pytest.mark.parametrize(
    ("typed", "problem"),
    [("98.6", "fahrenheit"), ("365", "temperature"), ("36.55", "temperature"),
     ("烧", "temperature"), ("NaN", "temperature"), ("33.9", "temperature"), ("", "missing_text")],
)  # fmt: skip
def test_a_temperature_in_another_unit_or_none_is_told(typed, problem):
    assert problems("fever-clinic", {**VISIT, "temperature": typed}) == {"temperature": problem}


@pytest.mark.parametrize("typed", ["36.5", "36,5", "36.5℃", "３６．５"])
def test_a_temperature_may_be_typed_as_people_do(typed):
    scene = shipped().named("gate")
    body = {"temperature": typed, "direction": "in", "reason": "home"}
    assert read(scene, scene.first, flat(body), ADULT)["temperature"] == "36.5"


def test_every_row_is_told_by_its_own_name_and_empty_rows_are_none():
    rows = [{"name": "", "quantity": ""}, {"name": "布洛芬"}, {"name": "感冒灵", "quantity": "0"}]
    assert problems("pharmacy", {**SALE, "medicines": rows}) == {
        "medicines.1.quantity": "missing_text",
        "medicines.2.quantity": "whole",
    }
    assert problems("pharmacy", {**SALE, "medicines": rows[:1]}) == {"medicines": "missing_rows"}
    many = [{"name": "布洛芬", "quantity": 1}] * 11
    assert problems("pharmacy", {**SALE, "medicines": many}) == {"medicines": "too_many_rows"}


@pytest.mark.requirement("HI-13")
@pytest.mark.parametrize("typed", ["0", "1.5", "10000", "-1", "两盒", "=1+1", "1e2", "NaN", "100"])
def test_a_quantity_that_is_none_is_told_with_its_row(typed):
    rows = [{"name": "布洛芬", "quantity": 1}, {"name": "", "quantity": ""},
            {"name": "<b>糖</b>", "quantity": typed}]  # fmt: skip
    with pytest.raises(BadInput) as caught:
        outcome("pharmacy", {**SALE, "medicines": rows})
    [problem] = caught.value.problems
    assert (problem.code, problem.where.field) == ("scenes.read.whole", "medicines.2.quantity")
    assert problem.where.row == 3


@pytest.mark.requirement("HI-13")
@pytest.mark.parametrize("typed", ["1", "99", "２", " 3 ", "4.0"])
def test_a_quantity_may_be_typed_as_people_do(typed):
    outcome("pharmacy", {**SALE, "medicines": [{"name": "布洛芬", "quantity": typed}]})


def test_a_name_that_two_share_is_told_with_both():
    rows = [{"name": "kk", "quantity": 1}]
    with pytest.raises(BadInput) as caught:
        outcome("pharmacy", {**SALE, "medicines": rows})
    [problem] = caught.value.problems
    assert problem.code == "scenes.read.several"
    assert problem.params["names"] == Words("复方氨酚烷胺、克咳", "复方氨酚烷胺, 克咳")


@pytest.mark.requirement("HI-13")
def test_what_was_bought_is_said_in_words():
    scene = shipped().named("pharmacy")
    values = read(scene, scene.first, flat(SALE), ADULT)
    said = dict(telling.told(scene, "record", values, catalogue(), "en"))
    assert said["Medicines"] == "连花清瘟 (Lianhua Qingwen) × 2, 枇杷膏 × 1"
    gone = dict(telling.told(None, "record", values, catalogue(), "zh"))
    assert gone["medicines"] == "连花清瘟 × 2、枇杷膏 × 1"


def test_what_the_form_has_not_is_refused():
    body = {**VISIT, "colour": "green", "opinion": "red", "residence": "长" * 201}
    assert problems("fever-clinic", body) == {
        "colour": "unknown_field",
        "opinion": "choice",
        "residence": "too_long",
    }


@pytest.mark.requirement("HI-12")
def test_days_lie_within_their_limits():
    body = {
        "age": "40", "case_type": "contact", "address": "试验路 1 号", "began": "2026-03-03",
        "onset": "2025-01-01",
    }  # fmt: skip
    assert problems("observation", body, "open") == {"began": "day", "onset": "day"}
    assert outcome("observation", {**body, "began": "2026-03-02", "onset": ""}, "open").facts == ()
