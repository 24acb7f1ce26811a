"""Facts of many people out of one file: what only the whole file can show.

The same id with the same content counts once, with other content it is a bad line; a record
of another person cannot be withdrawn. What a record withdraws may stand before or after it, or
nowhere, where there is nothing to withdraw.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence

from yimatong.kernel.errors import BadInput, Problem, Where
from yimatong.policy.facts import Fact


class Intake:
    """Takes the facts of a file one by one, in the order of their lines."""

    def __init__(self) -> None:
        self._facts: list[Fact] = []
        self._lines = array("Q")
        self._place: dict[str, int] = {}
        self.repeated = 0
        """Lines that say again what an earlier line said."""

    def add(self, fact: Fact, line: int) -> None:
        """BadInput where its id stands for something else already."""
        place = self._place.setdefault(fact.id, len(self._facts))
        if place == len(self._facts):
            self._facts.append(fact)
            self._lines.append(line)
        elif self._facts[place] == fact:
            self.repeated += 1
        else:
            raise BadInput.of(
                "policy.facts.other_content",
                Where(line=line, field="id"),
                found=fact.id,
                first=self._lines[place],
            )

    def strangers(self) -> Iterator[tuple[int, Problem]]:
        """The line of every fact that withdraws another person's, and what is wrong."""
        for fact, line in zip(self._facts, self._lines, strict=True):
            if fact.retracts is not None and self._is_strange(fact, fact.retracts):
                where = Where(line=line, field="retracts")
                yield line, Problem("policy.facts.other_person", where, {"found": fact.retracts})

    def _is_strange(self, fact: Fact, withdrawn: str) -> bool:
        place = self._place.get(withdrawn)
        return place is not None and self._facts[place].person != fact.person

    def by_person(self, without: frozenset[int] = frozenset()) -> Mapping[str, Sequence[Fact]]:
        """The facts of each person, people in code point order, less those of some lines."""
        people: dict[str, list[Fact]] = {}
        for fact, line in zip(self._facts, self._lines, strict=True):
            if line not in without:
                people.setdefault(fact.person, []).append(fact)
        return dict(sorted(people.items()))
