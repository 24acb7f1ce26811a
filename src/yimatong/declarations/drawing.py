"""What the templates of the forms need: lists to choose from, limits, texts of last time."""

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from yimatong.declarations.checks import AHEAD, LONGEST, Ground, begins_review
from yimatong.declarations.countries import countries
from yimatong.declarations.model import (
    ABROAD,
    Condition,
    Health,
    Lately,
    ReturnSymptom,
    Symptom,
    Transport,
)
from yimatong.declarations.offered import prefectures, provinces
from yimatong.declarations.questions import DECLARED, LATELY, RETURNING, WORKING
from yimatong.declarations.reading import promise_digest
from yimatong.declarations.returning import LONGEST_ISOLATION
from yimatong.kernel.clock import day_of
from yimatong.kernel.words import Language
from yimatong.places import Division
from yimatong.places import provinces as named_provinces


def drawn(ground: Ground, last: Mapping[str, str], language: Language) -> dict[str, Any]:
    """For a form of somebody whose policy is the ground's, in a language."""
    promise = ground.policy.promise.said_in(language)
    return {
        "last": _last(last, language),
        "today": day_of(ground.now).isoformat(),
        "policy": ground.policy,
        "province": named_provinces()[ground.policy.region].said_in(language),
        "promise_text": promise,
        "promise_digest": promise_digest(promise),
        "temperature_needed": bool(begins_review(ground.policy)),
        "prefectures": _pairs(prefectures(ground.policy.division), language),
        "provinces": _pairs(provinces(), language),
        "elsewhere": _pairs(_elsewhere(ground), language),
        "here": ground.policy.division,
        "abroad": ABROAD,
        "countries": [words.said_in(language) for words in countries().values()],
        "transports": [one for one in get_args(Transport) if one],
        "health_names": [one for one in get_args(Health) if one],
        "symptom_names": get_args(Symptom),
        "return_symptom_names": get_args(ReturnSymptom),
        "condition_names": get_args(Condition),
        "lately_names": get_args(Lately),
        "declared": DECLARED,
        "lately": LATELY,
        "returning": RETURNING,
        "working": WORKING,
        "longest": LONGEST,
        "ahead": AHEAD,
        "longest_isolation": LONGEST_ISOLATION,
    }


def _last(texts: Mapping[str, str], language: Language) -> dict[str, str]:
    """With the country by its name."""
    country = countries().get(texts.get("country", ""))
    return {**texts, "country": country.said_in(language)} if country else dict(texts)


def _elsewhere(ground: Ground) -> list[Division]:
    return [one for one in provinces() if one.code != ground.policy.division]


def _pairs(divisions: Iterable[Division], language: Language) -> list[tuple[str, str]]:
    """Code and name, as a list to choose from wants them."""
    return [(one.code, one.words.said_in(language)) for one in divisions]
