"""The one pure function: what a policy makes of one person's facts at a moment.

No clock, no database. By the facts that count, every rule holds by every fact over one span
of time that is known in advance; so the standing at the asked moment, and the moment at which
it changes by time alone, are read from the same few spans.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from yimatong.policy.facts import Fact
from yimatong.policy.model import Colour, Policy, RuleColour, State
from yimatong.policy.review import outcome
from yimatong.policy.spans import Held, Lapsing, lapses, rule_spans
from yimatong.policy.standing import Reason, Standing


def decide(policy: Policy, facts: Iterable[Fact], at: datetime) -> Standing:
    """The standing of the one person whom the facts are about, at an aware moment.

    Facts recorded later do not count and are not anticipated. Order and repetition of facts
    never matter.
    """
    course = Course(policy, facts_that_count(facts, at), at)
    now = course.look(at)
    return Standing(
        state=now.state,
        colour=now.colour,
        reasons=_reasons(now.holding) if now.holding else (),
        valid_until=course.green_until() if now.colour == "green" else None,
        next_change_at=course.next_change(now, at),
        policy=policy.name,
    )


def facts_that_count(facts: Iterable[Fact], at: datetime) -> Sequence[Fact]:
    """Those recorded by `at` and not withdrawn by then.

    What was withdrawn stays withdrawn, whatever becomes of the withdrawing fact.
    """
    recorded = [fact for fact in facts if fact.recorded_at <= at]
    withdrawn = {fact.retracts for fact in recorded if fact.retracts is not None}
    if not withdrawn:
        return recorded
    return [fact for fact in recorded if fact.id not in withdrawn]


class Look(NamedTuple):
    """What is seen at one moment, to be compared with another."""

    state: State
    colour: Colour | None
    holding: Sequence[Held]

    def same_as(self, other: "Look") -> bool:
        """State, colour and the set of the ids of the rules that hold are the same."""
        mine, theirs = ({held.rule for held in look.holding} for look in (self, other))
        return self[:2] == other[:2] and mine == theirs


class Course:
    """What the facts that count at `at` say about that moment and every later one."""

    def __init__(self, policy: Policy, facts: Iterable[Fact], at: datetime) -> None:
        by_kind: dict[str, list[Fact]] = {}
        for fact in facts:
            by_kind.setdefault(fact.kind, []).append(fact)
        self._policy = policy
        self._barred: State | None = None
        self._rules: list[Held] = []
        self._lapses: list[Lapsing] = []
        if any(kind in by_kind for kind in policy.needs):
            self._rules += rule_spans(policy, by_kind, at)
            self._lapses += lapses(policy, by_kind)
            self._review(by_kind)
        else:
            self._barred = "undeclared"

    def _review(self, by_kind: dict[str, list[Fact]]) -> None:
        heard = outcome(self._policy.review, by_kind) if self._policy.review else None
        if isinstance(heard, Held):
            self._rules.append(heard)
        else:
            self._barred = heard

    def look(self, moment: datetime) -> Look:
        """In the order: not in force, needs, rules, review, lapses, green."""
        if not self._policy.in_force_at(moment):
            return Look("not_in_force", None, ())
        if holding := [held for held in self._rules if held.at(moment)]:
            return Look("issued", _worst(holding), holding)
        if self._barred is not None:
            return Look(self._barred, None, ())
        lapsed = [lapsing for lapsing in self._lapses if lapsing.start <= moment]
        return _lapsed(lapsed) if lapsed else Look("issued", "green", ())

    def green_until(self) -> datetime | None:
        """The moment at which green lapses; None where the policy gives no validity."""
        return min((lapsing.start for lapsing in self._lapses), default=None)

    def next_change(self, now: Look, at: datetime) -> datetime | None:
        """The first edge after `at` that looks different; between edges nothing changes."""
        edges = {self._policy.in_force_from, self._policy.in_force_until}
        edges.update(held.start for held in self._rules)
        edges.update(held.end for held in self._rules)
        edges.update(lapsing.start for lapsing in self._lapses)
        later = sorted(edge for edge in edges if edge is not None and edge > at)
        return next((edge for edge in later if not self.look(edge).same_as(now)), None)


def _lapsed(lapsed: Sequence[Lapsing]) -> Look:
    """A lapse into `expired` goes before one into a colour."""
    holding = [
        Held(lapse.id, lapse.leads_to, fact, start, None)
        for lapse, fact, start in lapsed
        if lapse.leads_to != "expired"
    ]
    if len(holding) < len(lapsed):
        return Look("expired", None, ())
    return Look("issued", _worst(holding), holding)


def _worst(holding: Iterable[Held]) -> RuleColour:
    return "red" if any(held.colour == "red" for held in holding) else "yellow"


def _reasons(holding: Iterable[Held]) -> tuple[Reason, ...]:
    """Each once: red before yellow, then by rule, `since` and fact, in code point order."""
    ordered = sorted(holding, key=lambda held: (held.colour, held.rule, held.start, held.fact.id))
    reasons = (Reason(held.rule, held.fact.id, held.start, held.end) for held in ordered)
    return tuple(dict.fromkeys(reasons))
