"""Divisions by their codes of GB/T 2260, read from CSV files: provinces and prefectures, counties
below them, and the townships of one province."""

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from types import MappingProxyType

import msgspec

from yimatong.kernel.errors import BadInput, Where
from yimatong.kernel.words import Words


class Division(msgspec.Struct, frozen=True):
    """`code` has six digits; `region` is the province's name among policies."""

    code: str
    words: Words
    region: str


@cache
def divisions() -> Mapping[str, Division]:
    """Every province and prefecture there is, by code, in order of code."""
    rows = table("divisions.csv")
    regions = {row["code"][:2]: row["region"] for row in rows if row["region"]}
    found = (
        Division(row["code"], Words(row["zh"], row["en"]), regions[row["code"][:2]]) for row in rows
    )
    return MappingProxyType({division.code: division for division in found})


@cache
def provinces() -> Mapping[str, Words]:
    """The provinces by the names that policies have for them, in order of code."""
    found = (one for one in divisions().values() if one.code.endswith("0000"))
    return MappingProxyType({one.region: one.words for one in found})


@cache
def counties(prefecture: str) -> Sequence[Division]:
    """What lies below a prefecture; the prefecture itself where it has nothing below it, or where
    the table knows nothing. BadInput where there is no such prefecture."""
    above = division(prefecture)
    stem = prefecture[:4] if prefecture.endswith("00") else prefecture
    found = [one for code, one in _counties().items() if code.startswith(stem)]
    return found or [above]


@cache
def townships(code: str) -> Sequence[str]:
    """The townships of a county; empty where the table knows none."""
    return [row["zh"] for row in table("townships.csv") if row["division"] == code]


def division(code: str) -> Division:
    """The division of a code; BadInput where the tables have none."""
    found = divisions().get(code) or _counties().get(code)
    if found is None:
        raise BadInput.of("places.unknown_division", Where(field="division"), found=code[:20])
    return found


def full(code: str) -> Sequence[Division]:
    """The division with those above it, the province first. BadInput as `division`."""
    own = division(code)
    above = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00"))
    return [*(divisions()[one] for one in above if one in divisions() and one != code), own]


def within(area: str | None, code: str) -> bool:
    """Whether a division lies within an area: 430000 is a province, 430100 a prefecture, any other
    code itself; None is everywhere."""
    return code.startswith(stem_of(area))


def stem_of(area: str | None) -> str:
    """What the codes of all divisions within an area begin with."""
    if area is None:
        return ""
    return area[:2] if area.endswith("0000") else area[:4] if area.endswith("00") else area


@cache
def _counties() -> Mapping[str, Division]:
    regions = {code[:2]: one.region for code, one in divisions().items()}
    found = (
        Division(row["code"], Words(row["zh"], row["en"]), regions[row["code"][:2]])
        for row in table("counties.csv")
    )
    return MappingProxyType({division.code: division for division in found})


def table(name: str) -> Sequence[Mapping[str, str]]:
    """The lines of a CSV file of this room, but for what it says of itself."""
    text = resources.files("yimatong.places").joinpath(name).read_text("utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
