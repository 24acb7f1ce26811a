"""Values in words, by the scene's own labels: for whoever they are about."""

from collections.abc import Iterator, Sequence
from typing import Any

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
    return list(_told(known, values, words, language))


def _told(
    fields: Sequence[Field], values: Values, words: Catalogue, language: Language
) -> Iterator[tuple[str, str]]:
    by_id = {field.id: field for field in fields}
    for name, value in values.items():
        field = by_id.get(name)
        label = field.label.said_in(language) if field else name
        yield label, _value(field, value, words, language)


def _value(field: Field | None, value: Any, words: Catalogue, language: Language) -> str:
    if isinstance(value, bool):
        return words.say(f"scenes.page.{'yes' if value else 'no'}", language)
    if field is not None and field.type == "rows":
        rows = (_told(field.fields, row, words, language) for row in value)
        return _BETWEEN[language].join(" ".join(text for _, text in row) for row in rows)
    labels = {one.id: one.label.said_in(language) for one in field.options} if field else {}
    found = value if isinstance(value, list) else [value]
    said = _BETWEEN[language].join(labels.get(str(one), str(one)) for one in found)
    return f"{said} ℃" if field is not None and field.type == "temperature" else said
