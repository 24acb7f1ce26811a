"""Both languages have the same pages with the same headings, the navigation lists them all, what
they point to is there, and decisions are numbered and name enforcers that exist."""

import re
from pathlib import Path

import pytest
import yaml
from tests.lib.docs import DOCS, ENDINGS, ROOT, both, headings, names, pages, tables, text_of

from yimatong.doors.packs import cases
from yimatong.kernel.words import Language
from yimatong.policy.cases import load_cases

DECISIONS = [page for page in pages() if page.startswith("decisions/")]
LEADS = {
    "zh": ["决定时间", "问题。", "做法。", "理由。", "代价。", "由什么保证。"],
    "en": [
        "Decided",
        "The question.",
        "What we do.",
        "Why.",
        "What it costs.",
        "What enforces it.",
    ],
}
OUTSIDE = ["README.md", "README.en.md", "GLOSSARY.md", "CHANGELOG.md"]


@pytest.mark.parametrize("page", pages())
def test_both_languages_have_the_same_headings(page):
    levels = {
        language: [level for level, _ in headings(text_of(page, language))] for language in ENDINGS
    }
    assert levels["zh"] == levels["en"]
    assert levels["zh"][0] == 1
    assert levels["zh"].count(1) == 1


@pytest.mark.parametrize("page", pages())
def test_chinese_is_chinese_and_english_english(page):
    assert re.search(r"[\u4e00-\u9fff]", headings(text_of(page, "zh"))[0][1])
    assert not re.search(r"[\u4e00-\u9fff]", headings(text_of(page, "en"))[0][1])


def test_the_navigation_lists_every_page():
    nav = yaml.safe_load(Path(ROOT, "mkdocs.yml").read_text("utf-8"))["nav"]
    listed = re.findall(r"[\w./-]+(?=\.md)", str(nav))
    assert sorted(listed) == sorted(pages())


@both
@pytest.mark.parametrize("page", DECISIONS)
def test_a_decision_has_its_parts_in_their_order(page, language):
    text = text_of(page, language)
    assert re.findall(r"^\*\*(.+?)\*\*", text, flags=re.MULTILINE) == LEADS[language]
    assert headings(text)[0][1].startswith(f"{page[10:14]} · ")


def test_decisions_are_numbered_without_a_gap():
    assert [page[10:14] for page in DECISIONS] == [f"{n:04}" for n in range(1, len(DECISIONS) + 1)]


@both
@pytest.mark.parametrize("page", DECISIONS)
def test_what_enforces_a_decision_is_there(page, language):
    enforced = text_of(page, language).split(f"**{LEADS[language][-1]}**")[1]
    files = [name for name in names(enforced) if re.search(r"/|^\.", name)]
    assert files
    assert [file for file in files if not Path(ROOT, file).exists()] == []


@both
def test_files_that_pages_name_are_there(language):
    for page in pages():
        for name in names(text_of(page, language)):
            if re.fullmatch(r"(src|tests|bench|tools|examples)/[a-z0-9_./-]+", name):
                assert Path(ROOT, name).exists(), (page, name)


@both
def test_every_case_that_a_reading_is_fixed_by_is_a_shipped_one(language: Language):
    known = {
        case.says.said_in(language)
        for name, text in cases().items()
        for case in load_cases(text, name)
    }
    readings = [
        row for table in tables(text_of("explanation/five-editions", language)) for row in table
    ]
    fixed = {name for row in readings for name in names(row[2])}
    assert len(fixed) > 30
    assert fixed <= known


@pytest.mark.parametrize("file", OUTSIDE)
def test_what_the_files_at_the_top_point_to_is_there(file):
    text = Path(ROOT, file).read_text("utf-8")
    targets = re.findall(r"\]\(([^)#:]+)\)|<img src=\"([^\"]+)\"", text)
    assert [target for target in map("".join, targets) if not Path(ROOT, target).exists()] == []


def test_every_picture_is_used():
    used = "".join(path.read_text("utf-8") for path in (*DOCS.rglob("*.md"), *ROOT.glob("*.md")))
    for picture in (DOCS / "img").iterdir():
        assert f"img/{picture.name.replace('.en.', '.')}" in used
