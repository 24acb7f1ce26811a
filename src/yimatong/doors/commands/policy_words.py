"""A whole policy in words for people: what makes which colour, and what to do then."""

from collections.abc import Iterator
from typing import get_args

from yimatong.kernel.clock import rfc3339
from yimatong.kernel.words import Words
from yimatong.policy.admission import PLACES
from yimatong.policy.model import Lapse, Policy, Row, Rule, Said, Warmth, WordRule

_ROWS = ("green", "yellow", "red", "no_code")
_WARMTHS: tuple[Warmth, ...] = get_args(Warmth)


def told(policy: Policy) -> Iterator[str]:
    """Lines of text, Chinese before English."""
    yield f"{policy.name}  {_both(policy.title)}"
    yield f"《{policy.notice.title}》 {policy.notice.issuer} {policy.notice.number}"
    until = rfc3339(policy.in_force_until) if policy.in_force_until else "…"
    yield f"施行 in force: {rfc3339(policy.in_force_from)} – {until}"
    yield f"须有 needs: {', '.join(policy.needs)}"
    for rule in policy.rules:
        yield from _said(rule, rule.colour, rule.said)
    yield from _review(policy)
    for lapse in policy.lapses:
        after = f"{lapse.after.count} {lapse.after.unit}"
        yield from _said(lapse, f"{lapse.leads_to}, {after}", lapse.said)
    for state, words in policy.states.items():
        yield f"\n[{state}]\n  {words.zh}\n  {words.en}"
    yield f"\n每日打卡 check-in\n  {policy.checkin.duty.zh}\n  {policy.checkin.duty.en}"
    yield f"\n承诺 promise\n  {policy.promise.zh}\n  {policy.promise.en}"
    yield from _admission(policy)


def _both(words: Words) -> str:
    return f"{words.zh} · {words.en}"


def _said(named: Rule | Lapse | WordRule, leads_to: str, said: Said) -> Iterator[str]:
    yield f"\n{named.id} → {leads_to}"
    yield f"  “{said.sentence}”"
    for words in (said.reason, said.to_do):
        yield f"  {words.zh}"
        yield f"  {words.en}"


def _review(policy: Policy) -> Iterator[str]:
    if policy.review is None:
        return
    yield f"\n审核 review: – → {policy.review.none}"
    for word in policy.review.words:
        if isinstance(word.leads_to, WordRule):
            yield from _said(
                word.leads_to, f"{word.kind}: {word.leads_to.colour}", word.leads_to.said
            )
        else:
            yield f"  {word.kind} → {word.leads_to}"


def _admission(policy: Policy) -> Iterator[str]:
    fever = f"{policy.fever.operator} {policy.fever.limit} ℃"
    yield f"\n通行 admission ({' / '.join(_WARMTHS)}; fever {fever})"
    for place in PLACES:
        rows = policy.admission.places[place]
        cells = (f"{name}: {_answers(getattr(rows, name))}" for name in _ROWS)
        yield f"  {place:12} {'   '.join(cells)}"


def _answers(row: Row) -> str:
    answers = [getattr(row, warm) for warm in _WARMTHS]
    return answers[0] if len(set(answers)) == 1 else "/".join(answers)
