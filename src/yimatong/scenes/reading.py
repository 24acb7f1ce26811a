"""What was typed -> values, or every mistake beside its field.

A form of the page and a JSON body come to the same: names with texts, rows as
`medicines.0.name`. A mark such as a full-width digit of a Chinese keyboard is read as meant.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from yimatong.kernel.errors import BadInput, Problem, Where
from yimatong.kernel.words import Words
from yimatong.people.phones import check_phone
from yimatong.places.plates import check_plate
from yimatong.scenes import listing
from yimatong.scenes.model import Field, Form, Scene

Typed = Mapping[str, Sequence[str]]
"""All that was typed, by name."""
Values = Mapping[str, Any]
"""By field: text, a decimal's text, a whole number, True or False, a list, rows as a list of
values. What was left out is absent."""

_ROW = re.compile(r"\d{1,2}")
_FAHRENHEIT = (Decimal(93), Decimal(110))


class Subject(msgspec.Struct, frozen=True):
    """What of the person decides what is asked: the age, where the document tells it."""

    today: date
    age: int | None = None


def read(scene: Scene, form: Form, typed: Typed, subject: Subject) -> Values:
    """The values of one form. BadInput with a problem for each field that cannot be used, and for
    each name that the form has not."""
    return _Reader(scene, typed, subject).form(form)


def flat(body: Mapping[str, Any]) -> dict[str, list[str]]:
    """A JSON object as a form would have sent it: one text for each value, rows numbered."""
    found: dict[str, list[str]] = {}
    for name, value in body.items():
        if isinstance(value, list) and any(isinstance(one, dict) for one in value):
            for at, row in enumerate(value):
                inner = row if isinstance(row, dict) else {"": row}
                found |= {f"{name}.{at}.{key}": each for key, each in flat(inner).items()}
        else:
            found[name] = [_text(one) for one in (value if isinstance(value, list) else [value])]
    return found


def asked(field: Field, subject: Subject) -> bool:
    """Whether the field is for somebody of that age; for everybody where the age is not known."""
    if field.younger_than is None or subject.age is None:
        return True
    return subject.age < field.younger_than


def needed(field: Field, subject: Subject) -> bool:
    """Whether it must be filled in."""
    unsure = field.younger_than is not None and subject.age is None
    return field.required and not unsure


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


class _Reader:
    def __init__(self, scene: Scene, typed: Typed, subject: Subject) -> None:
        self._scene = scene
        self._typed = typed
        self._subject = subject
        self._problems: list[Problem] = []

    def form(self, form: Form) -> Values:
        fields = [one for one in form.fields if asked(one, self._subject)]
        values = self._fields(fields, "")
        for name in self._typed:
            if name.split(".")[0] not in {one.id for one in form.fields}:
                known = ", ".join(one.id for one in fields)
                self._complain("unknown_field", name[:40], allowed=known)
        if self._problems:
            raise BadInput(*self._problems)
        return values

    def _fields(self, fields: Sequence[Field], prefix: str) -> dict[str, Any]:
        values = {}
        for field in fields:
            name = prefix + field.id
            found = self._rows(field) if field.type == "rows" else self._field(field, name)
            if found is not None:
                values[field.id] = found
        return values

    def _field(self, field: Field, name: str) -> Any:
        texts = [one.strip() for one in self._typed.get(name, ()) if one.strip()]
        if not texts:
            if needed(field, self._subject):
                self._complain(f"missing_{_asked_how(field)}", name)
            return None
        if field.type == "choices":
            return self._choices(field, name, texts)
        return _READ[field.type](self, field, name, texts[0])

    def _rows(self, field: Field) -> list[Any] | None:
        """Rows in which nothing at all was typed are none."""
        numbers = sorted({int(at) for at in map(_row_of(field.id), self._typed) if at})
        filled = [at for at in numbers if self._row_has_text(field, at)]
        if not filled and field.required:
            self._complain("missing_rows", field.id)
        if len(filled) > field.limits.most:
            self._complain("too_many_rows", field.id, most=field.limits.most)
            return None
        return [self._fields(field.fields, f"{field.id}.{at}.") for at in filled] or None

    def _row_has_text(self, field: Field, at: int) -> bool:
        names = (f"{field.id}.{at}.{one.id}" for one in field.fields)
        return any(text.strip() for name in names for text in self._typed.get(name, ()))

    def _complain(self, code: str, name: str, **params: object) -> None:
        self._problems.append(Problem(f"scenes.read.{code}", _where(name), params))

    def text(self, field: Field, name: str, typed: str) -> str | None:
        if len(typed) > field.limits.longest:
            self._complain("too_long", name, longest=field.limits.longest)
            return None
        return typed

    def listed(self, field: Field, name: str, typed: str) -> str | None:
        """The list's own name for it, whichever of its names was typed; else as it was typed."""
        hits = [one.name for one in listing.found(self._scene, typed)]
        if len(hits) > 1:
            names = Words("、".join(hits), ", ".join(hits))
            self._complain("several", name, found=typed[:20], names=names)
            return None
        return hits[0] if hits else self.text(field, name, typed)

    def temperature(self, field: Field, name: str, typed: str) -> str | None:
        found = _decimal(unicodedata.normalize("NFKC", typed).replace("℃", "").replace("°C", ""))
        least, greatest = field.limits.least, field.limits.greatest
        if found is not None and _FAHRENHEIT[0] <= found <= _FAHRENHEIT[1]:
            celsius = round((found - 32) * 5 / 9, 1)
            self._complain("fahrenheit", name, found=typed[:20], celsius=celsius)
        elif found is None or not least <= found <= greatest or found * 10 % 1:
            self._complain("temperature", name, found=typed[:20], least=least, greatest=greatest)
        else:
            return str(found.quantize(Decimal("0.1")))
        return None

    def whole(self, field: Field, name: str, typed: str) -> int | None:
        found = _decimal(unicodedata.normalize("NFKC", typed))
        least, greatest = field.limits.least, field.limits.greatest
        if found is None or found % 1 or not least <= found <= greatest:
            self._complain("whole", name, found=typed[:20], least=least, greatest=greatest)
            return None
        return int(found)

    def choice(self, field: Field, name: str, typed: str) -> str | None:
        allowed = [one.id for one in field.options]
        if typed not in allowed:
            self._complain("choice", name, found=typed[:40], allowed=", ".join(allowed))
            return None
        return typed

    def _choices(self, field: Field, name: str, texts: Sequence[str]) -> list[str] | None:
        found = [self.choice(field, name, one) for one in texts]
        if None in found:
            return None
        return [one.id for one in field.options if one.id in found]

    def yes_no(self, _field: Field, name: str, typed: str) -> bool | None:
        if typed not in ("yes", "no"):
            self._complain("choice", name, found=typed[:40], allowed="yes, no")
            return None
        return typed == "yes"

    def day(self, field: Field, name: str, typed: str) -> str | None:
        try:
            found = date.fromisoformat(typed)
        except ValueError:
            found = date.max
        earliest = self._subject.today - timedelta(days=field.limits.days_back)
        if not earliest <= found <= self._subject.today:
            self._complain(
                "day", name, found=typed[:20], earliest=earliest, latest=self._subject.today
            )
            return None
        return found.isoformat()

    def plate(self, _field: Field, name: str, typed: str) -> str | None:
        return self._checked(check_plate, name, typed)

    def phone(self, _field: Field, name: str, typed: str) -> str | None:
        return self._checked(check_phone, name, typed)

    def _checked(self, check: Callable[[str], str], name: str, typed: str) -> str | None:
        try:
            return check(typed)
        except BadInput as error:
            self._problems += [
                Problem(one.code, _where(name), one.params) for one in error.problems
            ]
            return None


_READ = {
    "text": _Reader.text,
    "listed": _Reader.listed,
    "temperature": _Reader.temperature,
    "whole": _Reader.whole,
    "choice": _Reader.choice,
    "yes_no": _Reader.yes_no,
    "day": _Reader.day,
    "plate": _Reader.plate,
    "phone": _Reader.phone,
}


def _asked_how(field: Field) -> str:
    return "choice" if field.type in ("choice", "choices", "yes_no") else "text"


def _row_of(rows: str) -> Callable[[str], str | None]:
    def row(name: str) -> str | None:
        first, _, rest = name.partition(".")
        number = rest.partition(".")[0]
        return number if first == rows and _ROW.fullmatch(number) else None

    return row


def _where(name: str) -> Where:
    """Of a field in rows also which row it is, from 1."""
    _, _, rest = name.partition(".")
    number = rest.partition(".")[0]
    return Where(field=name, row=int(number) + 1 if number else None)


def _decimal(text: str) -> Decimal | None:
    try:
        found = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
