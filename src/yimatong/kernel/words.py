"""Words for people, in both languages.

Each room keeps its sentences in a `words.toml` beside its code:

    [gates.verdict.admit]
    zh = "通行"
    en = "Pass"

A sentence may hold `{names}`, filled when it is said.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Literal, cast

from yimatong.kernel.errors import Problem

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """The same said in Chinese and in English."""

    zh: str
    en: str

    def said_in(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


class Catalogue:
    """Every sentence of the product by its key."""

    def __init__(self, words: Mapping[str, Words]) -> None:
        self._words = dict(words)

    @classmethod
    def of_packages(cls, packages: Iterable[str]) -> "Catalogue":
        """Gathers `words.toml` of each package; a key said twice is a mistake (ValueError)."""
        gathered: dict[str, Words] = {}
        for package in packages:
            text = resources.files(package).joinpath("words.toml").read_text("utf-8")
            for key, words in _flatten(tomllib.loads(text), ""):
                if key in gathered:
                    raise ValueError(f"{package}/words.toml: {key} is said twice")
                gathered[key] = words
        return cls(gathered)

    def keys(self) -> frozenset[str]:
        return frozenset(self._words)

    def say(self, key: str, language: Language, /, **params: object) -> str:
        """The sentence, with its names filled in. KeyError where the catalogue lacks it."""
        return self._words[key].said_in(language).format_map(params)

    def explain(self, problem: Problem, language: Language) -> str:
        """A problem's sentence; the figures may be `Words` and are said in the same language."""
        figures = {
            name: value.said_in(language) if isinstance(value, Words) else value
            for name, value in problem.params.items()
        }
        return self.say(problem.code, language, **{**problem.where.parts(), **figures})


def _flatten(table: Mapping[str, Any], prefix: str) -> Iterable[tuple[str, Words]]:
    for name, value in table.items():
        key = f"{prefix}.{name}" if prefix else name
        if set(value) == {"zh", "en"} and isinstance(value["zh"], str):
            yield key, Words(value["zh"], value["en"])
        else:
            yield from _flatten(cast("Mapping[str, Any]", value), key)
