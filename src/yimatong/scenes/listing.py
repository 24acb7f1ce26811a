"""A scene's list of names, and finding one by whatever is typed for it.

Pure comparison: nothing is guessed. Full-width letters, capitals, spaces and marks are read as
meant, and an ending that changes nothing (片, capsules) may follow any of the names.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from yimatong.scenes.model import Form, Listed, Scene


class ReadAs(msgspec.Struct, frozen=True):
    """What was typed for a name, what it was read as, and which kinds of facts that means; none
    where the list has it not."""

    typed: str
    name: str
    facts: tuple[str, ...]
    english: str = ""


def plain(text: str) -> str:
    """Letters and digits alone, small and of usual width. `static/js/listed.js` does the same."""
    usual = unicodedata.normalize("NFKC", text).lower()
    return "".join(character for character in usual if character.isalnum())


def found(scene: Scene, typed: str) -> Sequence[Listed]:
    """Whose name, other name, pinyin, first letters or English name this is: one as a rule, none
    where the list has it not, several where they share it."""
    text = plain(typed)
    hits = [one for one in scene.listed if text in one.finds]
    if hits or not text:
        return hits
    shorter = {text.removesuffix(end) for end in scene.endings if text.endswith(end)} - {""}
    return [one for one in scene.listed if not shorter.isdisjoint(one.finds)]


def read_as(scene: Scene, form: Form, typed: Mapping[str, Sequence[str]]) -> list[ReadAs]:
    """How each name was read, in the order of the rows."""
    asked = {".".join(one) for one in _ids(form)}
    names = [name for name in typed if re.sub(r"\.\d+\.", ".", name, count=1) in asked]
    texts = [next(iter(typed[name]), "").strip() for name in sorted(names, key=_row)]
    return [_read_as(scene, text) for text in texts if text]


def _read_as(scene: Scene, text: str) -> ReadAs:
    for one in found(scene, text):
        return ReadAs(text, one.name, one.means.facts, one.english)
    return ReadAs(text, text, ())


def _ids(form: Form) -> Iterator[tuple[str, ...]]:
    for field in form.fields:
        if field.type == "listed":
            yield (field.id,)
        yield from ((field.id, inner.id) for inner in field.fields if inner.type == "listed")


def _row(name: str) -> int:
    number = next(iter(name.split(".")[1:2]), "")
    return int(number) if number.isdecimal() else 0


def finds_of(names: Iterable[tuple[str, str]], *more: str) -> tuple[str, ...]:
    """What finds an entry, plain: each name, its pinyin in one word and the pinyin's first
    letters, and what else (English)."""
    return tuple(dict.fromkeys(plain(one) for one in (*_spoken(names), *more) if plain(one)))


def endings_of(names: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """What may follow, plain. A single letter may not: it would turn other words into names."""
    return tuple(dict.fromkeys(end for end in map(plain, _spoken(names)) if not _letter(end)))


def _spoken(names: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, pinyin in names:
        yield name
        if pinyin:
            yield pinyin
            yield "".join(syllable[0] for syllable in pinyin.split())


def _letter(text: str) -> bool:
    return len(text) == 1 and text.isascii()
