"""A policy in plain words, from its file alone, in one language.

What belongs to a closed list (colour, state, kind of place, answer) keeps its name, so that a
program can act on it; who shows it says the word for it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Literal

import msgspec

from yimatong.doors.policies.phrases import Say, fact, held, lapsed, saying, span, with_sign
from yimatong.kernel.words import Catalogue, Language
from yimatong.policy.admission import PLACES
from yimatong.policy.model import (
    Colour,
    ForeignColour,
    Issuing,
    Lapse,
    Notice,
    Pattern,
    Place,
    Policy,
    Review,
    Rows,
    Rule,
    RuleColour,
    Said,
    State,
    WordRule,
)


class Sought(msgspec.Struct, frozen=True):
    """A kind of fact that something goes by, `case.*`, and how people call it."""

    kind: str
    said: str


class Clause(msgspec.Struct, frozen=True, kw_only=True):
    """A rule, a word of a review or a lapse: what leads where, and how that ends.

    `facts`: what it goes by. `sentence`: the notice's own words, in Chinese.
    """

    id: str
    leads_to: RuleColour | Literal["expired"]
    reason: str
    facts: list[Sought]
    holds: list[str]
    to_do: str
    sentence: str


class Step(msgspec.Struct, frozen=True):
    """A word of a review, as people call it, and what it leads to while it is the latest."""

    word: str
    leads_to: str


class Waiting(msgspec.Struct, frozen=True):
    """A state without a colour, and what to do in it."""

    state: State
    to_do: str


class Entrance(msgspec.Struct, frozen=True):
    """Kinds of place that answer alike, by colour and temperature; `no_code`: no colour."""

    places: list[Place]
    rows: Rows


class Duty(msgspec.Struct, frozen=True):
    """The daily check-in: who has to, what, and the notice's own words in Chinese."""

    required_of: tuple[Colour, ...]
    duty: str
    sentence: str


class Foreign(msgspec.Struct, frozen=True):
    """How codes of another region (a division's code, or empty: of all others) are read."""

    region: str
    read_as: Mapping[Colour, ForeignColour]


class PlainPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """One province's edition, to be read in a queue."""

    name: str
    region: str
    title: str
    notice: Notice
    in_force_from: datetime
    in_force_until: datetime | None
    issuing: Issuing
    needs: list[str]
    review: list[Step]
    states: list[Waiting]
    promise: str
    clauses: list[Clause]
    """What leads to red and to yellow, red first."""
    lapses: list[Clause]
    """After what green ends; none: it has no limit."""
    checkin: Duty
    fever: str
    admission: list[Entrance]
    admission_sentence: str
    recognition: list[Foreign]
    recognition_sentence: str


def plain(policy: Policy, catalogue: Catalogue, language: Language) -> PlainPolicy:
    """The whole edition in words."""
    say = saying(catalogue, language)
    return PlainPolicy(
        name=policy.name,
        region=policy.region,
        title=policy.title.said_in(language),
        notice=policy.notice,
        in_force_from=policy.in_force_from,
        in_force_until=policy.in_force_until,
        issuing=policy.issuing,
        needs=[say(f"policy.kind.{kind}") for kind in policy.needs],
        review=list(_steps(say, policy.review)) if policy.review else [],
        states=[Waiting(state, words.said_in(language)) for state, words in policy.states.items()],
        promise=policy.promise.said_in(language),
        clauses=sorted(_clauses(say, policy, language), key=lambda one: one.leads_to != "red"),
        lapses=[_lapse(say, lapse, language) for lapse in policy.lapses],
        checkin=Duty(
            policy.checkin.required_of,
            policy.checkin.duty.said_in(language),
            policy.checkin.sentence,
        ),
        fever=with_sign(policy.fever),
        admission=_entrances(policy),
        admission_sentence=policy.admission.sentence,
        recognition=_foreign(policy),
        recognition_sentence=policy.recognition.sentence,
    )


def _clauses(say: Say, policy: Policy, language: Language) -> Iterator[Clause]:
    for rule in policy.rules:
        yield _clause(rule, _sought(say, rule.facts), held(say, rule), language)
    for word in policy.review.words if policy.review else ():
        if isinstance(word.leads_to, WordRule):
            facts, holds = _sought(say, [Pattern(word.kind)]), [say("policies.holds.word")]
            yield _clause(word.leads_to, facts, holds, language)


def _sought(say: Say, patterns: Iterable[Pattern]) -> list[Sought]:
    return [Sought(pattern.kind, fact(say, pattern)) for pattern in patterns]


def _clause(
    rule: Rule | WordRule, facts: list[Sought], holds: list[str], language: Language
) -> Clause:
    return _said(rule.id, rule.colour, facts, holds, rule.said, language)


def _lapse(say: Say, lapse: Lapse, language: Language) -> Clause:
    facts = _sought(say, lapse.of)
    return _said(lapse.id, lapse.leads_to, facts, lapsed(say, lapse), lapse.said, language)


def _said(
    id: str,
    leads_to: RuleColour | Literal["expired"],
    facts: list[Sought],
    holds: list[str],
    said: Said,
    language: Language,
) -> Clause:
    return Clause(
        id=id,
        leads_to=leads_to,
        reason=said.reason.said_in(language),
        facts=facts,
        holds=holds,
        to_do=said.to_do.said_in(language),
        sentence=said.sentence,
    )


def _steps(say: Say, review: Review) -> Iterator[Step]:
    yield Step(say("policies.review.none"), say(f"codes.look.{review.none}"))
    for word in review.words:
        if isinstance(word.leads_to, WordRule):
            leads_to = say(f"codes.look.{word.leads_to.colour}")
        elif word.leads_to == "approved":
            leads_to = say("policies.review.approved")
        else:
            leads_to = say(f"codes.look.{word.leads_to}")
        if word.renews_within:
            leads_to += say("policies.review.renews", span=span(say, word.renews_within))
        yield Step(say(f"policy.kind.{word.kind}"), leads_to)


def _entrances(policy: Policy) -> list[Entrance]:
    """Places that answer alike stand together, in the order of their first."""
    found: dict[Rows, list[Place]] = {}
    for place in PLACES:
        found.setdefault(policy.admission.places[place], []).append(place)
    return [Entrance(places, rows) for rows, places in found.items()]


def _foreign(policy: Policy) -> list[Foreign]:
    others = policy.recognition.regions.items()
    return [Foreign("", policy.recognition.default), *(Foreign(*one) for one in others)]
