"""The ethnic groups a card may name.

Codes 01–56, 97 and 98 are those of GB/T 3304-1991, Roman spellings after it; 00 is ours, for
nationals of other countries, whom the standard does not number. The list is no rule of any
policy: no ethnic group reaches a colour.
"""

import csv
from collections.abc import Mapping
from importlib import resources
from types import MappingProxyType

from yimatong.kernel.errors import BadInput, Where
from yimatong.kernel.words import Words


def _read() -> dict[str, Words]:
    text = resources.files("yimatong.people").joinpath("ethnic_groups.csv").read_text("utf-8")
    return {row["code"]: Words(row["zh"], row["en"]) for row in csv.DictReader(text.splitlines())}


ETHNIC_GROUPS: Mapping[str, Words] = MappingProxyType(_read())


def check_ethnic_group(code: str) -> str:
    """The code; BadInput where it is none of the list."""
    if code not in ETHNIC_GROUPS:
        raise BadInput.of("people.ethnic_group.unknown", Where(field="ethnic_group"))
    return code
