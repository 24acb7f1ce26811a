"""The few phrases that stand in quotation marks in a policy file.

"case.*"   "but not case.fever"   "temperature >= 37.3"
"14 days"   "72 hours"   "2 calendar days"
"observed"   "end"   "14 days after observed"   "14 days after end"
"""

import re
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Literal, cast

from yimatong.policy.kinds import KINDS, kinds_matching
from yimatong.policy.model import Comparison, Edge, Operator, Pattern, Span

_PATTERN = re.compile(r"([a-z_.]+\*?)(?:\s*(>=|<=|>|<)\s*(\d{2}(?:\.\d)?))?", re.ASCII)
_BUT_NOT = re.compile(r"but not\s+(\S+)")
_SPAN = re.compile(r"([1-9]\d{0,3}) (hour|day|calendar day)s?", re.ASCII)
_EDGE = re.compile(r"(?:(.+) after )?(observed|end)")


class UnreadableError(ValueError):
    """The phrase is not of the grammar. Caught by the loader, which knows the place."""


class UnknownKindError(UnreadableError):
    """The phrase is well formed, but names no kind."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NothingLeftError(UnreadableError):
    """What is excepted leaves no kind."""


def read_patterns(phrases: Iterable[str]) -> tuple[Pattern, ...]:
    """The facts that some phrases mean together, less those after `but not`."""
    patterns: list[Pattern] = []
    excepted: set[str] = set()
    for phrase in phrases:
        if match := _BUT_NOT.fullmatch(phrase):
            excepted.update(_kinds(match[1]))
        else:
            patterns += _read_pattern(phrase)
    left = tuple(pattern for pattern in patterns if pattern.kind not in excepted)
    if (patterns or excepted) and not left:
        raise NothingLeftError
    return left


def _read_pattern(phrase: str) -> Iterable[Pattern]:
    match = _PATTERN.fullmatch(phrase)
    if match is None:
        raise UnreadableError(phrase)
    kinds = _kinds(match[1])
    if match[2] is None:
        return [Pattern(kind) for kind in kinds]
    if not all(KINDS[kind].has_value for kind in kinds):
        raise UnreadableError(phrase)
    comparison = Comparison(cast("Operator", match[2]), Decimal(match[3]))
    return [Pattern(kind, comparison) for kind in kinds]


def _kinds(pattern: str) -> tuple[str, ...]:
    kinds = kinds_matching(pattern)
    if not kinds:
        raise UnknownKindError(pattern)
    return kinds


def read_kinds(phrases: Iterable[str]) -> tuple[str, ...]:
    """Kinds without comparisons."""
    return tuple(kind for phrase in phrases for kind in _kinds(phrase))


def read_span(phrase: str) -> Span:
    match = _SPAN.fullmatch(phrase)
    if match is None:
        raise UnreadableError(phrase)
    unit = cast("Literal['hours', 'days', 'calendar_days']", match[2].replace(" ", "_") + "s")
    return Span(int(match[1]), unit)


def read_time(phrase: str) -> timedelta:
    """A span of hours or of days of 24 hours."""
    span = read_span(phrase)
    if span.unit == "calendar_days":
        raise UnreadableError(phrase)
    return timedelta(**{span.unit: span.count})


def read_edge(phrase: str) -> Edge:
    match = _EDGE.fullmatch(phrase)
    if match is None:
        raise UnreadableError(phrase)
    after = read_time(match[1]) if match[1] else timedelta(0)
    return Edge(cast("Literal['observed', 'end']", match[2]), after)
