"""The forms of all gates, by the scene of their place; and saying in words what was entered."""

from collections.abc import Mapping, Sequence

from yimatong.gates.form import GateForm
from yimatong.kernel.errors import Conflict
from yimatong.kernel.words import Words
from yimatong.places import Place
from yimatong.scenes import Field, Scenes, Values

Told = Words | bool | str
"""An answer as it can be said: a label of the scene, yes or no, or what was typed itself."""


class GateForms:
    """Of every scene that admits: such a one has a gate's form, whatever else it asks."""

    def __init__(self, scenes: Scenes) -> None:
        self._scenes = scenes
        self._by_scene = {
            one.id: GateForm(one) for one in scenes if one.admits and one.times_a_day is None
        }
        self._fields: Mapping[str, Mapping[str, Field]] = {
            id: {field.id: field for field in one.form.fields} for id, one in self._by_scene.items()
        }

    def at(self, place: Place) -> GateForm:
        """The form of a place. NotFound where its scene's file was taken away, Conflict where
        its scene admits nobody: there is nothing for a guard to decide."""
        found = self._by_scene.get(place.scene or "")
        if found is None:
            scene = self._scenes.named(place.scene)
            raise Conflict.of("gates.no_gate", place=place.name, scene=scene.title)
        return found

    def said(self, scene: str | None, field: str, value: str) -> Words:
        """The label of an answer; the answer itself where no file knows it any more."""
        known = self._fields.get(scene or "", {}).get(field)
        options = known.options if known else ()
        return next((one.label for one in options if one.id == value), Words(value, value))

    def told(self, scene: str | None, values: Values) -> list[tuple[Words, list[Told]]]:
        """What was entered, field by field: its label and each of its answers. What was not asked
        (None) is left out."""
        fields = self._fields.get(scene or "", {})
        return [
            (
                fields[name].label if name in fields else Words(name, name),
                [self._told(fields.get(name), one) for one in _each(value)],
            )
            for name, value in values.items()
            if value is not None
        ]

    def choices(self, field: str) -> list[str]:
        """Every answer that some scene allows to a choice of this name, for who reads the API."""
        found = (one[field] for one in self._fields.values() if field in one)
        return list(dict.fromkeys(option.id for one in found for option in one.options))

    def kept_days(self) -> Mapping[str, int]:
        """How long each scene keeps what is recorded at its gates."""
        return {id: one.scene.kept_days for id, one in self._by_scene.items()}

    def _told(self, field: Field | None, value: object) -> Told:
        if isinstance(value, bool):
            return value
        options = field.options if field else ()
        return next((one.label for one in options if one.id == value), str(value))


def _each(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [value]
