"""A scene's list of names, and finding one by whatever is typed for it.

Pure comparison: nothing is guessed. Full-width letters, capitals, spaces and marks are read as
meant, and an ending that changes nothing (片, capsules) may follow any of the names.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from yimatong.scenes.model import Listed, Scene


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
