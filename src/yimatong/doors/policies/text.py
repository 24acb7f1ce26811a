"""A policy in plain words as lines of text, for the terminal."""

from collections.abc import Iterable, Iterator
from typing import get_args

from yimatong.doors.policies.phrases import BETWEEN, Say, saying
from yimatong.doors.policies.plain import Clause, Entrance, Foreign, PlainPolicy, plain
from yimatong.kernel.clock import rfc3339
from yimatong.kernel.words import LANGUAGES, Catalogue
from yimatong.policy.model import Policy, Row, Rows, Warmth

_WARMTHS: tuple[Warmth, ...] = get_args(Warmth)


def told(policy: Policy, catalogue: Catalogue) -> Iterator[str]:
    """The whole edition in Chinese, then in English."""
    for language in LANGUAGES:
        say = saying(catalogue, language)
        yield from _told(say, plain(policy, catalogue, language))
        yield ""


def _told(say: Say, one: PlainPolicy) -> Iterator[str]:
    until = rfc3339(one.in_force_until) if one.in_force_until else "…"
    yield f"{one.name}  {one.title}"
    yield f"《{one.notice.title}》 {one.notice.issuer} {one.notice.number}"
    yield f"{say('policies.page.in_force')}: {rfc3339(one.in_force_from)} – {until}"
    yield from _part(say, "get", _how(say, one))
    for title, clauses in (("colours", one.clauses), ("lapses", one.lapses)):
        yield from _part(say, title, (line for each in clauses for line in _clause(say, each)))
    if not one.lapses:
        yield f"  {say('policies.page.no_lapse')}"
    yield from _part(say, "duty", [one.checkin.duty])
    yield from _part(say, "admission", _admission(say, one.admission))
    yield from _part(say, "recognition", (_foreign(say, each) for each in one.recognition))
    yield from _part(say, "promise", [one.promise])


def _part(say: Say, title: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"\n{say(f'policies.page.{title}')}"
    yield from (f"  {line}" for line in lines)


def _how(say: Say, one: PlainPolicy) -> Iterator[str]:
    yield say(f"policies.issuing.{one.issuing}")
    yield f"{say('policies.page.needs')}: {BETWEEN.join(one.needs)}"
    for step in one.review:
        yield f"{step.word} → {step.leads_to}"
    for waiting in one.states:
        yield f"{say(f'codes.look.{waiting.state}')}: {waiting.to_do}"


def _clause(say: Say, clause: Clause) -> Iterator[str]:
    yield f"{clause.id} → {say(f'codes.look.{clause.leads_to}')}: {clause.reason}"
    yield f"  {say('policies.page.facts')}: {BETWEEN.join(clause.facts)}"
    for said in (*clause.holds, clause.to_do, f"“{clause.sentence}”"):
        yield f"  {said}"


def _admission(say: Say, entrances: Iterable[Entrance]) -> Iterator[str]:
    yield " / ".join(say(f"policies.warmth.{warm}") for warm in _WARMTHS)
    for entrance in entrances:
        yield BETWEEN.join(say(f"policies.place.{one}") for one in entrance.places)
        for name in Rows.__struct_fields__:
            answers = _answers(say, getattr(entrance.rows, name))
            yield f"  {_colour(say, name)}: {answers}"


def _answers(say: Say, row: Row) -> str:
    answers = [say(f"gates.verdict.{getattr(row, warm)}") for warm in _WARMTHS]
    return answers[0] if len(set(answers)) == 1 else " / ".join(answers)


def _foreign(say: Say, foreign: Foreign) -> str:
    read = (f"{_colour(say, one)} → {_colour(say, seen)}" for one, seen in foreign.read_as.items())
    where = foreign.region or say("policies.page.everywhere")
    return f"{where}: {BETWEEN.join(read)}"


def _colour(say: Say, name: str) -> str:
    return say("policies.no_colour" if name == "no_code" else f"codes.look.{name}")
