"""A policy in plain words as Markdown that reads well as text too, with its cases.

`yimatong policy show` prints it; the documentation has it as a chapter. The words are those of
`plain`, which the pages and the API say as well.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import get_args

from yimatong.doors.policies.phrases import BETWEEN, saying
from yimatong.doors.policies.plain import Clause, Entrance, PlainPolicy, plain
from yimatong.kernel.clock import SHANGHAI
from yimatong.kernel.words import Catalogue, Language
from yimatong.places import divisions
from yimatong.policy.cases import Case
from yimatong.policy.facts import Fact
from yimatong.policy.model import Colour, Policy, Row, Rows, Warmth

_COLOURS: tuple[Colour, ...] = get_args(Colour)
_WARMTHS: tuple[Warmth, ...] = get_args(Warmth)
_FEW = 3
"""Facts of a kind that a case names one by one; more are told by their number."""
Blocks = Iterator[str]
"""Paragraphs, lists, tables and headings, with an empty line between them."""


def markdown(
    policy: Policy, catalogue: Catalogue, language: Language, cases: Sequence[Case] = ()
) -> str:
    """The page; where there are cases, they come last."""
    teller = _Teller(plain(policy, catalogue, language), catalogue, language)
    blocks = [*teller.blocks(), *(teller.cases(cases) if cases else ())]
    return "\n\n".join(blocks) + "\n"


class _Teller:
    def __init__(self, policy: PlainPolicy, catalogue: Catalogue, language: Language) -> None:
        self._policy = policy
        self._say = saying(catalogue, language)
        self._language = language

    def blocks(self) -> Blocks:
        policy = self._policy
        yield f"# {policy.title}"
        yield self._head()
        yield from self._getting()
        for colour in ("red", "yellow"):
            yield self._heading(colour)
            for clause in policy.clauses:
                if clause.leads_to == colour:
                    yield from self._clause(clause)
        yield self._heading("green")
        yield self._page("green_reviewed" if policy.review else "green_when")
        yield from self._lapses()
        yield from (self._heading("duty"), policy.checkin.duty, self._law(policy.checkin.sentence))
        yield from self._admission()
        yield from self._recognition()
        yield from (self._heading("promise"), f"> {policy.promise}")

    def _head(self) -> str:
        policy, notice = self._policy, self._policy.notice
        paper = f"{notice.issuer}《{notice.title}》{notice.number}, {notice.date}"
        until = _when(policy.in_force_until) if policy.in_force_until else "…"
        items = (
            self._item("edition", f"`{policy.name}`"),
            self._item("paper", paper),
            self._item("in_force", f"{_when(policy.in_force_from)} – {until}"),
        )
        return "\n".join((*items, f"- {self._page('days')}"))

    def _getting(self) -> Blocks:
        policy = self._policy
        yield self._heading("get")
        yield self._say(f"policies.issuing.{policy.issuing}")
        yield self._item("needs", BETWEEN.join(policy.needs))
        yield "\n".join(
            f"- {self._look(one.state)} `{one.state}`: {one.to_do}" for one in policy.states
        )
        if policy.review:
            steps = (f"- {step.word} → {step.leads_to}" for step in policy.review)
            yield from (self._page("review"), "\n".join(steps))

    def _clause(self, clause: Clause) -> Blocks:
        yield f"### `{clause.id}` → {self._look(clause.leads_to)}"
        yield self._law(clause.sentence)
        facts = (f"{sought.said} `{sought.kind}`" for sought in clause.facts)
        yield "\n".join(
            (
                self._item("told", clause.reason),
                self._item("facts", BETWEEN.join(facts)),
                self._item("ends", " ".join(clause.holds)),
                self._item("to_do", clause.to_do),
            )
        )

    def _lapses(self) -> Blocks:
        yield self._heading("lapses")
        if not self._policy.lapses:
            yield self._page("no_lapse")
        for clause in self._policy.lapses:
            yield from self._clause(clause)

    def _admission(self) -> Blocks:
        yield self._heading("admission")
        yield self._page("admission_about", fever=self._policy.fever)
        yield self._law(self._policy.admission_sentence)
        heads = ("", *map(self._look, _COLOURS), self._say("policies.no_colour"))
        rows = [row for one in self._policy.admission for row in self._entrance(one)]
        yield _table(heads, rows)

    def _entrance(self, entrance: Entrance) -> Iterator[Sequence[str]]:
        answers = [self._answer(getattr(entrance.rows, name)) for name in Rows.__struct_fields__]
        for place in entrance.places:
            yield (self._say(f"policies.place.{place}"), *answers)

    def _answer(self, row: Row) -> str:
        """One word where the temperature changes nothing, else one for each."""
        answers = {warm: self._say(f"gates.verdict.{getattr(row, warm)}") for warm in _WARMTHS}
        if len(set(answers.values())) == 1:
            return answers["normal"]
        return BETWEEN.join(
            f"{self._say(f'policies.warmth.{warm}')}: {answer}" for warm, answer in answers.items()
        )

    def _recognition(self) -> Blocks:
        yield self._heading("recognition")
        yield self._law(self._policy.recognition_sentence)
        rows = [
            (self._region(one.region), *(self._read(one.read_as[colour]) for colour in _COLOURS))
            for one in self._policy.recognition
        ]
        yield _table((self._page("read_as"), *map(self._look, _COLOURS)), rows)

    def _region(self, code: str) -> str:
        if code in divisions():
            return divisions()[code].words.said_in(self._language)
        return code or self._page("everywhere")

    def _read(self, seen: str) -> str:
        return self._say("policies.no_colour") if seen == "no_code" else self._look(seen)

    def cases(self, cases: Sequence[Case]) -> Blocks:
        """A heading and a table: what is known, when it is asked, what must come out."""
        yield f"## {self._say('policies.cases.title')}"
        yield self._say("policies.cases.about", name=self._policy.name, count=len(cases))
        columns = ("case", "facts", "at", "result", "rules")
        rows = [
            (
                case.says.said_in(self._language),
                "<br>".join(self._known(case.facts)),
                _when(case.at),
                self._look(case.result),
                BETWEEN.join(f"`{rule}`" for rule in case.by),
            )
            for case in cases
        ]
        yield _table([self._say(f"policies.cases.{name}") for name in columns], rows)

    def _known(self, facts: Iterable[Fact]) -> Iterator[str]:
        """The facts of a case; a long run of one kind by its number, first and last day."""
        for kind, group in groupby(facts, key=lambda fact: fact.kind):
            run = list(group)
            if len(run) <= _FEW:
                yield from map(self._fact, run)
                continue
            days = f"{run[0].observed_at.date()} – {run[-1].observed_at.date()}"
            yield f"{self._kind(kind)} × {len(run)}, {days}"

    def _fact(self, fact: Fact) -> str:
        value = f" {fact.value} ℃" if fact.value is not None else ""
        end = f" – {_when(fact.ended_at)}" if fact.ended_at else ""
        return f"{self._kind(fact.kind)}{value}, {_when(fact.observed_at)}{end}"

    def _kind(self, kind: str) -> str:
        return f"{self._say(f'policy.kind.{kind}')} `{kind}`"

    def _look(self, colour_or_state: str) -> str:
        return self._say(f"codes.look.{colour_or_state}")

    def _page(self, key: str, **params: object) -> str:
        return self._say(f"policies.page.{key}", **params)

    def _heading(self, key: str) -> str:
        return f"## {self._page(key)}"

    def _item(self, key: str, said: str) -> str:
        return f"- {self._page(key)}: {said}"

    def _law(self, sentence: str) -> str:
        return f"> {sentence}"


def _when(moment: datetime) -> str:
    """`2020-03-16 09:30`, in Shanghai; seconds only where there are any."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}".removesuffix(":00")


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
