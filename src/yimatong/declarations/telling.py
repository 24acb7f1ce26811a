"""What was answered, in the words of the form it was answered in."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from yimatong.declarations.countries import countries
from yimatong.declarations.forms import AT
from yimatong.declarations.model import ABROAD, Receipt
from yimatong.declarations.questions import LATELY
from yimatong.kernel.clock import minute
from yimatong.kernel.words import Catalogue, Language
from yimatong.places import divisions

_ASKED = frozenset(
    {"contact_case", "contact_asymptomatic", "contact_fever_patient", "contact_risk_person",
     "stay_abroad", "stay_risk_area"}
)  # fmt: skip
_LATELY = frozenset(question.name for question in LATELY)
_CHOICES: Mapping[str, str] = {
    "kind": "page",
    "stage": "stage",
    "health_before": "health",
    "transport": "transport",
    "conditions": "condition",
    "lately": "lately",
}
"""Under which heading of the words the values of a field stand."""


def told(
    receipt: Receipt, texts: Mapping[str, str], catalogue: Catalogue, language: Language
) -> list[tuple[str, str]]:
    """Label and answer, in the form's order; what was left empty is left out."""
    teller = _Teller(receipt, catalogue, language)
    given = {**texts, **receipt.answers}
    sheet = next(kind.sheet for kind in AT.values() if kind.name == receipt.form)
    names = [field.name for field in msgspec.structs.fields(sheet)]
    return [
        (teller.label(name), teller.value(name, given[name])) for name in names if name in given
    ]


class _Teller:
    def __init__(self, receipt: Receipt, catalogue: Catalogue, language: Language) -> None:
        self._form = receipt.form
        self._catalogue = catalogue
        self._language: Language = language

    def _say(self, key: str) -> str:
        return self._catalogue.say(f"declarations.{key}", self._language)

    def label(self, name: str) -> str:
        """As the form asks, with what it is about where that is a question of its own."""
        for ending, said in (("_day", "last_day"), ("_region", "last_region")):
            asked = name.removesuffix(ending)
            if asked not in (name, "symptoms") and self._question(asked):
                return f"{self._question(asked)} · {self._say(f'page.{said}')}"
        return self._question(name) or self._say(f"page.{name}")

    def _question(self, name: str) -> str:
        if self._form == "checkin" and name in _LATELY:
            return self._say(f"lately.{name}")
        return self._say(f"ask.{name}") if name in _ASKED else ""

    def value(self, name: str, found: object) -> str:
        if isinstance(found, bool):
            return self._say("page.yes" if found else "page.no")
        values = found if isinstance(found, list | tuple) else [found]
        return (
            "、".join(self._several(name, values))
            if self._language == "zh"
            else ", ".join(self._several(name, values))
        )

    def _several(self, name: str, values: Sequence[object]) -> Iterator[str]:
        return (self._one(name, str(value)) for value in values)

    def _one(self, name: str, text: str) -> str:
        if name in _CHOICES:
            return self._say(f"{_CHOICES[name]}.{text}")
        if name == "symptoms":
            return self._say(f"{'return_symptom' if self._form == 'return' else 'symptom'}.{text}")
        if name in ("origin", "division") or name.endswith("_region"):
            return self._place(text)
        if name == "country" and text in countries():
            return countries()[text].said_in(self._language)
        if name.endswith("_at"):
            return minute(datetime.fromisoformat(text))
        return text

    def _place(self, code: str) -> str:
        if code == ABROAD:
            return self._say("page.abroad")
        known = divisions().get(code)
        return known.words.said_in(self._language) if known else code
