"""Reads the fields of a form: each type with the keys that it takes, and no others."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import get_args

import msgspec

from yimatong.policy.grammar import UnreadableError
from yimatong.policy.tables import Table
from yimatong.scenes.load_means import load_facts, load_means
from yimatong.scenes.model import Field, FieldType, Known, Limits, Option, Outcome

RESERVED = (
    *("ticket", "once", "form", "code", "short", "picture", "present", "at", "vehicle", "more"),
    *("less", "seen", "other", "seconds", "waiting"),
)
"""Names that the page around the form has for its own."""
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_BETWEEN = re.compile(r"(\d{1,6}(?:\.\d)?) to (\d{1,6}(?:\.\d)?)", re.ASCII)
_KNOWN: dict[FieldType, tuple[Known, ...]] = {"text": ("residence",), "whole": ("age",)}
_NO_LIMITS = (Decimal(0), Decimal(0))
BODY = "34.0 to 43.0"
"""℃ that a living person can have; 390 is a missing decimal point, 98.6 another unit."""
_LIVING = (Decimal(34), Decimal(43))
MOST_LONG, MOST_ROWS, MOST_DAYS = 500, 30, 3660


def load_fields(
    table: Table, source: str, *, has_list: bool, within: bool = False
) -> tuple[Field, ...]:
    """The series `field` of a form, or of rows (`within`)."""
    tables = table.tables("field")
    if not tables:
        table.complain("scenes.file.no_fields", "field")
    fields = tuple(_field(one, source, has_list=has_list, within=within) for one in tables)
    seen: set[str] = set()
    for field, one in zip(fields, tables, strict=True):
        if field.id in seen or field.id in RESERVED:
            one.complain("scenes.file.repeated_field", "id", found=field.id)
        seen.add(field.id)
    return fields


def _field(table: Table, source: str, *, has_list: bool, within: bool) -> Field:
    kinds: Sequence[FieldType] = get_args(FieldType)
    type_ = table.choice("type", [one for one in kinds if not (within and one == "rows")])
    if type_ == "listed" and not has_list:
        table.complain("scenes.file.no_list", "type")
    field = Field(
        id=_id(table),
        type=type_,
        label=table.words("label"),
        hint=table.words("hint") if table.has("hint") else None,
        required=table.flag("required") if table.has("required") else True,
        remembered=type_ == "choice" and table.has("remembered") and table.flag("remembered"),
        younger_than=table.whole_number("younger_than") if table.has("younger_than") else None,
        known=_known(table, type_),
        theirs=_theirs(table, source, type_),
        limits=_limits(table, type_),
        options=_options(table, source, type_),
        means=_means(table, source, type_),
        fields=load_fields(table, source, has_list=has_list, within=True)
        if type_ == "rows"
        else (),
    )
    table.close()
    return field


def _id(table: Table) -> str:
    found = table.text("id")
    if found and not _NAME.fullmatch(found):
        table.complain("scenes.file.not_a_name", "id", found=found)
    return found


def _known(table: Table, type_: FieldType) -> Known | None:
    if type_ not in _KNOWN or not table.has("known"):
        return None
    return table.choice("known", _KNOWN[type_])


def _theirs(table: Table, source: str, type_: FieldType) -> bool:
    """Whose it is, somebody is asked about medicine alone: the words of the question say so."""
    theirs = table.has("theirs") and table.flag("theirs")
    if theirs and (source != "pharmacy" or type_ not in ("listed", "rows")):
        table.complain("scenes.file.not_theirs", "theirs")
    return theirs


def _limits(table: Table, type_: FieldType) -> Limits:
    limits = Limits()
    if type_ in ("text", "listed") and table.has("longest"):
        return msgspec.structs.replace(limits, longest=_count(table, "longest", MOST_LONG))
    if type_ in ("temperature", "whole"):
        return _figures(table, type_)
    if type_ == "rows" and table.has("most"):
        return msgspec.structs.replace(limits, most=_count(table, "most", MOST_ROWS))
    if type_ == "day" and table.has("days_back"):
        return msgspec.structs.replace(limits, days_back=_count(table, "days_back", MOST_DAYS))
    return limits


def _figures(table: Table, type_: FieldType) -> Limits:
    if table.has("between"):
        least, greatest = table.phrase(
            "between", _read_between, _NO_LIMITS, "scenes.file.not_between"
        )
    elif type_ == "temperature":
        least, greatest = _read_between(BODY)
    else:
        return Limits()
    if type_ == "temperature" and not _LIVING[0] <= least <= greatest <= _LIVING[1]:
        table.complain("scenes.file.no_body", "between", allowed=BODY)
    return Limits(least=least, greatest=greatest)


def _read_between(phrase: str) -> tuple[Decimal, Decimal]:
    match = _BETWEEN.fullmatch(phrase)
    if match is None or Decimal(match[1]) > Decimal(match[2]):
        raise UnreadableError(phrase)
    return Decimal(match[1]), Decimal(match[2])


def _count(table: Table, key: str, most: int) -> int:
    found = table.whole_number(key)
    if found > most:
        table.complain("scenes.file.too_many", key, found=found, most=most)
    return found


def _options(table: Table, source: str, type_: FieldType) -> tuple[Option, ...]:
    if type_ not in ("choice", "choices"):
        return ()
    tables = table.tables("option")
    options = tuple(_option(one, source) for one in tables)
    if len({one.id for one in options}) < max(2, len(options)):
        table.complain("scenes.file.few_options", "option")
    return options


def _option(table: Table, source: str) -> Option:
    option = Option(_id(table), table.words("label"), load_means(table, source))
    table.close()
    return option


def _means(table: Table, source: str, type_: FieldType) -> Outcome:
    """Facts of the answer itself. A choice's are those of its options."""
    if type_ in ("temperature", "yes_no", "rows"):
        return load_facts(table, source, value=type_ == "temperature")
    return Outcome()
