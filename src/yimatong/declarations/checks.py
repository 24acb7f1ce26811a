"""What an answered sheet must be like; every mistake is said at once, each at its field.

The dates lie on the calendar of Asia/Shanghai. None lies in the future, none before what the
question asks about: what is older is a "no".
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

import msgspec

from yimatong.declarations import typed
from yimatong.declarations.model import CheckInSheet, DeclarationSheet, ReturnSheet, Sheet
from yimatong.declarations.offered import is_one_of, prefectures, provinces
from yimatong.declarations.questions import LATELY, SYMPTOM_DAYS, Question
from yimatong.kernel.clock import day_of
from yimatong.kernel.errors import BadInput, Problem, Where
from yimatong.kernel.words import LANGUAGES
from yimatong.policy.kinds import KINDS
from yimatong.policy.model import Policy

LONGEST = {
    "township": 60,
    "address": 200,
    "employer": 100,
    "country": 60,
    "departure_place": 100,
    "transport_number": 40,
    "transits": 300,
    "notes": 500,
    "measures": 300,
}
"""Characters of each text; people know the limits by the fields' `maxlength`."""
_LINES = ("notes", "transits", "measures")
OLDEST = timedelta(days=365)
"""An arrival longer ago is a slip of the pen, or somebody who has become a resident."""
TOLERANCE = timedelta(minutes=5)
"""How far ahead of ours the person's clock may be (faults.md, 8)."""
AHEAD = 60
"""Days that a plan may lie ahead; what is further is told when it is nearer."""
Problems = Iterator[Problem]


class Ground(msgspec.Struct, frozen=True):
    """What a sheet is judged by: the moment, and the policy of the person's region."""

    now: datetime
    policy: Policy


def begins_review(policy: Policy) -> tuple[str, ...]:
    """The words of the policy's review that the person says: with them it is asked for."""
    words = policy.review.words if policy.review else ()
    return tuple(word.kind for word in words if KINDS[word.kind].said_by == ("self",))


def problem(code: str, field: str, **params: object) -> Problem:
    return Problem(f"declarations.{code}", Where(field=field), params)


def refuse(problems: Sequence[Problem]) -> None:
    """BadInput with the first problem of each field, if there is any."""
    by_field: dict[str | None, Problem] = {}
    for one in problems:
        by_field.setdefault(one.where.field, one)
    if by_field:
        raise BadInput(*by_field.values())


def check_check_in(sheet: CheckInSheet, ground: Ground, unread: Sequence[Problem] = ()) -> None:
    """BadInput with `unread` and every problem of the fields that could be read."""
    refuse([*unread, *_check_in(sheet, ground)])


def _check_in(sheet: CheckInSheet, ground: Ground) -> Problems:
    yield from residence(sheet, ground)
    yield from temperature(sheet, required=True)
    yield from listed(sheet.conditions, "conditions")
    yield from listed(sheet.lately, "lately")
    for question in LATELY:
        if question.name in sheet.lately:
            yield from past(sheet, question, ground)
    yield from promise(sheet, ground)


def residence(sheet: Sheet, ground: Ground) -> Problems:
    if not is_one_of(sheet.division, prefectures(ground.policy.division)):
        yield problem("division_missing", "division")
    yield from wanted(sheet, "township", "address")
    for name, longest in LONGEST.items():
        text: str = getattr(sheet, name, "")
        if found := typed.text_problem(text, name, longest, lines=name in _LINES):
            yield found


def wanted(sheet: Sheet, *names: str) -> Problems:
    """Fields that must not be empty. The code is the field's: each says what belongs there."""
    for name in names:
        found = getattr(sheet, name)
        if found is None or not str(found).strip():
            yield problem(f"{name}_missing", name)


def answered(sheet: Sheet, questions: Iterable[Question], ground: Ground) -> Problems:
    for question in questions:
        answer: bool | None = getattr(sheet, question.name)
        if answer is None:
            yield problem("yes_or_no", question.name)
        elif answer:
            yield from past(sheet, question, ground)


def past(sheet: Sheet, question: Question, ground: Ground) -> Problems:
    name = f"{question.name}_day"
    yield from past_day(getattr(sheet, name), name, question.days, ground)
    region = f"{question.name}_region"
    if question.region and not is_one_of(getattr(sheet, region), provinces()):
        yield problem("region_missing", region)


def planned_day(day: date | None, name: str, ground: Ground) -> Problems:
    """Of a plan: today or later, by our clock."""
    today = day_of(ground.now)
    if day is None:
        yield problem("plan_missing", name, today=today)
    elif day < today:
        yield problem("plan_in_past", name, found=day, today=today)
    elif day > today + timedelta(days=AHEAD):
        yield problem("plan_too_far", name, found=day, days=AHEAD)


def past_moment(moment: datetime | None, name: str, ground: Ground) -> Problems:
    if moment and moment > ground.now + TOLERANCE:
        yield problem(f"{name}_in_future", name)
    elif moment and moment < ground.now - OLDEST:
        yield problem("journey_too_old", name)


def past_day(day: date | None, name: str, days: int, ground: Ground) -> Problems:
    today = day_of(ground.now)
    if day is None:
        yield problem("day_missing", name, today=today)
    elif day > today:
        yield problem("day_in_future", name, found=day, today=today)
    elif day < today - timedelta(days=days):
        yield problem("day_too_old", name, found=day, days=days)


def symptoms(sheet: DeclarationSheet | ReturnSheet, ground: Ground) -> Problems:
    yield from listed(sheet.symptoms, "symptoms")
    if some(sheet.symptoms):
        yield from past_day(sheet.symptoms_day, "symptoms_day", SYMPTOM_DAYS, ground)


def listed(ticked: Sequence[str], name: str) -> Problems:
    if not ticked:
        yield problem("nothing_ticked", name)
    elif "none" in ticked and some(ticked):
        yield problem("none_and_some", name)


def some(ticked: Sequence[str]) -> list[str]:
    """What is ticked, each once; the tick "none of these" is nothing."""
    return [one for one in dict.fromkeys(ticked) if one != "none"]


def temperature(sheet: Sheet, *, required: bool) -> Problems:
    if sheet.temperature is None:
        if required:
            yield problem("temperature_missing", "temperature")
    elif found := typed.temperature_problem(sheet.temperature, "temperature"):
        yield found


def promise(sheet: Sheet, ground: Ground) -> Problems:
    if not sheet.promise:
        yield problem("promise_missing", "promise")
    elif sheet.promise not in map(ground.policy.promise.said_in, LANGUAGES):
        yield problem("promise_other", "promise")
