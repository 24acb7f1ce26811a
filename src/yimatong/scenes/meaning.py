"""What values mean: which facts they become, and what of the place's own facts they end."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from yimatong.scenes.model import Field, Form, Outcome, Scene
from yimatong.scenes.reading import Values

Meaning = tuple[Outcome, Decimal | None]
"""What an answer means, with the figure where it is a temperature."""


class Said(msgspec.Struct, frozen=True):
    """A fact to be recorded; `value` is a temperature's."""

    kind: str
    value: Decimal | None = None


class Effect(msgspec.Struct, frozen=True):
    """All that a form comes to. `facts` are of whom it is filled in about, `theirs` of whom it is
    done for; `ends` and `withdraws` are kinds of the place's own facts."""

    facts: tuple[Said, ...]
    theirs: tuple[Said, ...]
    ends: tuple[str, ...]
    withdraws: tuple[str, ...]


def effect_of(scene: Scene, form: Form, values: Values) -> Effect:
    """The effect of what was read by this form. The same fact said twice counts once."""
    another = any(one.type == "phone" and one.id in values for one in form.fields)
    own = [one for one in form.fields if not (another and one.theirs)]
    theirs = [one for one in form.fields if another and one.theirs]
    pairs = [(form.means, None), *_answers(scene, own, values)]
    return Effect(
        facts=_facts(pairs),
        theirs=_facts(_answers(scene, theirs, values)),
        ends=_kinds(means.ends for means, _ in pairs),
        withdraws=_kinds(means.withdraws for means, _ in pairs),
    )


def felt_warm(form: Form, values: Values) -> bool | None:
    """Whether fever was felt, by the choice that has it among its answers; None where nobody was
    asked, or nothing was chosen."""
    for field in form.fields:
        fever = [one.id for one in field.options if "symptom.fever" in one.means.facts]
        if field.type == "choice" and fever and field.id in values:
            return values[field.id] in fever
    return None


def _facts(pairs: Iterable[Meaning]) -> tuple[Said, ...]:
    return tuple(dict.fromkeys(Said(kind, value) for means, value in pairs for kind in means.facts))


def _kinds(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kind for group in groups for kind in group))


def _answers(scene: Scene, fields: Sequence[Field], values: Values) -> Iterator[Meaning]:
    for field in fields:
        if field.id in values:
            yield from _answer(scene, field, values[field.id])


def _answer(scene: Scene, field: Field, value: Any) -> Iterator[Meaning]:
    if field.type == "temperature":
        yield field.means, Decimal(value)
    elif field.type == "yes_no":
        if value:
            yield field.means, None
    elif field.type in ("choice", "choices"):
        chosen = value if isinstance(value, list) else [value]
        yield from ((one.means, None) for one in field.options if one.id in chosen)
    elif field.type == "listed":
        yield from ((one.means, None) for one in scene.listed if one.name == value)
    elif field.type == "rows":
        yield field.means, None
        for row in value:
            yield from _answers(scene, field.fields, row)
