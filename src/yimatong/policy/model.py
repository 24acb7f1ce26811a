"""The typed form of a policy file, and of a standing. What is not here cannot be said.

Nothing in it can loop, call or compute: a rule is a choice from these few parts. Both engines
read this form, and neither knows a province.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from operator import ge, gt, le, lt
from typing import Literal

import msgspec

from yimatong.kernel.clock import day_of, start_of
from yimatong.kernel.words import Words
from yimatong.policy.facts import Fact

Colour = Literal["green", "yellow", "red"]
RuleColour = Literal["yellow", "red"]
State = Literal["issued", "undeclared", "pending", "refused", "expired", "not_in_force"]
Issuing = Literal["automatic", "signed", "reviewed"]
Place = Literal[
    "public", "medical", "transport", "residential", "workplace", "school", "checkpoint"
]
Answer = Literal["admit", "refuse", "check"]
Warmth = Literal["normal", "fever", "unmeasured"]
ForeignColour = Literal["green", "yellow", "red", "no_code"]
Operator = Literal[">=", ">", "<=", "<"]

_COMPARE = {">=": ge, ">": gt, "<=": le, "<": lt}


class Comparison(msgspec.Struct, frozen=True):
    """`>= 37.3`: compared as decimals."""

    operator: Operator
    limit: Decimal

    def holds(self, value: Decimal | None) -> bool:
        return value is not None and bool(_COMPARE[self.operator](value, self.limit))


class Pattern(msgspec.Struct, frozen=True):
    """Facts of one kind, where a comparison is given only those whose value passes it."""

    kind: str
    comparison: Comparison | None = None

    def admits(self, fact: Fact) -> bool:
        """Whether a fact known to be of this kind fits."""
        return self.comparison is None or self.comparison.holds(fact.value)


class Said(msgspec.Struct, frozen=True):
    """What the law says and what the person is told."""

    sentence: str
    """The notice's own sentence, in Chinese."""
    reason: Words
    to_do: Words


class Edge(msgspec.Struct, frozen=True):
    """A moment of a fact: so long after it was observed, or after it ended."""

    anchor: Literal["observed", "end"]
    after: timedelta = timedelta(0)

    def of(self, fact: Fact) -> datetime | None:
        """None where the fact has not ended: that moment takes a new fact."""
        if self.anchor == "observed":
            return fact.observed_at + self.after
        return None if fact.ended_at is None else fact.ended_at + self.after


class Rule(msgspec.Struct, frozen=True):
    """Holds by each fact that fits, from `starts` until the latest of `ends`.

    No `ends`, or an end that has not come: it lasts until it is cut short, by the first fact
    of a kind in `cleared_by` observed at or after it began, or by `normal_days` days of normal
    check-in in a row, all later than the day it was last so.
    """

    id: str
    colour: RuleColour
    said: Said
    facts: tuple[Pattern, ...]
    starts: Edge
    ends: tuple[Edge, ...] = ()
    cleared_by: tuple[str, ...] = ()
    normal_days: int | None = None


class WordRule(msgspec.Struct, frozen=True):
    """The rule that a review's word leads to: it holds while that word is the latest."""

    id: str
    colour: RuleColour
    said: Said


class ReviewWord(msgspec.Struct, frozen=True):
    """One word of a review and what it leads to while it is the latest.

    `renews_within`: said while the latest of the other words is one that leads to `approved`
    and is younger than that, it leaves that approval in effect.
    """

    kind: str
    leads_to: Literal["approved", "pending", "refused"] | WordRule
    renews_within: timedelta | None = None


class Review(msgspec.Struct, frozen=True, dict=True):
    """Its words; the latest counts. `none`: the state while no word was said."""

    none: Literal["pending", "refused"]
    words: tuple[ReviewWord, ...]

    @cached_property
    def by_kind(self) -> Mapping[str, ReviewWord]:
        return {word.kind: word for word in self.words}


