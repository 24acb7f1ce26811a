"""The page on the policy language knows every key that the loader knows, and no other."""

import re
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from tests.lib.docs import blocks, both, column, names, sections, tables, text_of

import yimatong.policy
from yimatong.doors.packs import library
from yimatong.kernel.errors import BadInput
from yimatong.policy import model
from yimatong.policy.cases import load_cases
from yimatong.policy.grammar import read_edge, read_patterns, read_span
from yimatong.policy.load import load_policy

PAGE = "reference/policy-language"
FILES = [
    path.read_text("utf-8")
    for path in (Path(yimatong.policy.__file__).parent / "packs").rglob("*.toml")
]
STRANGE = "qqqqqq"
READERS = (lambda phrase: read_patterns(["case.*", phrase]), read_edge, read_span)
"""By the order in which the page tells its phrases: facts, moments, spans."""


@cache
def allowed() -> dict[str, set[str]]:
    """Which keys the loader says are allowed, by table: it is asked with one that is not."""
    found: dict[str, set[str]] = {}
    for text in FILES:
        asked = re.sub(r"^(\[.+\])$", rf"\1\n{STRANGE} = 1", text, flags=re.MULTILINE)
        with pytest.raises(BadInput) as told:
            (load_cases if "[[case]]" in text else load_policy)(f"{STRANGE} = 1\n{asked}", "x")
        for problem in told.value.problems:
            assert problem.code == "policy.file.unknown_key"
            place = re.sub(r"\[\d+\]|\.?" + STRANGE, "", problem.where.key or "")
            found.setdefault(place, set()).update(str(problem.params["allowed"]).split(", "))
    return found


def told(language: str) -> dict[str, str]:
    """The page's sections by the table that each is about; the head of a file is `""`."""
    parts = list(sections(text_of(PAGE, language), 2).items())[1:]
    about = {title.strip("`[]"): text for title, text in parts[2:-1]}
    return {"phrases": parts[0][1], "": parts[1][1], **about, "case": parts[-1][1]}


@both
@pytest.mark.parametrize(
    "table",
    ["", "notice", "rule", "review", "review.word", "lapse", "checkin", "admission", "case"],
)
def test_every_key_of_a_table_is_told_and_no_other(language, table):
    keys = allowed()[table] - {"case"}
    assert set(column(tables(told(language)[table])[0])) == keys


@both
def test_so_are_states_places_and_recognition(language):
    states = {state for policy in library().policies() for state in policy.states}
    assert set(column(tables(told(language)["states"])[0])) == states
    assert set(column(tables(told(language)["admission.…"])[0])) == allowed()["admission.public"]
    assert set(column(tables(told(language)["recognition"])[0])) == allowed()["recognition"]


def test_no_table_of_a_file_is_left_out():
    pairs = {table for table, keys in allowed().items() if keys == {"zh", "en"}}
    known = set(told("en")) | {f"admission.{place}" for place in get_args(model.Place)}
    assert set(allowed()) - pairs <= known


@both
def test_every_choice_of_a_closed_list_is_told(language):
    words = set(names(text_of(PAGE, language)))
    for choices in (
        *(model.Issuing, model.RuleColour, model.Answer, model.Warmth, model.ForeignColour),
        *(model.Colour, model.Place, model.Operator),
    ):
        assert set(get_args(choices)) <= words


@both
def test_every_phrase_is_of_the_grammar(language):
    rows = tables(told(language)["phrases"])[0]
    wheres = list(dict.fromkeys(row[0] for row in rows))
    for where, phrase, _ in rows:
        assert READERS[wheres.index(where)](names(phrase)[0])


@both
def test_every_snippet_stands_in_a_shipped_file(language):
    snippets = blocks(text_of(PAGE, language), "toml")
    assert len(snippets) > 8
    for snippet in snippets:
        assert any(snippet in text for text in FILES), snippet
