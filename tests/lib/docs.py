"""Reading the documentation as it stands in docs/: headings, sections, tables, blocks."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
ENDINGS = {"zh": ".md", "en": ".en.md"}
both = pytest.mark.parametrize("language", list(ENDINGS))
"""For a test of a page in each language."""
_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)


def text_of(page: str, language: str) -> str:
    """A page by its path without ending, `reference/codes`."""
    return (DOCS / f"{page}{ENDINGS[language]}").read_text("utf-8")


def pages() -> list[str]:
    """Every page there is, once for both languages."""
    found = sorted(DOCS.rglob("*.md"))
    return [
        path.relative_to(DOCS).as_posix().removesuffix(".md")
        for path in found
        if not path.name.endswith(ENDINGS["en"])
    ]


def blocks(text: str, kind: str) -> list[str]:
    """What stands between the fences of a kind."""
    return [content for name, content in _FENCED.findall(text) if name == kind]


def headings(text: str) -> list[tuple[int, str]]:
    """Level and title of each heading outside the fences."""
    return [(len(marks), title) for marks, title in _HEADING.findall(_FENCED.sub("", text))]


def sections(text: str, level: int) -> dict[str, str]:
    """The text under each heading of a level by its title; `""`: what stands before the first."""
    parts = re.split(rf"^{'#' * level} (.+)$", text, flags=re.MULTILINE)
    return dict(zip(["", *parts[1::2]], parts[0::2], strict=True))


def tables(text: str) -> list[list[list[str]]]:
    """The rows of each table, less its head, as cells."""
    found = re.findall(r"^\|.*\n\|[-| ]+\n((?:\|.*\n?)+)", text, flags=re.MULTILINE)
    return [[_cells(row) for row in rows.splitlines()] for rows in found]


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def names(cell: str) -> list[str]:
    """What stands in backticks."""
    return re.findall(r"`([^`\n]+)`", cell)


def column(rows: list[list[str]], place: int = 0) -> list[str]:
    """The first name in each row's cell."""
    return [names(row[place])[0] for row in rows]
