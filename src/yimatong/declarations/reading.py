"""A posted form -> the sheet that the API takes, or each answer that cannot be read.

The names of the form's fields are the names of the sheet's; a moment is posted as one field,
a choice as its value, and the promise as the digest of the text that was shown.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, TypeVar, get_args, get_origin

import msgspec

from yimatong.declarations import typed
from yimatong.declarations.countries import code_of
from yimatong.declarations.model import JOURNEY, Sheet
from yimatong.kernel.errors import Problem
from yimatong.kernel.words import LANGUAGES, Words
from yimatong.web.forms import Form

S = TypeVar("S", bound=Sheet)


def promise_digest(text: str) -> str:
    """Names a promise's text in a form, so that what was shown and what is kept are the same."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def read(form: Form, sheet: type[S], promise: Words) -> tuple[S, list[Problem]]:
    """The sheet, with None where an answer could not be read, and these answers' problems.

    What another choice hides is left out: it was typed before that choice and is not meant.
    """
    hidden = _HIDDEN.get((form["kind"], form["stage"]), ())
    return _read(form, sheet, promise, hidden)


_HIDDEN: dict[tuple[str, str], Sequence[str]] = {
    ("resident", ""): JOURNEY,
    ("", "planned"): ("arrived_at",),
    ("", "arrived"): ("planned_day",),
}


def _read(
    form: Form, sheet: type[S], promise: Words, left_out: Sequence[str]
) -> tuple[S, list[Problem]]:
    answers: dict[str, Any] = {}
    problems: list[Problem] = []
    for field in msgspec.structs.fields(sheet):
        if field.name in left_out:
            continue
        found = _answer(form, field.name, field.type)
        if isinstance(found, Problem):
            problems.append(found)
        elif found is not None:
            answers[field.name] = found
    answers["promise"] = _promised(form["promise"], promise)
    return sheet(**answers), problems


def _answer(form: Form, name: str, kind: Any) -> object:
    if get_origin(kind) is list:
        return _known(form.many(name), get_args(get_args(kind)[0]))
    if get_origin(kind) is Literal:
        return next(iter(_known([form[name]], get_args(kind))), "")
    if name == "country":
        return code_of(form[name])
    read = next((read for part, read in _READERS.items() if part in _parts(kind)), None)
    if read is None:
        return form[name]
    return read(form[name], name) if form[name] else None


def _parts(kind: object) -> Iterable[object]:
    for part in get_args(kind) or (kind,):
        yield from (part, *get_args(part)[:1])


def _known(found: Iterable[str], allowed: tuple[str, ...]) -> list[str]:
    """Values that no form of ours offers are as good as none."""
    return [value for value in dict.fromkeys(found) if value in allowed]


def _yes(text: str, _field: str) -> bool | None:
    return {"yes": True, "no": False}.get(text)


_Read = bool | int | date | datetime | Decimal | Problem | None
_READERS: dict[object, Callable[[str, str], _Read]] = {
    bool: _yes,
    int: typed.whole,
    Decimal: typed.temperature,
    datetime: typed.moment,
    date: typed.day,
}


def _promised(digest: str, promise: Words) -> str:
    texts = {promise_digest(text): text for text in map(promise.said_in, LANGUAGES)}
    return texts.get(digest, digest and "?")
