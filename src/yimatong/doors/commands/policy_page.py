"""A whole policy as a page for people, in one language: Markdown that reads well as text too.

`yimatong policy show` prints it; the documentation has it as a chapter, with the cases.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import get_args

from yimatong.doors.commands.policy_words import Speaker, when
from yimatong.kernel.words import Language
from yimatong.policy.admission import PLACES
from yimatong.policy.cases import Case
from yimatong.policy.facts import Fact
from yimatong.policy.model import (
    Colour,
    Lapse,
    Policy,
    ReviewWord,
    Row,
    Rows,
    Rule,
    Said,
    Warmth,
    WordRule,
)

_COLOURS: tuple[Colour, ...] = get_args(Colour)
_WARMTHS: tuple[Warmth, ...] = get_args(Warmth)
_FEW = 3
"""Facts of a kind that a case names one by one; more are told by their number."""
Blocks = Iterator[str]
"""Paragraphs, lists, tables and headings, with an empty line between them."""


class PolicyPage:
    """Tells one edition."""

    def __init__(self, policy: Policy, language: Language) -> None:
        self._policy = policy
        self._speaker = Speaker(language)
        self._say = self._speaker.say
        self._words = self._speaker.words

    def text(self, cases: Sequence[Case] = ()) -> str:
        """The page; where there are cases, they come last."""
        return "\n\n".join((*self._blocks(), *(self._cases(cases) if cases else ()))) + "\n"

    def _blocks(self) -> Blocks:
        policy = self._policy
        yield f"# {self._words(policy.title)}"
        yield self._head()
        yield self._heading("rules")
        for rule in policy.rules:
            yield from self._rule(rule)
        yield from self._review()
        if policy.lapses:
            yield self._heading("lapse")
        for lapse in policy.lapses:
            yield from self._lapse(lapse)
        yield self._heading("states")
        yield "\n".join(
            f"- {self._speaker.look(state)} `{state}`: {self._words(words)}"
            for state, words in policy.states.items()
        )
        yield self._heading("checkin")
        yield from (f"> {policy.checkin.sentence}", self._words(policy.checkin.duty))
        yield self._heading("promise")
        yield f"> {self._words(policy.promise)}"
        yield from self._admission()
        yield from self._recognition()

    def _head(self) -> str:
        policy, notice = self._policy, self._policy.notice
        until = when(policy.in_force_until) if policy.in_force_until else "…"
        return "\n".join(
            (
                self._item("edition", f"`{policy.name}`"),
                self._item(
                    "notice", f"{notice.issuer}《{notice.title}》{notice.number}, {notice.date}"
                ),
                self._item("in_force", f"{when(policy.in_force_from)} – {until}"),
                self._item("issued", self._say(f"doors.policy.issued.{policy.issuing}")),
                self._item("needs", self._speaker.kinds(policy.needs)),
                self._item("fever", self._speaker.compared(policy.fever)),
            )
        )

    def _heading(self, key: str) -> str:
        return f"## {self._say(f'doors.policy.heading.{key}')}"

    def _item(self, key: str, said: str) -> str:
        return f"- {self._say(f'doors.policy.item.{key}')}: {said}"

    def _said(self, id: str, leads_to: str, said: Said, *items: str) -> Blocks:
        """What every rule, word of a review and lapse says, and more items below it."""
        yield f"### `{id}` → {self._speaker.look(leads_to)}"
        yield f"> {said.sentence}"
        reason = self._item("reason", self._words(said.reason))
        to_do = self._item("to_do", self._words(said.to_do))
        yield "\n".join((reason, to_do, *items))

    def _rule(self, rule: Rule) -> Blocks:
        yield from self._said(
            rule.id,
            rule.colour,
            rule.said,
            self._item("facts", self._speaker.patterns(rule.facts)),
            self._item("from", self._speaker.edge(rule.starts)),
            self._item("until", self._speaker.stops(rule)),
        )

    def _lapse(self, lapse: Lapse) -> Blocks:
        yield from self._said(
            lapse.id,
            lapse.leads_to,
            lapse.said,
            self._item("of", self._speaker.patterns(lapse.of)),
            self._item("after", self._speaker.span(lapse.after)),
        )

    def _review(self) -> Blocks:
        review = self._policy.review
        if review is None:
            return
        yield self._heading("review")
        yield self._say("doors.policy.about_review", look=self._speaker.look(review.none))
        yield "\n".join(map(self._word, review.words))
        for word in review.words:
            if isinstance(word.leads_to, WordRule):
                yield from self._said(word.leads_to.id, word.leads_to.colour, word.leads_to.said)

    def _word(self, word: ReviewWord) -> str:
        rule = word.leads_to
        leads_to = f"`{rule.id}`" if isinstance(rule, WordRule) else self._leads_to(rule)
        said = f"- {self._speaker.kinds([word.kind])} → {leads_to}"
        if word.renews_within is None:
            return said
        renewed = self._say("doors.policy.renews", time=self._speaker.time(word.renews_within))
        return f"{said}; {renewed}"

    def _leads_to(self, state: str) -> str:
        return self._say(f"doors.policy.leads_to.{state}")

    def _admission(self) -> Blocks:
        admission = self._policy.admission
        yield self._heading("admission")
        yield f"> {admission.sentence}"
        heads = ("place", *_COLOURS, "no_code")
        rows = [
            (self._say(f"doors.policy.place.{place}"), *self._cells(admission.places[place]))
            for place in PLACES
        ]
        yield self._table(heads, rows)

    def _cells(self, rows: Rows) -> Iterator[str]:
        for name in Rows.__struct_fields__:
            yield self._answer(getattr(rows, name))

    def _answer(self, row: Row) -> str:
        """One word where the temperature changes nothing, else one for each."""
        answers = {warm: self._say(f"gates.verdict.{getattr(row, warm)}") for warm in _WARMTHS}
        if len(set(answers.values())) == 1:
            return answers["normal"]
        return self._speaker.listed(
            self._say(f"doors.policy.warmth.{warm}", answer=answer)
            for warm, answer in answers.items()
        )

    def _recognition(self) -> Blocks:
        recognition = self._policy.recognition
        yield self._heading("recognition")
        yield f"> {recognition.sentence}"
        readings = {self._say("doors.policy.elsewhere"): recognition.default, **recognition.regions}
        rows = [
            (where, *(self._column(read[colour]) for colour in _COLOURS))
            for where, read in readings.items()
        ]
        yield self._table(("code_of", *_COLOURS), rows)

    def _cases(self, cases: Sequence[Case]) -> Blocks:
        yield self._heading("cases")
        yield self._say("doors.policy.about_cases", name=self._policy.name, count=len(cases))
        rows = [
            (
                self._words(case.says),
                "<br>".join(self._known(case.facts)),
                when(case.at),
                self._speaker.look(case.result),
                self._speaker.listed(f"`{rule}`" for rule in case.by),
            )
            for case in cases
        ]
        yield self._table(("case", "facts", "at", "result", "rules"), rows)

    def _known(self, facts: Iterable[Fact]) -> Iterator[str]:
        """The facts of a case; a long run of one kind by its number, first and last day."""
        for kind, group in groupby(facts, key=lambda fact: fact.kind):
            run = list(group)
            if len(run) <= _FEW:
                yield from map(self._fact, run)
                continue
            days = f"{run[0].observed_at.date()} – {run[-1].observed_at.date()}"
            yield f"{self._speaker.kinds([kind])} × {len(run)}, {days}"

    def _fact(self, fact: Fact) -> str:
        value = f" {fact.value} ℃" if fact.value is not None else ""
        end = f" – {when(fact.ended_at)}" if fact.ended_at else ""
        return f"{self._speaker.kinds([fact.kind])}{value}, {when(fact.observed_at)}{end}"

    def _table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        columns = [self._column(head) for head in heads]
        lines = [columns, ["---"] * len(columns), *rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def _column(self, key: str) -> str:
        return (
            self._speaker.look(key) if key in _COLOURS else self._say(f"doors.policy.column.{key}")
        )
