"""What may be published: every mistake told at its field, and nothing of a person's."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from yimatong.information.model import Draft, Kind
from yimatong.kernel.errors import BadInput, Problem, Where
from yimatong.people.documents import check_character
from yimatong.places import divisions, provinces

LONGEST = {"title": 60, "text": 2000, "title_en": 150, "text_en": 5000, "phone": 20, "address": 100}
"""Characters of each text."""
REGIONAL = frozenset({Kind.RISK_AREA, Kind.FEVER_CLINIC})
NEEDED = {Kind.HOTLINE: "phone", Kind.FEVER_CLINIC: "address"}
_PHONE = re.compile(r"\+?\d(?:[ -]?\d){2,15}", re.ASCII)
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)", re.ASCII)
_ID_NUMBER = re.compile(r"(?<!\d)(\d{17})([\dXx])(?!\d)", re.ASCII)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def checked(draft: Draft, today: date, unread: Sequence[Problem] = ()) -> Draft:
    """The draft as it may be published: texts tidied, the province of its division filled in.

    BadInput with every mistake, those that the reading found (`unread`) before ours.
    """
    tidy = _tidied(draft)
    known = {problem.where.field for problem in unread}
    problems = [one for one in _problems(tidy, today) if one.where.field not in known]
    if unread or problems:
        raise BadInput(*unread, *problems)
    if tidy.region is None and tidy.division is not None:
        return replace(tidy, region=divisions()[tidy.division].region)
    return tidy


def _tidied(draft: Draft) -> Draft:
    texts = {name: _tidy(getattr(draft, name) or "") for name in LONGEST}
    optional = {name: text or None for name, text in texts.items()}
    return replace(draft, **optional | {"title": texts["title"], "text": texts["text"]})


def _tidy(text: str) -> str:
    """Paragraphs apart by one blank line, no space at the ends of lines."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in lines)).strip()


def _problems(draft: Draft, today: date) -> Iterator[Problem]:
    for name, longest in LONGEST.items():
        yield from _text(name, getattr(draft, name) or "", longest)
    yield from _missing(draft)
    yield from _where(draft)
    if draft.phone and not _MOBILE.search(draft.phone) and not _PHONE.fullmatch(draft.phone):
        yield _wrong("phone", "phone")
    if draft.valid_until is not None and draft.valid_until < max(draft.valid_from, today):
        yield _wrong("valid_until", "over_already")


def _text(name: str, text: str, longest: int) -> Iterator[Problem]:
    if len(text) > longest:
        yield _wrong(name, "too_long", length=len(text), longest=longest)
    many_lines = name in ("text", "text_en")
    for character in text:
        if unicodedata.category(character) in _UNSEEN and not (many_lines and character == "\n"):
            yield _wrong(name, "unseen", code=f"U+{ord(character):04X}")
            return
    if _MOBILE.search(text) or any(_is_id(found) for found in _ID_NUMBER.finditer(text)):
        yield _wrong(name, "personal")


def _is_id(found: re.Match[str]) -> bool:
    return check_character(found[1]) == found[2].upper()


def _missing(draft: Draft) -> Iterator[Problem]:
    for name in ("title", "text"):
        if not getattr(draft, name):
            yield _wrong(name, "missing")
    if bool(draft.title_en) != bool(draft.text_en):
        yield _wrong("text_en" if draft.title_en else "title_en", "half_english")
    needed = NEEDED.get(draft.kind)
    if needed and not getattr(draft, needed):
        yield _wrong(needed, f"needs_{needed}")


def _where(draft: Draft) -> Iterator[Problem]:
    if draft.region is not None and draft.region not in provinces():
        yield _wrong("region", "region")
    elif draft.division is not None and draft.division not in divisions():
        yield _wrong("division", "division")
    elif draft.division is None:
        if draft.region is None and draft.kind in REGIONAL:
            yield _wrong("region", "needs_region")
    elif draft.region not in (None, divisions()[draft.division].region):
        yield _wrong("division", "other_region", division=divisions()[draft.division].words)


def _wrong(field: str, how: str, **params: object) -> Problem:
    return Problem(f"information.wrong.{how}", Where(field=field), params)
