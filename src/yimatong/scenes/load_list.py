"""A list beside a scene's file: a table of names with their pinyin, and what each means.

name,pinyin,english,also,facts
布洛芬,bu luo fen,ibuprofen,芬必得=fen bi de; 美林=mei lin,pharmacy.fever_medicine
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain

from yimatong.kernel.errors import Problem, Where
from yimatong.policy.grammar import UnknownKindError, UnreadableError, read_kinds
from yimatong.policy.kinds import KINDS
from yimatong.scenes.listing import finds_of
from yimatong.scenes.load_means import wrong_facts
from yimatong.scenes.model import Listed, Outcome

COLUMNS = ("name", "pinyin", "english", "also", "facts")
MOST_LISTED = 1000
LONGEST_NAME = 60
_PINYIN = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*", re.ASCII)
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def load_list(text: str, file: str, source: str) -> tuple[Sequence[Listed], Sequence[Problem]]:
    """The entries of the table, and every mistake in it with its line; `file` is only named."""
    reader = _Reader(file, source)
    try:
        entries = list(reader.entries(text))
    except csv.Error as error:
        reader.broken(error)
        entries = []
    return entries, reader.problems


def named(phrase: str) -> tuple[str, str]:
    """`芬必得=fen bi de` -> the name and its pinyin, where one is given."""
    name, _, pinyin = phrase.partition("=")
    return name.strip(), pinyin.strip()


def reads(name: str, pinyin: str) -> bool:
    """Whether this can be the name's pinyin: small letters, a syllable for each character."""
    fits = len(pinyin.split()) == len(name) or not _CHINESE.fullmatch(name)
    return bool(_PINYIN.fullmatch(pinyin)) and fits


class _Reader:
    def __init__(self, file: str, source: str) -> None:
        self._file = file
        self._source = source
        self._line = 0
        self._seen: dict[str, int] = {}
        self.problems: list[Problem] = []

    def entries(self, text: str) -> Iterator[Listed]:
        rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
        header = next(rows, [])
        self._line = 1
        if tuple(header) != COLUMNS:
            self.complain("header", None, found=",".join(header), allowed=",".join(COLUMNS))
            return
        for cells in rows:
            self._line = rows.line_num
            if len(self._seen) >= MOST_LISTED:
                self.complain("too_long", None, most=MOST_LISTED)
                return
            if len(cells) == len(COLUMNS):
                yield self._entry(*(cell.strip() for cell in cells))
            elif cells:
                self.complain("cells", None, found=len(cells), allowed=len(COLUMNS))

    def broken(self, error: csv.Error) -> None:
        """What follows the last line that was read cannot be told into lines."""
        self._line += 1
        self.complain("syntax", None, detail=error)

    def complain(self, code: str, key: str | None, /, **params: object) -> None:
        full = code if "." in code else f"scenes.list.{code}"
        self.problems.append(Problem(full, Where(self._file, self._line, key), params))

    def _entry(self, name: str, pinyin: str, english: str, also: str, facts: str) -> Listed:
        others = [named(one) for one in also.split(";") if one.strip()]
        self._name("name", name, pinyin)
        for other in others:
            self._name("also", *other)
        names = chain([(name, pinyin)], others)
        return Listed(name, finds_of(names, english), Outcome(self._facts(facts)), english)

    def _name(self, key: str, name: str, pinyin: str) -> None:
        if not 0 < len(name) <= LONGEST_NAME:
            self.complain("no_name", key, longest=LONGEST_NAME)
        elif name in self._seen:
            self.complain("repeated", key, found=name, first=self._seen[name])
        elif pinyin and not reads(name, pinyin):
            self.complain("not_pinyin", "pinyin" if key == "name" else key, name=name, found=pinyin)
        self._seen.setdefault(name, self._line)

    def _facts(self, text: str) -> tuple[str, ...]:
        try:
            kinds = read_kinds(text.split())
        except UnknownKindError as error:
            allowed = ", ".join(one.name for one in KINDS.values() if self._source in one.said_by)
            self.complain("policy.file.unknown_kind", "facts", found=error.name, allowed=allowed)
            return ()
        except UnreadableError as error:
            self.complain("policy.file.not_a_pattern", "facts", found=str(error))
            return ()
        for code, params in wrong_facts(kinds, self._source, value=False):
            self.complain(code, "facts", **params)
        return kinds
