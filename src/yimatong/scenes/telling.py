"""Values in words, by the scene's own labels: for whoever they are about."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from yimatong.kernel.words import Catalogue, Language
from yimatong.scenes.model import Field, FormName, Scene
from yimatong.scenes.reading import Values

_BETWEEN: dict[Language, str] = {"zh": "、", "en": ", "}


def told(
    scene: Scene | None, form: FormName, values: Values, words: Catalogue, language: Language
) -> list[tuple[str, str]]:
    """Each answer by its label. Without the scene's file, or a field of it, the name stands for
    the label."""
    known = scene.forms[form].fields if scene and form in scene.forms else ()
    english = {one.name: one.english for one in scene.listed} if scene and language == "en" else {}
    return list(_Teller(words, language, english).told(known, values))


class _Teller(NamedTuple):
    """`english`: of names in the scene's list, where English is spoken."""

    words: Catalogue
    language: Language
    english: Mapping[str, str]

    def told(self, fields: Sequence[Field], values: Values) -> Iterator[tuple[str, str]]:
        by_id = {field.id: field for field in fields}
        for name, value in values.items():
            field = by_id.get(name)
            label = field.label.said_in(self.language) if field else name
            yield label, self._value(field, value)

    def _value(self, field: Field | None, value: Any) -> str:
        if isinstance(value, bool):
            return self.words.say(f"scenes.page.{'yes' if value else 'no'}", self.language)
        if isinstance(value, list) and any(isinstance(one, dict) for one in value):
            rows = (self._row(field.fields if field else (), row) for row in value)
            return _BETWEEN[self.language].join(rows)
        options = field.options if field else ()
        labels = {one.id: one.label.said_in(self.language) for one in options}
        found = value if isinstance(value, list) else [value]
        said = _BETWEEN[self.language].join(labels.get(str(one), str(one)) for one in found)
        if field is None or field.type not in ("temperature", "listed"):
            return said
        return f"{said} ℃" if field.type == "temperature" else self._name(said)

    def _row(self, fields: Sequence[Field], row: Values) -> str:
        """What is counted follows with a sign: `布洛芬 × 2`."""
        said = ""
        for (_, text), value in zip(self.told(fields, row), row.values(), strict=True):
            sign = " × " if isinstance(value, int) and not isinstance(value, bool) else " "
            said += f"{sign if said else ''}{text}"
        return said

    def _name(self, name: str) -> str:
        english = self.english.get(name)
        return f"{name} ({english})" if english else name
