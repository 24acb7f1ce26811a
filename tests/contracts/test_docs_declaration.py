"""The page on the forms: every question, and the fact that the code makes of its answer."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import get_args

import msgspec
import pytest
from tests.lib.docs import both, column, names, sections, tables, text_of

from yimatong.declarations.checks import Ground
from yimatong.declarations.facts import checked_in, declared, returned, went_to_work
from yimatong.declarations.model import (
    PERSONAL,
    CheckInSheet,
    Condition,
    DeclarationSheet,
    ReturnSheet,
    Sheet,
    WorkSheet,
)
from yimatong.declarations.questions import DECLARED, LATELY, RETURNING, WORKING
from yimatong.doors.packs import library
from yimatong.doors.rooms import catalogue
from yimatong.kernel.clock import SHANGHAI

NOW = datetime(2020, 4, 20, 9, tzinfo=SHANGHAI)
LAST_WEEK = date(2020, 4, 13)
PAGE = "reference/declaration"


def told(language: str) -> list[list[list[list[str]]]]:
    """The tables of each section: on every form, declaration, check-in, return, return to work."""
    return [tables(text) for text in list(sections(text_of(PAGE, language), 2).values())[1:6]]


def ground(region: str = "hubei") -> Ground:
    return Ground(NOW, library().named(region, NOW))


def fields(sheet: type[msgspec.Struct]) -> list[str]:
    return [field.name for field in msgspec.structs.fields(sheet)]


@both
def test_every_field_of_each_form_is_told(language):
    common, *forms = told(language)
    all_have = fields(Sheet)
    assert sorted(column(common[0])) == sorted(all_have)
    for form, sheet in zip(
        forms, (DeclarationSheet, CheckInSheet, ReturnSheet, WorkSheet), strict=True
    ):
        assert sorted([*column(form[0]), *all_have]) == sorted(fields(sheet))


@both
def test_personal_texts_are_told_as_sealed_and_nothing_else_is(language):
    sealed = {"zh": "封存", "en": "sealed"}[language]
    rows = [row for part in told(language) for row in part[0]]
    assert {column([row])[0] for row in rows if sealed in row[2]} == set(PERSONAL)


@both
@pytest.mark.parametrize("question", DECLARED, ids=lambda question: question.name)
def test_a_yes_in_a_declaration_becomes_the_fact_that_is_told(language, question):
    rows = {column([row])[0]: row for row in told(language)[1][0]}
    answers = {question.name: True, f"{question.name}_day": LAST_WEEK}
    if question.region:
        answers[f"{question.name}_region"] = "420000"
    [fact] = declared(DeclarationSheet(**answers), ground())[1:]
    assert names(rows[question.name][2]) == [fact.kind]
    assert str(question.days) in rows[question.name][1]


@both
@pytest.mark.parametrize(
    ("question", "section", "sheet", "becomes"),
    [(one, 3, ReturnSheet, returned) for one in RETURNING]
    + [(one, 4, WorkSheet, went_to_work) for one in WORKING],
    ids=lambda part: getattr(part, "name", ""),
)
def test_a_yes_in_a_return_becomes_the_fact_that_is_told(
    language, question, section, sheet, becomes
):
    rows = {column([row])[0]: row for row in told(language)[section][0]}
    answers = {question.name: True, f"{question.name}_day": LAST_WEEK, "origin": "420000"}
    [fact] = becomes(sheet(**answers), ground())
    assert names(rows[question.name][2]) == [fact.kind]


@both
@pytest.mark.parametrize("question", LATELY, ids=lambda question: question.name)
def test_a_tick_in_a_check_in_becomes_the_fact_that_is_told(language, question):
    rows = {column([row])[0]: row for row in told(language)[2][0]}
    answers = {"lately": [question.name], f"{question.name}_day": LAST_WEEK}
    day, fact = checked_in(CheckInSheet(**answers), ground())
    assert (day.kind, names(rows[f"{question.name}_day"][2])) == ("checkin.normal", [fact.kind])


@both
def test_every_condition_has_its_word_and_its_fact(language):
    conditions = told(language)[2][1]
    assert column(conditions) == [one for one in get_args(Condition) if one != "none"]
    for name, word, becomes in conditions:
        condition = name.strip("`")
        assert word == catalogue().say(f"declarations.condition.{condition}", language)
        facts = checked_in(CheckInSheet(conditions=[condition]), ground())
        assert [fact.kind for fact in facts] == ["checkin.abnormal", *names(becomes)]


@both
def test_symptoms_arrivals_and_temperature_become_the_facts_that_are_told(language):
    common, declaration, *_ = told(language)
    rows = {column([row])[0]: row for row in [*common[0], *declaration[0]]}
    sick = DeclarationSheet(
        symptoms=["fever", "dry_cough", "fatigue"], symptoms_day=LAST_WEEK, temperature=Decimal(37)
    )
    *symptoms, measured = declared(sick, ground())[1:]
    assert [fact.kind for fact in symptoms] == names(rows["symptoms"][2])
    assert names(rows["temperature"][2]) == [measured.kind]
    came = {"kind": "arriving", "arrived_at": NOW - timedelta(days=1)}
    kinds = [
        declared(DeclarationSheet(origin=origin, **came), ground())[1].kind
        for origin in ("110000", "abroad")
    ]
    assert kinds == [name for name in names(rows["origin"][2]) if "." in name]


def test_where_the_person_asks_for_a_review_a_declaration_is_the_application():
    kinds = {
        policy.region: declared(DeclarationSheet(), ground(policy.region))[-1].kind
        for policy in library().policies()
    }
    assert [region for region, kind in kinds.items() if kind == "review.requested"] == ["shandong"]
    assert set(kinds.values()) == {"declaration", "review.requested"}
