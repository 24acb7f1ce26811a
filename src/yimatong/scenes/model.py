"""What a scene file says, typed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import msgspec

from yimatong.kernel.errors import NotFound
from yimatong.kernel.words import Words
from yimatong.places import PlaceType

FormName = Literal["record", "follow_up", "open", "each", "release"]
"""`record`: what is filled in for each who comes, and `follow_up` what ends or clears it later; or
a course (HI-12): `open` once, `each` so many times a day, `release` at its end."""

FieldType = Literal[
    "text", "temperature", "whole", "choice", "choices", "yes_no", "day", "plate", "phone",
    "listed", "rows",
]  # fmt: skip
"""`temperature` in ℃; `listed`: a name of the scene's list, or what else is typed; `phone`: of whom
it is done for; `rows`: several of the fields below it."""

Known = Literal["residence", "age"]
"""What the form may be filled with before anybody types: the residence last declared, the age in
years by the document."""


class Outcome(msgspec.Struct, frozen=True):
    """What an answer means: facts that are recorded, and which of the place's own earlier facts
    end now or are withdrawn (kinds). Nobody else's fact is touched."""

    facts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    withdraws: tuple[str, ...] = ()


class Option(msgspec.Struct, frozen=True):
    """One of the answers that a choice allows."""

    id: str
    label: Words
    means: Outcome = Outcome()


class Listed(msgspec.Struct, frozen=True):
    """An entry of a scene's list: its name, what finds it (`listing.plain`: the name itself,
    pinyin, first letters, other names), and what it means where it is chosen."""

    name: str
    finds: tuple[str, ...]
    means: Outcome = Outcome()
    english: str = ""


class Limits(msgspec.Struct, frozen=True):
    """`longest` characters of a text, `least` to `greatest` of a figure, `most` rows; `days_back`
    is how long ago a day may lie."""

    longest: int = 100
    least: Decimal = Decimal(0)
    greatest: Decimal = Decimal(1000)
    most: int = 1
    days_back: int = 60


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A question. `required` false: it may be left out. `younger_than`: asked only of whom has
    not that age, in years; where the age is not known, of everybody, and may be left out."""

    id: str
    type: FieldType
    label: Words
    hint: Words | None = None
    required: bool = True
    remembered: bool = False
    """Begins with what was chosen last at this desk: a queue goes one way."""
    younger_than: int | None = None
    known: Known | None = None
    limits: Limits = Limits()
    options: tuple[Option, ...] = ()
    means: Outcome = Outcome()
    """Of a temperature, a `yes`, or rows: whenever there are any."""
    theirs: bool = False
    """Belongs to whom the form's `phone` names, where it names somebody: medicine bought for
    another is the other's."""
    fields: "tuple[Field, ...]" = ()


class Form(msgspec.Struct, frozen=True):
    """One of the scene's forms. `means` holds for each that is handed in."""

    name: FormName
    title: Words
    fields: tuple[Field, ...]
    means: Outcome = Outcome()

    def every_field(self) -> Iterator[Field]:
        """Those within rows too."""
        for field in self.fields:
            yield field
            yield from field.fields


class Quota(msgspec.Struct, frozen=True):
    """How many persons one worker may open, and how many by an identity document alone."""

    hour: int
    day: int
    documents_hour: int
    documents_day: int


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """A scene. `source` is who its facts are said by; `types` are what its places may be; with
    `admits` the policy's table answers each that is handed in, by code and temperature."""

    id: str
    title: Words
    about: Words
    sentence: str
    """What a notice says of it, word for word; empty for one that no notice knows."""
    source: str
    purpose: str
    types: tuple[PlaceType, ...]
    admits: bool
    times_a_day: int | None
    """Of a course."""
    kept_days: int
    quota: Quota
    forms: Mapping[FormName, Form]
    listed: tuple[Listed, ...] = ()
    endings: tuple[str, ...] = ()
    """What may follow a name of the list and changes nothing, plain."""

    @property
    def first(self) -> Form:
        """What is filled in when somebody comes for the first time."""
        return self.forms["open"] if self.times_a_day else self.forms["record"]


@dataclass(frozen=True)
class Scenes:
    """The scenes that are at hand, by id, in the order they were read."""

    by_id: Mapping[str, Scene]

    @classmethod
    def of(cls, scenes: Iterable[Scene]) -> "Scenes":
        return cls({scene.id: scene for scene in scenes})

    def __iter__(self) -> Iterator[Scene]:
        return iter(self.by_id.values())

    def named(self, id: str | None) -> Scene:
        """NotFound where there is none: its file was taken away."""
        scene = self.by_id.get(id or "")
        if scene is None:
            raise NotFound.of("scenes.unknown", found=id or "–", known=", ".join(self.by_id))
        return scene
