"""In which line of a TOML text each key stands; the standard reader does not tell."""

import re
import tomllib
from collections.abc import Mapping

Path = tuple[str | int, ...]

_QUOTED = r'"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''
_SKIPPED = re.compile(
    rf'(?P<long>"""(?:\\.|[^\\])*?"""(?:"{{0,2}})|\'\'\'.*?\'\'\'(?:\'{{0,2}}))'
    rf"|{_QUOTED}|(?P<comment>\#[^\n]*)",
    re.DOTALL,
)
_NAME = rf"(?:[A-Za-z0-9_-]+|{_QUOTED})"
_DOTTED = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_TABLE = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=")


def key_lines(text: str) -> Mapping[Path, int]:
    """The line, from 1, of every table and key outside inline tables of a valid TOML text.

    The elements of an array of tables are numbered from 0.
    """
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(_without_long_strings(text).split("\n"), 1):
        if match := _TABLE.match(line):
            table = _resolve(_names(match[2]), counts, opens=match[1] == "[[")
            lines[table] = number
        elif match := _KEY.match(line):
            lines[(*table, *_names(match[1]))] = number
    return lines


def line_of(path: Path, lines: Mapping[Path, int]) -> int | None:
    """The line of a key or of the first thing in it, else of the nearest table around it."""
    within = [line for known, line in lines.items() if path and known[: len(path)] == path]
    if within:
        return min(within)
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)


def _without_long_strings(text: str) -> str:
    def shorten(match: re.Match[str]) -> str:
        if match["comment"]:
            return ""
        return '""' + "\n" * match[0].count("\n") if match["long"] else match[0]

    return _SKIPPED.sub(shorten, text)


def _names(dotted: str) -> tuple[str, ...]:
    """`a."b.c"` as its names, read by the TOML reader itself."""
    names: list[str] = []
    value: object = tomllib.loads(f"{dotted} = 0")
    while isinstance(value, dict):
        [(name, value)] = value.items()
        names.append(name)
    return tuple(names)


def _resolve(names: tuple[str, ...], counts: dict[Path, int], *, opens: bool) -> Path:
    """The path of a table, in which each array of tables stands with its current element."""
    path: Path = ()
    for depth, name in enumerate(names, 1):
        path = (*path, name)
        if opens and depth == len(names):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path
