"""Over which span of time each rule holds by each fact, and when each lapse comes.

Spans are half-open: from `start` on, until `end`, that moment excluded. All cuts that are
known lie in the past, because a fact counts only once it was observed; so what a span still
does after the asked moment depends on time alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from yimatong.policy.checkins import last_day_of, latest_run_start
from yimatong.policy.facts import Fact
from yimatong.policy.model import Lapse, Policy, Rule, RuleColour

ByKind = Mapping[str, Sequence[Fact]]


class Held(NamedTuple):
    """A rule held by a fact; `end` is None where its end takes a new fact."""

    rule: str
    colour: RuleColour
    fact: Fact
    start: datetime
    end: datetime | None

    def at(self, moment: datetime) -> bool:
        return self.start <= moment and (self.end is None or moment < self.end)


class Lapsing(NamedTuple):
    """A lapse, the fact it lapses from, and the moment from which on it has lapsed."""

    lapse: Lapse
    fact: Fact
    start: datetime


def by_age(fact: Fact) -> tuple[datetime, datetime, str]:
    """The order in which one fact is later than another."""
    return fact.observed_at, fact.recorded_at, fact.id


def latest(facts: Iterable[Fact]) -> Fact | None:
    return max(facts, key=by_age, default=None)


class _Cuts:
    """What cuts spans short, by the facts that count."""

    def __init__(self, by_kind: ByKind) -> None:
        self._by_kind = by_kind
        self._runs: dict[int, int] = {}

    def end(self, rule: Rule, fact: Fact, start: datetime) -> bool:
        """Whether the span that began at `start` has been cut short."""
        if rule.cleared_by and self._cleared(rule.cleared_by, start):
            return True
        return rule.normal_days is not None and self._outlived(fact, rule.normal_days)

    def _cleared(self, kinds: Iterable[str], start: datetime) -> bool:
        return any(
            fact.observed_at >= start for kind in kinds for fact in self._by_kind.get(kind, ())
        )

    def _outlived(self, fact: Fact, length: int) -> bool:
        if length not in self._runs:
            normal = self._by_kind.get("checkin.normal", ())
            abnormal = self._by_kind.get("checkin.abnormal", ())
            self._runs[length] = latest_run_start(normal, abnormal, length)
        if not self._runs[length]:
            return False
        last_day = last_day_of(fact)
        return last_day is not None and self._runs[length] > last_day


def rule_spans(policy: Policy, by_kind: ByKind, at: datetime) -> Iterator[Held]:
    """The spans that are not over at `at`."""
    cuts = _Cuts(by_kind)
    for kind in policy.rules_by_kind.keys() & by_kind.keys():
        for rule, pattern in policy.rules_by_kind[kind]:
            for fact in by_kind[kind]:
                if pattern.admits(fact):
                    yield from _span(rule, fact, at, cuts)


def _span(rule: Rule, fact: Fact, at: datetime, cuts: _Cuts) -> Iterator[Held]:
    start = rule.starts.of(fact)
    if start is None:
        return
    end = _end(rule, fact)
    if (end is None or end > at) and not cuts.end(rule, fact, start):
        yield Held(rule.id, rule.colour, fact, start, end)


def _end(rule: Rule, fact: Fact) -> datetime | None:
    """The latest of the rule's ends; None where one of them has not come, or there is none."""
    latest_end = None
    for edge in rule.ends:
        end = edge.of(fact)
        if end is None:
            return None
        if latest_end is None or end > latest_end:
            latest_end = end
    return latest_end


def lapses(policy: Policy, by_kind: ByKind) -> Iterator[Lapsing]:
    """The lapses that have a fact to lapse from."""
    for lapse in policy.lapses:
        fact = latest(
            fact
            for pattern in lapse.of
            for fact in by_kind.get(pattern.kind, ())
            if pattern.admits(fact)
        )
        if fact is not None:
            yield Lapsing(lapse, fact, lapse.after.after(fact.observed_at))
