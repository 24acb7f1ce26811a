"""Provinces and prefectures by their codes of GB/T 2260, read from `divisions.csv`."""

import csv
from collections.abc import Mapping
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
    """Every division there is, by code, in order of code."""
    text = resources.files("yimatong.places").joinpath("divisions.csv").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    rows = list(csv.DictReader(lines))
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


def division(code: str) -> Division:
    """The division of a code; BadInput where the table has none."""
    try:
        return divisions()[code]
    except KeyError:
        raise BadInput.of("places.unknown_division", Where(field="division"), found=code) from None
