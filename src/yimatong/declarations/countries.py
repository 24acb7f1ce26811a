"""The countries and regions abroad that one may come from, by their codes of ISO 3166-1."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from yimatong.kernel.words import LANGUAGES, Words


@cache
def countries() -> Mapping[str, Words]:
    """All of them by code, as `countries.csv` has them."""
    text = resources.files("yimatong.declarations").joinpath("countries.csv").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return MappingProxyType(
        {row["code"]: Words(row["zh"], row["en"]) for row in csv.DictReader(lines)}
    )


@cache
def _codes() -> Mapping[str, str]:
    named = {
        words.said_in(language).casefold(): code
        for code, words in countries().items()
        for language in LANGUAGES
    }
    return {**named, **{code.casefold(): code for code in countries()}}


def code_of(typed: str) -> str:
    """The code of a country that was typed by its name in either language, or by its code; what
    is none of them comes back as it was typed."""
    return _codes().get(typed.strip().casefold(), typed)