class Span(msgspec.Struct, frozen=True):
    """How long a lapse takes: hours, days of 24 hours, or calendar days in Asia/Shanghai."""

    count: int
    unit: Literal["hours", "days", "calendar_days"]

    def after(self, moment: datetime) -> datetime:
        if self.unit == "calendar_days":
            return start_of(day_of(moment) + timedelta(days=self.count))
        return moment + timedelta(**{self.unit: self.count})


class Lapse(msgspec.Struct, frozen=True):
    """Green lapses so long after the latest fact that fits; none such, nothing lapses.

    Looked at only where no rule holds. A lapse into `expired` goes before one into a colour.
    """

    id: str
    of: tuple[Pattern, ...]
    after: Span
    leads_to: RuleColour | Literal["expired"]
    said: Said


class Notice(msgspec.Struct, frozen=True):
    """The paper that the policy reads."""

    title: str
    number: str
    issuer: str
    date: date


class CheckIn(msgspec.Struct, frozen=True):
    """The daily duty as it is shown to people; what it does is in rules and lapses."""

    required_of: tuple[Colour, ...]
    duty: Words
    sentence: str


class Row(msgspec.Struct, frozen=True):
    """What a place answers to one colour by temperature."""

    normal: Answer
    fever: Answer
    unmeasured: Answer


class Rows(msgspec.Struct, frozen=True):
    """One kind of place; `no_code` stands for every state other than `issued`."""

    green: Row
    yellow: Row
    red: Row
    no_code: Row


class Admission(msgspec.Struct, frozen=True):
    """Who may enter which kind of place."""

    sentence: str
    places: Mapping[Place, Rows]


class Recognition(msgspec.Struct, frozen=True):
    """How other regions' codes are read; a region (division code) may be read otherwise."""

    sentence: str
    default: Mapping[Colour, ForeignColour]
    regions: Mapping[str, Mapping[Colour, ForeignColour]]


class Policy(msgspec.Struct, frozen=True, dict=True):
    """One province's edition. `name` is `hubei@2020-03-16`."""

    region: str
    division: str
    edition: date
    in_force_from: datetime
    in_force_until: datetime | None
    title: Words
    notice: Notice
    issuing: Issuing
    needs: tuple[str, ...]
    """Kinds; with none of them the state is `undeclared`."""
    rules: tuple[Rule, ...]
    review: Review | None
    lapses: tuple[Lapse, ...]
    checkin: CheckIn
    fever: Comparison
    admission: Admission
    recognition: Recognition
    promise: Words
    states: Mapping[State, Words]
    """What to do in each state that this policy can lead to, other than `issued`."""

    @cached_property
    def name(self) -> str:
        return f"{self.region}@{self.edition.isoformat()}"

    @cached_property
    def rules_by_kind(self) -> Mapping[str, Sequence[tuple[Rule, Pattern]]]:
        """For each kind the rules that facts of it may hold, and by which pattern."""
        index: dict[str, list[tuple[Rule, Pattern]]] = {}
        for rule in self.rules:
            for pattern in rule.facts:
                index.setdefault(pattern.kind, []).append((rule, pattern))
        return index

    @cached_property
    def said_by_rule(self) -> Mapping[str, Said]:
        """What each rule, word of a review and lapse says, by its id."""
        words = self.review.words if self.review else ()
        worded = [word.leads_to for word in words if isinstance(word.leads_to, WordRule)]
        speakers: list[Rule | WordRule | Lapse] = [*self.rules, *worded, *self.lapses]
        return {speaker.id: speaker.said for speaker in speakers}

    def states_reached(self) -> Sequence[State]:
        """The states other than `issued` and `not_in_force` that this policy can lead to."""
        words = self.review.words if self.review else ()
        reached: list[State] = ["undeclared"]
        if self.review:
            reached.append(self.review.none)
        reached += [word.leads_to for word in words if word.leads_to in ("pending", "refused")]
        reached += [lapse.leads_to for lapse in self.lapses if lapse.leads_to == "expired"]
        return list(dict.fromkeys(reached))

    def in_force_at(self, moment: datetime) -> bool:
        """From the first moment on, the last one excluded."""
        ended = self.in_force_until is not None and self.in_force_until <= moment
        return self.in_force_from <= moment and not ended
