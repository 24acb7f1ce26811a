"""A fact: something recorded about one person. Facts are appended, never changed.

There is no colour in it, and no operation anywhere that writes one.
"""

import difflib
import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

import msgspec

from yimatong.kernel.errors import BadInput, Where
from yimatong.policy.kinds import KINDS, SOURCES, Kind
from yimatong.policy.times import read_moment

__all__ = ["FIELDS", "KINDS", "SOURCES", "Fact", "Kind", "read_fact"]


class Fact(msgspec.Struct, frozen=True, gc=False):
    """One recorded fact; every moment is aware, and in Asia/Shanghai where it was read here."""

    id: str
    person: str
    kind: str
    observed_at: datetime
    ended_at: datetime | None
    recorded_at: datetime
    source: str
    value: Decimal | None = None
    region: str | None = None
    retracts: str | None = None


FIELDS = Fact.__struct_fields__
_FIELDS = frozenset(FIELDS)
_SOURCES = {source: source for source in SOURCES}
"""Each text once in memory, however many facts there are."""
_DIVISION = re.compile(r"\d{6}", re.ASCII)
_COLDEST, _HOTTEST = Decimal(20), Decimal(50)


def read_fact(mapping: Mapping[str, object], line: int) -> Fact:
    """A fact from one object of a file; absent and null are the same.

    `line` names it where it has no id, and is named in the error. BadInput says the field,
    what was found and what is allowed.
    """
    if not _FIELDS.issuperset(mapping):
        _refuse_unknown_field(mapping, line)
    kind = _kind(mapping, line)
    observed_at = read_moment(
        _text(mapping, "observed_at", line), Where(line=line, field="observed_at")
    )
    return Fact(
        id=_optional_text(mapping, "id", line) or f"line:{line}",
        person=_text(mapping, "person", line),
        kind=kind.name,
        observed_at=observed_at,
        ended_at=_ended_at(mapping, kind, observed_at, line),
        recorded_at=_recorded_at(mapping, observed_at, line),
        source=_source(mapping, line),
        value=_value(mapping, kind, line),
        region=_region(mapping, kind, line),
        retracts=_optional_text(mapping, "retracts", line),
    )


def _refuse_unknown_field(mapping: Mapping[str, object], line: int) -> None:
    name = next(name for name in mapping if name not in _FIELDS)
    raise BadInput.of(
        "policy.fact.unknown_field",
        Where(line=line, field=name),
        allowed=", ".join(FIELDS),
        nearest=nearest(name, FIELDS),
    )


def nearest(found: str, allowed: tuple[str, ...] | list[str]) -> str:
    """What was probably meant, or all that is allowed."""
    return ", ".join(difflib.get_close_matches(found, allowed, n=1, cutoff=0.6) or allowed)


def _optional_text(mapping: Mapping[str, object], field: str, line: int) -> str | None:
    found = mapping.get(field)
    if found is None:
        return None
    if not isinstance(found, str) or not found:
        raise BadInput.of("policy.fact.not_text", Where(line=line, field=field), found=found)
    return found


def _text(mapping: Mapping[str, object], field: str, line: int) -> str:
    found = _optional_text(mapping, field, line)
    if found is None:
        raise BadInput.of("policy.fact.missing", Where(line=line, field=field))
    return found


def _kind(mapping: Mapping[str, object], line: int) -> Kind:
    found = _text(mapping, "kind", line)
    kind = KINDS.get(found)
    if kind is None:
        raise BadInput.of(
            "policy.fact.unknown_kind",
            Where(line=line, field="kind"),
            found=found,
            nearest=nearest(found, list(KINDS)),
        )
    return kind


def _source(mapping: Mapping[str, object], line: int) -> str:
    found = _text(mapping, "source", line)
    source = _SOURCES.get(found)
    if source is None:
        raise BadInput.of(
            "policy.fact.unknown_source",
            Where(line=line, field="source"),
            found=found,
            allowed=", ".join(SOURCES),
        )
    return source


def _ended_at(
    mapping: Mapping[str, object], kind: Kind, observed_at: datetime, line: int
) -> datetime | None:
    found = _optional_text(mapping, "ended_at", line)
    if found is None:
        return None
    where = Where(line=line, field="ended_at")
    if not kind.lasting:
        raise BadInput.of("policy.fact.does_not_last", where, kind=kind.name)
    ended_at = read_moment(found, where, as_end=True)
    if ended_at < observed_at:
        raise BadInput.of(
            "policy.fact.ended_before_observed",
            where,
            found=found,
            observed=mapping["observed_at"],
        )
    return ended_at


def _recorded_at(mapping: Mapping[str, object], observed_at: datetime, line: int) -> datetime:
    found = _optional_text(mapping, "recorded_at", line)
    if found is None:
        return observed_at
    where = Where(line=line, field="recorded_at")
    recorded_at = read_moment(found, where)
    if recorded_at < observed_at:
        raise BadInput.of(
            "policy.fact.recorded_before_observed",
            where,
            found=found,
            observed=mapping["observed_at"],
        )
    return recorded_at


def _value(mapping: Mapping[str, object], kind: Kind, line: int) -> Decimal | None:
    found = mapping.get("value")
    where = Where(line=line, field="value")
    if not kind.has_value:
        if found is None:
            return None
        raise BadInput.of("policy.fact.has_no_value", where, kind=kind.name)
    if found is None:
        raise BadInput.of("policy.fact.missing", where)
    value = _decimal(found)
    if value is None or not _COLDEST <= value <= _HOTTEST or value * 10 % 1:
        raise BadInput.of("policy.fact.not_a_temperature", where, found=found)
    return value


def _decimal(found: object) -> Decimal | None:
    """The number as it was written; a float by its shortest form, so 37.3 stays 37.3."""
    if isinstance(found, bool) or not isinstance(found, str | int | float | Decimal):
        return None
    try:
        value = Decimal(str(found))
    except (InvalidOperation, ValueError):
        return None
    return value if value.is_finite() else None


def _region(mapping: Mapping[str, object], kind: Kind, line: int) -> str | None:
    found = _optional_text(mapping, "region", line)
    if found is None:
        return None
    where = Where(line=line, field="region")
    if not kind.has_region:
        raise BadInput.of("policy.fact.has_no_region", where, kind=kind.name)
    if not _DIVISION.fullmatch(found):
        raise BadInput.of("policy.fact.not_a_division", where, found=found)
    return found
