"""Reads tables of a TOML file and gathers every mistake instead of stopping at the first.

After a mistake a stand-in is returned; nothing is made of it, because `Sheet.check` raises.
"""

import difflib
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from yimatong.kernel.clock import SHANGHAI
from yimatong.kernel.errors import BadInput, Problem, Where
from yimatong.kernel.words import Words
from yimatong.policy.grammar import NothingLeftError, UnknownKindError, UnreadableError
from yimatong.policy.kinds import KINDS
from yimatong.policy.toml_lines import Path, key_lines, line_of

T = TypeVar("T")
C = TypeVar("C", bound=str)


class Sheet:
    """One file: its text, the lines of its keys, the mistakes found so far."""

    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self._problems: list[Problem] = []
        try:
            self.root = Table(self, tomllib.loads(text), ())
        except tomllib.TOMLDecodeError as error:
            raise BadInput(_syntax_problem(error, file)) from None
        self._lines = key_lines(text)

    def complain(self, code: str, path: Path, /, **params: object) -> None:
        line = line_of(path, self._lines)
        where = Where(file=self._file, line=line, key=_dotted(path))
        problem = Problem(code, where, params)
        if problem not in self._problems:
            self._problems.append(problem)

    def check(self) -> None:
        """BadInput with every problem, in the order of their lines."""
        if self._problems:
            raise BadInput(*sorted(self._problems, key=lambda problem: problem.where.line or 0))


def _syntax_problem(error: tomllib.TOMLDecodeError, file: str) -> Problem:
    detail, _, place = str(error).rpartition(" (at ")
    digits = place.removeprefix("line ").split(",")[0]
    line = int(digits) if digits.isdigit() else None
    return Problem("policy.file.syntax", Where(file=file, line=line), {"detail": detail})


def _dotted(path: Path) -> str:
    """`rule[2].colour`, the elements counted from 1."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


class Table:
    """One table. What was asked for is known; `close` complains of whatever else it holds."""

    def __init__(
        self, sheet: Sheet, mapping: Mapping[str, Any], path: Path, *, quiet: bool = False
    ) -> None:
        self._quiet = quiet
        """Stands in for a table that was complained of already."""
        self._sheet = sheet
        self._mapping = mapping
        self._path = path
        self._known: set[str] = set()

    def complain(self, code: str, key: str | None = None, /, **params: object) -> None:
        if not self._quiet:
            path = self._path if key is None else (*self._path, key)
            self._sheet.complain(code, path, **params)

    def has(self, key: str) -> bool:
        self._known.add(key)
        return key in self._mapping

    def holds(self, key: str, value: object) -> bool:
        return self._mapping.get(key) == value

    def holds_table(self, key: str) -> bool:
        return isinstance(self._mapping.get(key), dict)

    def __iter__(self) -> Iterator[str]:
        return iter(self._mapping)

    def close(self) -> None:
        for key in self._mapping.keys() - self._known:
            near = difflib.get_close_matches(key, self._known, n=1, cutoff=0.5)
            allowed = ", ".join(near or sorted(self._known))
            self.complain("policy.file.unknown_key", key, allowed=allowed)

    def _typed(self, key: str, kind: type[T], stand_in: T, code: str) -> T:
        if not self.has(key):
            self.complain("policy.file.missing", key)
            return stand_in
        found = self._mapping[key]
        if type(found) is not kind or found == "":
            self.complain(code, key, found=found)
            return stand_in
        return found

    def text(self, key: str) -> str:
        return self._typed(key, str, "", "policy.file.not_text")

    def whole_number(self, key: str) -> int:
        found = self._typed(key, int, 1, "policy.file.not_a_count")
        if found < 1:
            self.complain("policy.file.not_a_count", key, found=found)
        return found

    def flag(self, key: str) -> bool:
        return self._typed(key, bool, False, "policy.file.not_a_flag")  # noqa: FBT003

    def day(self, key: str) -> date:
        return self._typed(key, date, date.min, "policy.file.not_a_date")

    def moment(self, key: str) -> datetime:
        stand_in = datetime.min.replace(tzinfo=SHANGHAI)
        found = self._typed(key, datetime, stand_in, "policy.file.not_a_moment")
        if found.tzinfo is None:
            self.complain("policy.file.not_a_moment", key, found=found)
            return stand_in
        return found.astimezone(SHANGHAI) if found is not stand_in else found

    def texts(self, key: str, *, at_least: int = 1) -> Sequence[str]:
        found: list[Any] = self._typed(key, list, [], "policy.file.not_a_list")
        if all(isinstance(one, str) for one in found) and len(found) >= at_least:
            return found
        self.complain("policy.file.not_a_list", key, found=found)
        return []

    def choice(self, key: str, allowed: Sequence[C]) -> C:
        """One of a closed list of words."""
        found = self.text(key)
        if found and found not in allowed:
            self._not_one_of(key, found, allowed)
        return next((one for one in allowed if one == found), allowed[0])

    def choices(self, key: str, allowed: Sequence[C]) -> tuple[C, ...]:
        """Some of a closed list of words, or none."""
        found = self.texts(key, at_least=0)
        for one in found:
            if one not in allowed:
                self._not_one_of(key, one, allowed)
        return tuple(one for one in allowed if one in found)

    def _not_one_of(self, key: str, found: str, allowed: Sequence[str]) -> None:
        self.complain("policy.file.not_one_of", key, found=found, allowed=", ".join(allowed))

    def words(self, key: str) -> Words:
        """The same said in both languages, neither empty."""
        table = self.table(key)
        words = Words(table.text("zh"), table.text("en"))
        table.close()
        return words

    def table(self, key: str) -> "Table":
        found: dict[str, Any] = self._typed(key, dict, {}, "policy.file.not_a_table")
        return Table(self._sheet, found, (*self._path, key), quiet=self._quiet or not found)

    def tables(self, key: str) -> Sequence["Table"]:
        """An array of tables; absent is empty."""
        found = self.mappings(key)
        return [Table(self._sheet, one, (*self._path, key, at)) for at, one in enumerate(found)]

    def mappings(self, key: str) -> Sequence[Mapping[str, Any]]:
        """An array of tables as they are, checked by whoever asks; absent is empty."""
        if not self.has(key):
            return []
        found: list[Any] = self._typed(key, list, [], "policy.file.not_tables")
        if all(isinstance(one, dict) for one in found):
            return found
        self.complain("policy.file.not_tables", key, found=found)
        return []

    def phrase(self, key: str, read: Callable[[str], T], stand_in: T, code: str) -> T:
        """A text that `read` understands."""
        found = self.text(key)
        return self._read(key, lambda: read(found), stand_in, code) if found else stand_in

    def phrases(
        self, key: str, read: Callable[[Sequence[str]], tuple[T, ...]], code: str
    ) -> tuple[T, ...]:
        """A list of texts that `read` understands together."""
        found = self.texts(key)
        return self._read(key, lambda: read(found), (), code)

    def _read(self, key: str, read: Callable[[], T], stand_in: T, code: str) -> T:
        try:
            return read()
        except UnknownKindError as error:
            near = difflib.get_close_matches(error.name, KINDS, n=1, cutoff=0.4)
            allowed = ", ".join(near or KINDS)
            self.complain("policy.file.unknown_kind", key, found=error.name, allowed=allowed)
        except NothingLeftError:
            self.complain("policy.file.matches_nothing", key)
        except UnreadableError as error:
            self.complain(code, key, found=str(error))
        return stand_in
