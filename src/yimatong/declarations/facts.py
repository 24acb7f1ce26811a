"""Which facts a checked sheet becomes. Only a yes becomes one, beside the sheet itself."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from yimatong.declarations.checks import Ground, begins_review, some
from yimatong.declarations.model import (
    ABROAD,
    CheckInSheet,
    DeclarationSheet,
    ReturnSheet,
    Sheet,
    WorkSheet,
)
from yimatong.declarations.questions import (
    DECLARED,
    LATELY,
    RETURNING,
    WORKING,
    Question,
    last_moment,
)
from yimatong.kernel.clock import day_of
from yimatong.policy.model import Policy

_NAMED_SYMPTOMS = ("fever", "dry_cough", "fatigue")
_A_TENTH = Decimal("0.1")


class Said(NamedTuple):
    """A fact as the person says it."""

    kind: str
    observed_at: datetime
    value: Decimal | None = None
    region: str | None = None


def declared(sheet: DeclarationSheet, ground: Ground) -> list[Said]:
    """Of a declaration, with the word that asks for a review where the policy has one."""
    return [
        Said("declaration", ground.now),
        *(_arrived(sheet, ground.now) if sheet.kind == "arriving" else ()),
        *_yes(sheet, DECLARED, ground.now),
        *_symptoms(some(sheet.symptoms), _last(sheet.symptoms_day, ground.now)),
        *_temperature(sheet, ground.now),
        *(Said(word, ground.now) for word in begins_review(ground.policy)),
    ]


def checked_in(sheet: CheckInSheet, ground: Ground) -> list[Said]:
    """Of a daily check-in."""
    day = "checkin.normal" if is_normal(sheet, ground) else "checkin.abnormal"
    return [
        Said(day, ground.now),
        *_past(sheet, [one for one in LATELY if one.name in sheet.lately], ground.now),
        *_symptoms(some(sheet.conditions), ground.now),
        *_temperature(sheet, ground.now),
    ]


def returned(sheet: ReturnSheet, ground: Ground) -> list[Said]:
    """Of a return. That somebody plans to come is no fact; that they have come is one."""
    return [
        *(_arrived(sheet, ground.now) if sheet.stage == "arrived" else ()),
        *_yes(sheet, RETURNING, ground.now),
        *_symptoms(some(sheet.symptoms), _last(sheet.symptoms_day, ground.now)),
        *_symptoms(some(sheet.conditions), ground.now),
        *_temperature(sheet, ground.now),
    ]


def went_to_work(sheet: WorkSheet, ground: Ground) -> list[Said]:
    """Of a return to work. It says how the person is; whether they may work follows from that."""
    elsewhere = sheet.origin[:2] != ground.policy.division[:2]
    return [
        *(_arrived(sheet, ground.now) if elsewhere else ()),
        *_yes(sheet, WORKING, ground.now),
        *_symptoms(some(sheet.conditions), ground.now),
        *_temperature(sheet, ground.now),
    ]


def is_normal(sheet: CheckInSheet, ground: Ground) -> bool:
    """Whether the body was normal that day: no condition, no fever by the policy's line.

    Where one has been and whom one met does not make the day abnormal: these are facts with
    rules of their own, and a symptom of an earlier day belongs to that day.
    """
    lately = [one for one in LATELY if one.name in sheet.lately and one.kind.startswith("symptom.")]
    today = day_of(ground.now)
    ill_today = any(getattr(sheet, f"{one.name}_day") == today for one in lately)
    return not (some(sheet.conditions) or ill_today or is_fever(sheet.temperature, ground.policy))


def is_fever(temperature: Decimal | None, policy: Policy) -> bool:
    return policy.fever.holds(temperature)


def _arrived(sheet: DeclarationSheet | ReturnSheet | WorkSheet, now: datetime) -> Iterator[Said]:
    if sheet.arrived_at is None:
        return
    at = min(sheet.arrived_at, now)
    if sheet.origin == ABROAD:
        yield Said("arrival.abroad", at)
    else:
        yield Said("arrival.province", at, region=sheet.origin)


def _yes(sheet: Sheet, questions: Iterable[Question], now: datetime) -> Iterator[Said]:
    return _past(sheet, [one for one in questions if getattr(sheet, one.name)], now)


def _past(sheet: Sheet, questions: list[Question], now: datetime) -> Iterator[Said]:
    for one in questions:
        at = _last(getattr(sheet, f"{one.name}_day"), now)
        yield Said(
            one.kind, at, region=getattr(sheet, f"{one.name}_region") if one.region else None
        )


def _last(day: date | None, now: datetime) -> datetime:
    return last_moment(day or day_of(now), now)


def _symptoms(ticked: list[str], at: datetime) -> Iterator[Said]:
    named = [f"symptom.{one}" if one in _NAMED_SYMPTOMS else "symptom.other" for one in ticked]
    return (Said(kind, at) for kind in dict.fromkeys(named))


def _temperature(sheet: Sheet, now: datetime) -> Iterator[Said]:
    if sheet.temperature is not None:
        yield Said("temperature", now, value=sheet.temperature.quantize(_A_TENTH))
