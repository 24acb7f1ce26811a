"""The form of a gate: what the scene of its place asks, made ready once for every scan.

The scene says limits, choices, words and facts. A gate has a use of its own for five answers: a
figure of the temperature, a choice by which fever is felt, `direction`, `reason`, and a plate.
Whatever else a scene asks is kept with the passage, sealed (`more`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec

from yimatong.access.quota import Quota
from yimatong.audit import Purpose
from yimatong.gates.model import Entry, Reading
from yimatong.kernel.errors import BadInput, Problem, Where
from yimatong.places.plates import check_plate
from yimatong.presence import document as documents
from yimatong.scenes import Field, Form, Scene, Values, effect_of, read
from yimatong.scenes.meaning import felt_warm
from yimatong.scenes.reading import Subject, Typed

OWN_CHOICES = ("direction", "reason")
"""Choices that a passage has a column for, by the name of their field."""
ANSWERS = 4096
"""Entries that are kept ready; the shipped scene has some 2200, not counting plates."""
_NO_DAY = date(2020, 1, 1)
"""For answers that hold no day, which is all that is kept ready."""


class GateForm:
    """A scene as a gate uses it. Its fields are looked up here once, and never by a scan."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.form = scene.forms["record"]
        self.purpose = Purpose(scene.purpose)
        most = scene.quota
        self.quota = Quota(most.hour, most.day)
        self.documents = documents.Quota(most.documents_hour, most.documents_day)
        self.temperature = self._first(lambda one: one.type == "temperature")
        self.felt = self._first(_feels_fever)
        self.plate = self._first(lambda one: one.type == "plate")
        self.remembered = tuple(one for one in self.form.fields if one.remembered)
        found = (self.temperature, self.felt, self.plate)
        self._own = {one.id for one in found if one} | {
            one.id for one in self.form.fields if one.type == "choice" and one.id in OWN_CHOICES
        }
        self._plate_apart = self.plate is not None and not self.plate.required
        self._ready = lru_cache(ANSWERS)(self._read_ready)

    def entry(self, typed: Typed, today: date) -> Entry:
        """What was typed, by field. BadInput with every mistake beside its field."""
        problems: list[Problem] = []
        values: Values = {}
        try:
            values = read(self.scene, self.form, typed, Subject(today))
        except BadInput as error:
            problems += error.problems
        problems += self._unmeasured(typed)
        if problems:
            raise BadInput(*problems)
        return self._entry(values)

    def at_once(self, answers: Mapping[str, str], today: date) -> Entry:
        """The same for a scan that comes in one request: answers that come again and again are
        read once and looked up ever after; a plate, which is always another, stands apart."""
        plate_id = self.plate.id if self.plate and self._plate_apart else ""
        plate = answers.get(plate_id, "")
        try:
            entry = self._ready(tuple(one for one in answers.items() if one[0] != plate_id))
            if plate.strip():
                entry = msgspec.structs.replace(entry, plate=check_plate(plate))
        except BadInput:
            return self.entry({name: [text] for name, text in answers.items()}, today)
        return entry

    def drawn(self, answered: Iterable[str] = ()) -> Form:
        """The form as the page draws it: the choice by which fever is felt are its buttons, and
        what is answered already is not asked."""
        left_out = {*answered, self.felt.id if self.felt else ""}
        fields = tuple(one for one in self.form.fields if one.id not in left_out)
        return msgspec.structs.replace(self.form, fields=fields)

    def kept(self, typed: Typed) -> dict[str, list[str]]:
        """Of what was typed, that which is not asked again of the next in the same vehicle."""
        return {one.id: list(typed[one.id]) for one in self.remembered if one.id in typed}

    def _first(self, fits: Callable[[Field], bool]) -> Field | None:
        return next((one for one in self.form.fields if fits(one)), None)

    def _read_ready(self, given: tuple[tuple[str, str], ...]) -> Entry:
        return self.entry({name: [text] for name, text in given}, _NO_DAY)

    def _unmeasured(self, typed: Typed) -> Sequence[Problem]:
        """A scene may leave open whether the temperature is measured or felt, not both out."""
        asked = [one for one in (self.temperature, self.felt) if one]
        if not asked or any(text.strip() for one in asked for text in typed.get(one.id, ())):
            return ()
        if any(one.required for one in asked):
            return ()  # that it is missing is said already
        return (Problem("gates.temperature.missing", Where(field=asked[0].id)),)

    def _entry(self, values: Values) -> Entry:
        """A figure goes before what was felt."""
        measured = _value(values, self.temperature)
        if measured is not None and self.felt:
            values = {name: value for name, value in values.items() if name != self.felt.id}
        return Entry(
            Reading(
                measured=None if measured is None else Decimal(measured),
                felt=_value(values, self.felt),
                warm=felt_warm(self.form, values),
            ),
            direction=self._chosen("direction", values),
            reason=self._chosen("reason", values),
            plate=_value(values, self.plate),
            more={name: value for name, value in values.items() if name not in self._own},
            facts=effect_of(self.scene, self.form, values).facts,
        )

    def _chosen(self, name: str, values: Values) -> str | None:
        return values.get(name) if name in self._own else None


def _feels_fever(field: Field) -> bool:
    """As `scenes.meaning.felt_warm` finds it: by what it means, not by its name."""
    means = [kind for one in field.options for kind in one.means.facts]
    return field.type == "choice" and "symptom.fever" in means


def _value(values: Values, field: Field | None) -> Any:
    return values.get(field.id) if field else None
