"""What a fact must be like to be recorded.

Who may say which kind is the contract's table (`policy.kinds`). Two sources have no row in it:
`appeal` and `exchange` may withdraw any fact, and record a fact only in the stead of one of
the same kind that it retracts. So neither can bring up something that nobody observed.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from yimatong.kernel.clock import rfc3339
from yimatong.kernel.errors import BadInput, Where
from yimatong.ledger.model import NewFact
from yimatong.policy.kinds import KINDS, Kind

TOLERANCE = timedelta(minutes=5)
"""How far ahead a device's clock may be (faults.md, 8)."""

COLDEST, HOTTEST = Decimal(30), Decimal(45)
"""℃ a living person can have; outside it is a slip of the pen or a broken thermometer."""

CORRECTING_SOURCES = ("appeal", "exchange")
_DIVISION = re.compile(r"\d{6}", re.ASCII)


def check(fact: NewFact, now: datetime) -> None:
    """BadInput with the field, what was found and what is allowed."""
    kind = KINDS.get(fact.kind)
    if kind is None:
        raise BadInput.of("ledger.unknown_kind", Where(field="kind"), found=fact.kind)
    for rule in _RULES:
        rule(fact, kind, now)


def _source(fact: NewFact, kind: Kind, _now: datetime) -> None:
    corrects = fact.source in CORRECTING_SOURCES and fact.retracts is not None
    if fact.source not in kind.said_by and not corrects:
        raise BadInput.of(
            "ledger.not_said_by",
            Where(field="source"),
            found=fact.source,
            kind=kind.name,
            allowed=", ".join(kind.said_by),
        )


def _answered_for(fact: NewFact, _kind: Kind, _now: datetime) -> None:
    if (fact.recorder is None) == (fact.feed is None):
        raise BadInput.of("ledger.nobody_answers", Where(field="recorder"))


def _observed(fact: NewFact, _kind: Kind, now: datetime) -> None:
    if fact.observed_at > now + TOLERANCE:
        raise BadInput.of(
            "ledger.in_the_future",
            Where(field="observed_at"),
            found=rfc3339(fact.observed_at),
            now=rfc3339(now),
        )


def _ended(fact: NewFact, kind: Kind, _now: datetime) -> None:
    if fact.ended_at is None:
        return
    where = Where(field="ended_at")
    if not kind.lasting:
        raise BadInput.of("ledger.does_not_last", where, kind=kind.name)
    if fact.ended_at < fact.observed_at:
        raise BadInput.of(
            "ledger.ended_before_observed",
            where,
            found=rfc3339(fact.ended_at),
            observed=rfc3339(fact.observed_at),
        )


def _value(fact: NewFact, kind: Kind, _now: datetime) -> None:
    where = Where(field="value")
    if not kind.has_value:
        if fact.value is not None:
            raise BadInput.of("ledger.has_no_value", where, kind=kind.name)
    elif not _is_temperature(fact.value):
        raise BadInput.of("ledger.not_a_temperature", where, found=fact.value)


def _is_temperature(value: Decimal | None) -> bool:
    return value is not None and COLDEST <= value <= HOTTEST and not value * 10 % 1


def _region(fact: NewFact, kind: Kind, _now: datetime) -> None:
    if fact.region is None:
        return
    where = Where(field="region")
    if not kind.has_region:
        raise BadInput.of("ledger.has_no_region", where, kind=kind.name)
    if not _DIVISION.fullmatch(fact.region):
        raise BadInput.of("ledger.not_a_division", where, found=fact.region)


def _withdrawn(fact: NewFact, _kind: Kind, _now: datetime) -> None:
    if fact.kind == "withdrawn" and fact.retracts is None:
        raise BadInput.of("ledger.withdraws_nothing", Where(field="retracts"))


_RULES: tuple[Callable[[NewFact, Kind, datetime], None], ...] = (
    _source,
    _answered_for,
    _observed,
    _ended,
    _value,
    _region,
    _withdrawn,
)
