"""The five editions as plain Python functions: the reference of B1.

What a good engineer would write for one edition at a time, without any policy file: one pass
over the facts, the clauses as branches. `tests/generative/test_policies_by_hand.py` compares
them with the engine, so that both do the same work.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from yimatong.kernel.clock import SHANGHAI
from yimatong.policy.facts import Fact
from yimatong.policy.model import Colour, State
from yimatong.policy.standing import Reason, Standing

DAY = timedelta(days=1)
FORTNIGHT = timedelta(days=14)
INSTANT = timedelta(microseconds=1)
HOT = Decimal("37.3")
HUNAN = datetime(2020, 3, 8, tzinfo=SHANGHAI)
HAINAN = datetime(2020, 2, 18, tzinfo=SHANGHAI)
YUNNAN = datetime(2020, 4, 1, 20, tzinfo=SHANGHAI)
SHANDONG = datetime(2020, 2, 22, tzinfo=SHANGHAI)
HUBEI = datetime(2020, 3, 16, tzinfo=SHANGHAI)
CASES = frozenset(
    ["case.confirmed", "case.clinical", "case.suspected", "case.asymptomatic", "case.fever"]
)
CASES_BUT_FEVER = CASES - {"case.fever"}
QUARANTINES = frozenset(["quarantine.central", "quarantine.home"])


class Span(NamedTuple):
    """Sorts as reasons do."""

    colour: str
    rule: str
    start: datetime
    fact: str
    end: datetime | None


Lapse = tuple[datetime, str, str]
"""From when, the rule (empty: the code expires), and the fact."""


def hunan(facts: Iterable[Fact], at: datetime) -> Standing:
    spans, declared = list[Span](), False
    for fact in counted(facts, at):
        kind, start, end = fact.kind, fact.observed_at, fact.ended_at
        if kind == "declaration":
            declared = True
        elif kind in CASES_BUT_FEVER:
            if end is None or end > at:
                spans.append(Span("red", "case", start, fact.id, end))
        elif kind == "quarantine.central":
            if end is None or end > at:
                spans.append(Span("red", "central-quarantine", start, fact.id, end))
        elif kind == "quarantine.home":
            if end is None or end > at:
                spans.append(Span("yellow", "home-quarantine", start, fact.id, end))
        elif kind == "contact.close":
            if start + FORTNIGHT > at:
                spans.append(Span("red", "close-contact", start, fact.id, start + FORTNIGHT))
        elif (
            kind in ("stay.risk_area", "stay.abroad", "contact.secondary")
            or kind.startswith("exposure.")
        ) and start + FORTNIGHT > at:
            spans.append(Span("yellow", "possible-exposure", start, fact.id, start + FORTNIGHT))
    return found("hunan@2020-03-08", HUNAN, at, declared, spans)


ATTENTION = frozenset(
    [
        "pharmacy.fever_medicine", "pharmacy.cough_medicine", "stay.risk_area", "symptom.fever",
        "clinic.fever_visit", "arrival.province", "arrival.abroad", "symptom.dry_cough",
    ]
)  # fmt: skip


def hainan(facts: Iterable[Fact], at: datetime) -> Standing:
    waiting: list[tuple[str, str, Fact]] = []
    normal, abnormal, declared = set[int](), set[int](), False
    for fact in counted(facts, at):
        kind = fact.kind
        if kind == "checkin.normal":
            normal.add(day_of(fact.observed_at))
        elif kind == "checkin.abnormal":
            abnormal.add(day_of(fact.observed_at))
        elif kind == "declaration":
            declared = True
        elif kind in CASES_BUT_FEVER or kind == "contact.close" or kind in QUARANTINES:
            waiting.append(("red", "isolated", fact))
        elif kind == "case.fever":
            waiting.append(("yellow", "fever-case", fact))
        elif kind in ATTENTION or (kind == "temperature" and value_of(fact) >= HOT):
            waiting.append(("yellow", "attention", fact))
    run = latest_run(normal - abnormal)
    spans = [
        Span(colour, rule, fact.observed_at, fact.id, None)
        for colour, rule, fact in waiting
        if not run or run <= last_day(fact)
    ]
    return found("hainan@2020-02-18", HAINAN, at, declared, spans)


def last_day(fact: Fact) -> int:
    """Ordinal of the day it was last so; past every day while it lasts."""
    if fact.ended_at is not None:
        return day_of(max(fact.observed_at, fact.ended_at - INSTANT))
    lasts = fact.kind in CASES or fact.kind == "contact.close" or fact.kind in QUARANTINES
    return 10_000_000 if lasts else day_of(fact.observed_at)


def latest_run(days: set[int]) -> int:
    """The first day of the latest fourteen in a row; 0 where there are none."""
    start = run = before = 0
    for day in sorted(days):
        run = run + 1 if day == before + 1 else 1
        before = day
        if run >= 14:
            start = day - 13
    return start


STATED = frozenset(
    ["exposure.case", "stay.abroad", "symptom.fever", "symptom.dry_cough", "symptom.fatigue"]
)


def yunnan(facts: Iterable[Fact], at: datetime) -> Standing:
    spans, declarations = list[Span](), list[Fact]()
    for fact in counted(facts, at):
        kind, start, end = fact.kind, fact.observed_at, fact.ended_at
        if kind == "declaration":
            declarations.append(fact)
        elif kind in CASES or kind in ("contact.close", "quarantine.central"):
            if end is None or end > at:
                spans.append(Span("red", "case-contact-or-quarantine", start, fact.id, end))
        elif kind == "quarantine.home":
            if end is None or end > at:
                spans.append(Span("yellow", "home-quarantine", start, fact.id, end))
        elif (
            kind in STATED or (kind == "temperature" and value_of(fact) >= HOT)
        ) and start + FORTNIGHT > at:
            spans.append(Span("yellow", "stated-risk", start, fact.id, start + FORTNIGHT))
    lapses: list[Lapse] = []
    if declarations:
        last = max(declarations, key=by_age)
        lapses.append((last.observed_at + FORTNIGHT, "", last.id))
    return found("yunnan@2020-04-01", YUNNAN, at, bool(declarations), spans, None, lapses)


MET = frozenset(
    [
        "arrival.province", "arrival.abroad", "exposure.risk_area_person", "stay.risk_area",
        "symptom.fever", "symptom.dry_cough", "symptom.fatigue",
    ]
)  # fmt: skip


def shandong(facts: Iterable[Fact], at: datetime) -> Standing:
    spans, words, approvals, reports = list[Span](), list[Fact](), list[Fact](), list[Fact]()
    for fact in counted(facts, at):
        kind, start, end = fact.kind, fact.observed_at, fact.ended_at
        if kind in ("checkin.normal", "checkin.abnormal"):
            reports.append(fact)
        elif kind.startswith("review."):
            words.append(fact)
            if kind == "review.approved":
                approvals.append(fact)
        elif kind in CASES:
            over = None if end is None else end + FORTNIGHT
            if over is None or over > at:
                spans.append(Span("red", "case", start, fact.id, over))
        elif kind == "contact.close":
            if end is None or end > at:
                spans.append(Span("red", "close-contact", start, fact.id, end))
        elif kind in QUARANTINES:
            if end is None or end > at:
                spans.append(Span("red", "quarantine", start, fact.id, end))
        elif (
            kind in MET or (kind == "temperature" and value_of(fact) > HOT)
        ) and start + FORTNIGHT > at:
            spans.append(Span("red", "condition-not-met", start, fact.id, start + FORTNIGHT))
    barred: State | None = None
    lapses: list[Lapse] = []
    if words:
        word = max(words, key=by_age)
        if word.kind == "review.refused":
            spans.append(Span("red", "refused", word.observed_at, word.id, None))
        elif word.kind == "review.more":
            spans.append(Span("yellow", "more-needed", word.observed_at, word.id, None))
        elif word.kind == "review.requested" and not renews(word, words):
            barred = "pending"
        reports += approvals
        if approvals:
            approval = max(approvals, key=by_age)
            lapses.append((approval.observed_at + 5 * DAY, "five-days", approval.id))
        if reports:
            report = max(reports, key=by_age)
            lapses.append((midnight(report.observed_at) + 2 * DAY, "daily-report", report.id))
    return found("shandong@2020-02-22", SHANDONG, at, bool(words), spans, barred, lapses)


def renews(word: Fact, words: Sequence[Fact]) -> bool:
    others = [other for other in words if other.kind != "review.requested"]
    if not others:
        return False
    other = max(others, key=by_age)
    return other.kind == "review.approved" and word.observed_at < other.observed_at + 5 * DAY


def hubei(facts: Iterable[Fact], at: datetime) -> Standing:
    spans, clearable, words = list[Span](), list[Span](), list[Fact]()
    kept, declared, cleared = list[Fact](), False, None
    for fact in counted(facts, at):
        kind, start, end = fact.kind, fact.observed_at, fact.ended_at
        if kind == "checkin.normal":
            kept.append(fact)
        elif kind == "temperature":
            if value_of(fact) < HOT:
                kept.append(fact)
            else:
                clearable.append(Span("yellow", "fever-measured", start, fact.id, None))
        elif kind == "declaration":
            declared = True
        elif kind == "followup.clear":
            cleared = start if cleared is None else max(cleared, start)
        elif kind in ("review.approved", "review.refused", "review.more"):
            words.append(fact)
        elif kind in CASES:
            over = None if end is None else end + FORTNIGHT
            if over is None or over > at:
                spans.append(Span("red", "case", start, fact.id, over))
            if over is not None:
                rule = "recovered-not-rechecked"
                clearable.append(Span("yellow", rule, over, fact.id, None))
        elif kind == "contact.close":
            over = None if end is None else max(end, start + FORTNIGHT)
            if over is None or over > at:
                spans.append(Span("yellow", "close-contact", start, fact.id, over))
        elif kind == "quarantine.home":
            if end is None or end > at:
                clearable.append(Span("yellow", "home-quarantine", start, fact.id, end))
        elif kind == "quarantine.central" and start + FORTNIGHT > at:
            end = start + FORTNIGHT
            spans.append(Span("yellow", "central-quarantine", start, fact.id, end))
    spans += [span for span in clearable if cleared is None or cleared < span.start]
    barred: State | None = "pending"
    if words:
        word = max(words, key=by_age)
        barred = "refused" if word.kind == "review.refused" else "pending"
        if word.kind == "review.approved":
            barred = None
        kept += [one for one in words if one.kind == "review.approved"]
    lapses: list[Lapse] = []
    if kept:
        last = max(kept, key=by_age)
        lapses.append((last.observed_at + 3 * DAY, "seventy-two-hours", last.id))
    return found("hubei@2020-03-16", HUBEI, at, declared, spans, barred, lapses)


def counted(facts: Iterable[Fact], at: datetime) -> list[Fact]:
    """Recorded by then, and not withdrawn by then."""
    known = [fact for fact in facts if fact.recorded_at <= at]
    gone = {fact.retracts for fact in known if fact.retracts is not None}
    return [fact for fact in known if fact.id not in gone] if gone else known


def by_age(fact: Fact) -> tuple[datetime, datetime, str]:
    return fact.observed_at, fact.recorded_at, fact.id


def value_of(fact: Fact) -> Decimal:
    assert fact.value is not None
    return fact.value


def midnight(moment: datetime) -> datetime:
    return moment.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)


def day_of(moment: datetime) -> int:
    return moment.astimezone(SHANGHAI).toordinal()


def found(
    name: str,
    begins: datetime,
    at: datetime,
    declared: bool,
    spans: list[Span],
    barred: State | None = None,
    lapses: Sequence[Lapse] = (),
) -> Standing:
    """What the spans, the review and the lapses come to at `at`, and when that changes."""
    if not declared:
        spans, barred, lapses = [], "undeclared", ()
    if at < begins:
        return Standing("not_in_force", None, (), None, begins, name)
    seen = look(at, spans, barred, lapses)
    state, colour, rules = seen
    reasons: tuple[Reason, ...] = ()
    if rules:
        held = [span for span in spans if holds(span, at)] or [
            Span("yellow", rule, start, fact, None) for start, rule, fact in lapses if start <= at
        ]
        reasons = tuple(
            dict.fromkeys(
                Reason(span.rule, span.fact, span.start, span.end)
                for span in sorted(held, key=order)
            )
        )
    edges = {span.start for span in spans if span.start > at}
    edges.update(span.end for span in spans if span.end is not None and span.end > at)
    edges.update(start for start, _, _ in lapses if start > at)
    changes = (edge for edge in sorted(edges) if look(edge, spans, barred, lapses) != seen)
    ends = min((start for start, _, _ in lapses), default=None) if colour == "green" else None
    return Standing(state, colour, reasons, ends, next(changes, None), name)


def order(span: Span) -> tuple[str, str, datetime, str]:
    return span[:4]


def holds(span: Span, at: datetime) -> bool:
    return span.start <= at and (span.end is None or at < span.end)


def look(
    at: datetime, spans: Sequence[Span], barred: State | None, lapses: Sequence[Lapse]
) -> tuple[State, Colour | None, set[str]]:
    """State, colour and the rules that hold."""
    held = [span for span in spans if holds(span, at)]
    if held:
        red = any(span.colour == "red" for span in held)
        return "issued", "red" if red else "yellow", {span.rule for span in held}
    if barred is not None:
        return barred, None, set()
    rules = {rule for start, rule, _ in lapses if start <= at}
    if not rules:
        return "issued", "green", rules
    return ("expired", None, set()) if "" in rules else ("issued", "yellow", rules)


BY_HAND: dict[str, Callable[[Iterable[Fact], datetime], Standing]] = {
    "hunan@2020-03-08": hunan,
    "hainan@2020-02-18": hainan,
    "yunnan@2020-04-01": yunnan,
    "shandong@2020-02-22": shandong,
    "hubei@2020-03-16": hubei,
}
