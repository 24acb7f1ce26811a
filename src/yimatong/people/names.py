"""Names of persons: what may stand in one, and how one is masked."""

import unicodedata

from yimatong.kernel.errors import BadInput, Where

LONGEST = 50
_MIDDLE_DOTS = str.maketrans(dict.fromkeys("•・‧･∙⋅．", "·"))
_BESIDE_LETTERS = frozenset(" ·-'’.〇")
"""Between the parts of a name; 〇 is a number to Unicode and a character of names in China."""


def check_name(text: str, field: str = "name") -> str:
    """The name in Unicode form NFC, with single spaces and `·` as its middle dot.

    Letters and marks of every script are allowed, 1 to 50 characters. BadInput where it is
    empty, too long, or holds a control character, a digit, a symbol or an emoji.
    """
    where = Where(field=field)
    if len(text) > LONGEST * 8:  # not worth normalising
        raise BadInput.of("people.name.too_long", where, longest=LONGEST, length=len(text))
    dotted = unicodedata.normalize("NFC", text).translate(_MIDDLE_DOTS).replace("\u3000", " ")
    name = " ".join(part for part in dotted.split(" ") if part)
    if not name:
        raise BadInput.of("people.name.missing", where)
    if len(name) > LONGEST:
        raise BadInput.of("people.name.too_long", where, longest=LONGEST, length=len(name))
    _check_characters(name, where)
    return name


def masked(name: str) -> str:
    """The first character and a star: enough for a guard to compare, not to know (`张*`)."""
    first = name[0]
    for mark in name[1:]:
        if not unicodedata.category(mark).startswith("M"):
            break
        first += mark
    return first + "*"


def _check_characters(name: str, where: Where) -> None:
    for character in name:
        kind = unicodedata.category(character)
        if kind in {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}:
            raise BadInput.of("people.name.control", where, code=f"U+{ord(character):04X}")
        if kind[0] not in "LM" and character not in _BESIDE_LETTERS:
            raise BadInput.of("people.name.characters", where, character=character)
    if not any(
        unicodedata.category(character)[0] == "L" or character == "〇" for character in name
    ):
        raise BadInput.of("people.name.no_letter", where)
