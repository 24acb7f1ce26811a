"""Reads rules, the review and the lapses of a policy file."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal, get_args

from yimatong.policy.grammar import (
    read_edge,
    read_kinds,
    read_patterns,
    read_span,
    read_time,
)
from yimatong.policy.kinds import KINDS
from yimatong.policy.model import (
    Edge,
    Lapse,
    Pattern,
    Review,
    ReviewWord,
    Rule,
    RuleColour,
    Said,
    Span,
    WordRule,
)
from yimatong.policy.tables import Table

_OBSERVED = Edge("observed")
_COLOURS: tuple[RuleColour, ...] = get_args(RuleColour)
_REVIEW_KINDS = [name for name in KINDS if name.startswith("review.")]
_NOT_APPROVED: tuple[Literal["pending", "refused"], ...] = ("pending", "refused")
_LEADS_TO: tuple[Literal["approved", "pending", "refused"], ...] = ("approved", *_NOT_APPROVED)


def load_rule(table: Table) -> Rule:
    rule = Rule(
        id=table.text("id"),
        colour=table.choice("colour", _COLOURS),
        said=_said(table),
        facts=_patterns(table, "facts"),
        starts=table.phrase("from", read_edge, _OBSERVED, "policy.file.not_an_edge"),
        ends=_ends(table),
        cleared_by=_cleared_by(table),
        normal_days=table.whole_number("normal_days") if table.has("normal_days") else None,
    )
    table.close()
    _check_ends(table, rule)
    return rule


def _said(table: Table) -> Said:
    return Said(table.text("sentence"), table.words("reason"), table.words("to_do"))


def _patterns(table: Table, key: str) -> tuple[Pattern, ...]:
    return table.phrases(key, read_patterns, "policy.file.not_a_pattern")


def _ends(table: Table) -> tuple[Edge, ...]:
    def read(phrases: Sequence[str]) -> tuple[Edge, ...]:
        return tuple(read_edge(phrase) for phrase in phrases)

    return table.phrases("until", read, "policy.file.not_an_edge") if table.has("until") else ()


def _cleared_by(table: Table) -> tuple[str, ...]:
    if not table.has("cleared_by"):
        return ()
    return table.phrases("cleared_by", read_kinds, "policy.file.not_a_pattern")


def _check_ends(table: Table, rule: Rule) -> None:
    """A rule can stop; and only what lasts has an end to speak of."""
    if not any(table.has(key) for key in ("until", "cleared_by", "normal_days")):
        table.complain("policy.file.never_ends", found=rule.id)
    if any(edge.anchor == "end" for edge in (rule.starts, *rule.ends)):
        for kind in dict.fromkeys(pattern.kind for pattern in rule.facts):
            if not KINDS[kind].lasting:
                table.complain("policy.file.has_no_end", "facts", found=kind)


def load_review(table: Table) -> Review:
    tables = table.tables("word")
    review = Review(
        none=table.choice("none", _NOT_APPROVED), words=tuple(_word(word) for word in tables)
    )
    table.close()
    seen: set[str] = set()
    for place, word in zip(tables, review.words, strict=True):
        if word.kind in seen:
            place.complain("policy.file.repeated_word", "kind", found=word.kind)
        seen.add(word.kind)
    if not any(word.leads_to == "approved" for word in review.words):
        table.complain("policy.file.never_approved")
    return review


def _word(table: Table) -> ReviewWord:
    """Either `leads_to`, or `colour` with everything that a rule says."""
    word = ReviewWord(
        kind=table.choice("kind", _REVIEW_KINDS),
        leads_to=_word_rule(table) if table.has("colour") else table.choice("leads_to", _LEADS_TO),
        renews_within=table.phrase(
            "renews_within", read_time, timedelta(0), "policy.file.not_a_time"
        )
        if table.has("renews_within")
        else None,
    )
    table.close()
    return word


def _word_rule(table: Table) -> WordRule:
    return WordRule(table.text("id"), table.choice("colour", _COLOURS), _said(table))


def load_lapse(table: Table) -> Lapse:
    lapse = Lapse(
        id=table.text("id"),
        of=_patterns(table, "of"),
        after=table.phrase("after", read_span, Span(1, "days"), "policy.file.not_a_span"),
        leads_to=table.choice("leads_to", (*_COLOURS, "expired")),
        said=_said(table),
    )
    table.close()
    return lapse
