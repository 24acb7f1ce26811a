"""Asking the real engine about a history, for tests that compare or vary what it says."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from tests.lib.reading_facts import Fact as Line
from yimatong.doors.packs import library
from yimatong.policy.decide import decide
from yimatong.policy.facts import Fact, read_fact
from yimatong.policy.model import Policy
from yimatong.policy.standing import Standing

EDITIONS = (
    "hunan@2020-03-08",
    "hainan@2020-02-18",
    "yunnan@2020-04-01",
    "shandong@2020-02-22",
    "hubei@2020-03-16",
)


def edition(name: str, at: datetime) -> Policy:
    """A shipped edition by its full name."""
    return library().named(name, at)


def facts_of(lines: Sequence[Line]) -> list[Fact]:
    """The lines as `assess` reads them."""
    return [read_fact(line, number) for number, line in enumerate(lines, 1)]


def asked(name: str, lines: Sequence[Line], at: datetime) -> Standing:
    """What the engine says under a shipped edition."""
    return decide(edition(name, at), facts_of(lines), at)


def known_by(facts: Iterable[Fact], at: datetime) -> list[Fact]:
    """All that was recorded by a moment: nothing new is learnt when later moments are asked."""
    return [fact for fact in facts if fact.recorded_at <= at]


def signature(standing: Standing) -> tuple[Any, ...]:
    """What `next_change_at` watches."""
    return standing.state, standing.colour, frozenset(one.rule for one in standing.reasons)
