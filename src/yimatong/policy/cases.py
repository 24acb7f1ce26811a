"""The cases that stand beside a policy: sentences with the date in them, and what must come out.

[[case]]
zh = "……"
en = "…"
facts = [{ kind = "declaration", observed_at = "2020-03-09" }]
normal_days = ["2020-03-10", "2020-03-23"]   # a normal check-in at 09:00 on each
at = "2020-03-24T08:00:00+08:00"
is = "green"                                 # a colour, or a state
by = []                                      # the rules that hold
valid_until = "never"                        # or a moment; left out, it is not looked at
next = "never"                               # likewise, for next_change_at
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, get_args

import msgspec

from yimatong.kernel.clock import SHANGHAI, day_of, start_of
from yimatong.kernel.errors import BadInput, Where
from yimatong.kernel.words import Words
from yimatong.policy.decide import decide
from yimatong.policy.facts import Fact, read_fact
from yimatong.policy.kinds import KINDS
from yimatong.policy.model import Colour, Policy, State
from yimatong.policy.standing import Standing
from yimatong.policy.tables import Sheet, Table
from yimatong.policy.times import read_moment

_RESULTS: tuple[str, ...] = (
    *get_args(Colour),
    *(state for state in get_args(State) if state != "issued"),
)
_NEVER = "never"
_PERSON = "p"
_NO_MOMENT = datetime(1900, 1, 1, tzinfo=SHANGHAI)


class Case(msgspec.Struct, frozen=True):
    """One case. `None` for a moment: it is not looked at; `never`: it must be null."""

    says: Words
    facts: tuple[Fact, ...]
    at: datetime
    result: str
    by: tuple[str, ...]
    valid_until: datetime | str | None
    next_change_at: datetime | str | None


class Miss(msgspec.Struct, frozen=True):
    """What came out otherwise than the case says."""

    case: Case
    what: str
    expected: str
    found: str


def load_cases(text: str, file: str) -> Sequence[Case]:
    """The cases of a file, or BadInput with every mistake in it."""
    sheet = Sheet(text, file)
    cases = [_case(table) for table in sheet.root.tables("case")]
    sheet.root.close()
    sheet.check()
    return cases


def _case(table: Table) -> Case:
    case = Case(
        says=Words(table.text("zh"), table.text("en")),
        facts=(*_facts(table), *_checkins(table)),
        at=_moment(table, "at") or _NO_MOMENT,
        result=table.choice("is", _RESULTS),
        by=tuple(sorted(table.texts("by", at_least=0))) if table.has("by") else (),
        valid_until=_expected(table, "valid_until"),
        next_change_at=_expected(table, "next"),
    )
    table.close()
    return case


def _facts(table: Table) -> Iterator[Fact]:
    for number, mapping in enumerate(table.mappings("facts"), 1):
        try:
            yield read_fact(_filled(mapping), number)
        except BadInput as error:
            [problem] = error.problems
            table.complain(problem.code, "facts", **problem.where.parts(), **problem.params)


def _filled(mapping: Mapping[str, Any]) -> Mapping[str, Any]:
    """In a case the person is understood, and the source where the kind has one."""
    kind = KINDS.get(mapping.get("kind", ""))
    source = kind.said_by[0] if kind else "self"
    return {"person": _PERSON, "source": source, **mapping}


def _checkins(table: Table) -> Iterator[Fact]:
    if not table.has("normal_days"):
        return
    days = [_read(table, "normal_days", text) for text in table.texts("normal_days")]
    first, last = days if len(days) == 2 else (None, None)
    if first is None or last is None:
        table.complain("policy.file.not_two_days", "normal_days")
        return
    moment = start_of(day_of(first)) + timedelta(hours=9)
    while moment <= last + timedelta(days=1):
        name = f"normal:{moment.date()}"
        yield Fact(name, _PERSON, "checkin.normal", moment, None, moment, "self")
        moment += timedelta(days=1)


def _read(table: Table, key: str, text: str) -> datetime | None:
    try:
        return read_moment(text, Where())
    except BadInput as error:
        table.complain(error.problems[0].code, key, found=text)
        return None


def _moment(table: Table, key: str) -> datetime | None:
    text = table.text(key)
    return _read(table, key, text) if text else None


def _expected(table: Table, key: str) -> datetime | str | None:
    if not table.has(key):
        return None
    return _NEVER if table.holds(key, _NEVER) else _moment(table, key)


def misses(policy: Policy, case: Case) -> Iterator[Miss]:
    """Everything in which the policy decides otherwise than the case says."""
    standing = decide(policy, case.facts, case.at)
    for what, expected, found in _compared(case, standing):
        if expected != found:
            yield Miss(case, what, _shown(expected), _shown(found))


def _compared(case: Case, standing: Standing) -> Iterator[tuple[str, object, object]]:
    yield "is", case.result, standing.colour or standing.state
    yield "by", case.by, tuple(sorted({reason.rule for reason in standing.reasons}))
    if case.valid_until is not None:
        yield "valid_until", case.valid_until, standing.valid_until or _NEVER
    if case.next_change_at is not None:
        yield "next", case.next_change_at, standing.next_change_at or _NEVER


def _shown(found: object) -> str:
    if isinstance(found, tuple):
        return ", ".join(found) or "–"
    return found.isoformat() if isinstance(found, datetime) else str(found)
