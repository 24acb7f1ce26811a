"""Reads which facts an answer becomes, and what it ends or withdraws."""

from collections.abc import Iterator, Sequence

from yimatong.policy.grammar import read_kinds
from yimatong.policy.kinds import KINDS
from yimatong.policy.tables import Table
from yimatong.scenes.model import Outcome


def load_facts(table: Table, source: str, *, value: bool = False) -> Outcome:
    """Only facts. `value`: a temperature, so that its kinds carry one; all others' must not."""
    return Outcome(facts=_facts(table, source, value=value))


def load_means(table: Table, source: str) -> Outcome:
    """Facts, and what of the place's own facts ends or is withdrawn."""
    ends = _kinds(table, "ends")
    for kind in ends:
        if not KINDS[kind].lasting:
            table.complain("scenes.file.does_not_last", "ends", found=kind)
    return Outcome(_facts(table, source, value=False), ends, _kinds(table, "withdraws"))


def _facts(table: Table, source: str, *, value: bool) -> tuple[str, ...]:
    kinds = _kinds(table, "facts")
    for code, params in wrong_facts(kinds, source, value=value):
        table.complain(code, "facts", **params)
    return kinds


def wrong_facts(
    kinds: Sequence[str], source: str, *, value: bool
) -> Iterator[tuple[str, dict[str, object]]]:
    """What is wrong with facts of these kinds: the source cannot say them, or they carry a figure
    where none is typed, or none where one is."""
    for kind in kinds:
        if source not in KINDS[kind].said_by:
            allowed = ", ".join(_said_by(source))
            known: dict[str, object] = {"found": kind, "source": source, "allowed": allowed}
            yield "scenes.file.not_said_by", known
        if KINDS[kind].has_value != value:
            code = "scenes.file.has_no_value" if value else "scenes.file.has_value"
            yield code, {"found": kind}


def _kinds(table: Table, key: str) -> tuple[str, ...]:
    if not table.has(key):
        return ()
    return table.phrases(key, read_kinds, "policy.file.not_a_pattern")


def _said_by(source: str) -> Sequence[str]:
    return [kind.name for kind in KINDS.values() if source in kind.said_by]
