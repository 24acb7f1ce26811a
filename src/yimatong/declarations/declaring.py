"""What a declaration must be like, beyond what both forms ask."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from yimatong.declarations import checks
from yimatong.declarations.checks import Ground, Problems, begins_review, problem
from yimatong.declarations.countries import countries
from yimatong.declarations.model import ABROAD, JOURNEY, DeclarationSheet
from yimatong.declarations.offered import is_one_of, provinces
from yimatong.declarations.questions import DECLARED
from yimatong.kernel.errors import Problem

STAY = timedelta(days=14)


def check_declaration(
    sheet: DeclarationSheet, ground: Ground, unread: Sequence[Problem] = ()
) -> None:
    """BadInput with `unread` and every problem of the fields that could be read."""
    checks.refuse([*unread, *_declaration(sheet, ground)])


def _declaration(sheet: DeclarationSheet, ground: Ground) -> Problems:
    if not sheet.kind:
        yield problem("kind_missing", "kind")
    if sheet.kind == "arriving":
        yield from _journey(sheet, ground)
    if sheet.kind == "resident":
        filled = (name for name in JOURNEY if getattr(sheet, name))
        yield from (problem("journey_of_resident", name) for name in filled)
    yield from checks.residence(sheet, ground)
    yield from checks.answered(sheet, DECLARED, ground)
    yield from checks.symptoms(sheet, ground)
    yield from checks.temperature(sheet, required=bool(begins_review(ground.policy)))
    yield from checks.promise(sheet, ground)


def _journey(sheet: DeclarationSheet, ground: Ground) -> Problems:
    if sheet.origin == ABROAD:
        yield from checks.wanted(sheet, "country")
        if sheet.country and sheet.country not in countries():
            yield problem("country_unknown", "country", found=sheet.country[:40])
        if sheet.stay_abroad is False and _lately(sheet.departed_at, ground):
            yield problem("stay_abroad_contradicts", "stay_abroad")
    elif not is_one_of(sheet.origin, provinces()):
        yield problem("origin_missing", "origin")
    elif sheet.origin[:2] == ground.policy.division[:2]:
        yield problem("origin_is_here", "origin")
    yield from checks.wanted(sheet, "departure_place", "departed_at", "transport", "arrived_at")
    yield from _times(sheet, ground)


def _lately(departed_at: datetime | None, ground: Ground) -> bool:
    return departed_at is not None and departed_at > ground.now - STAY


def _times(sheet: DeclarationSheet, ground: Ground) -> Problems:
    for name in ("departed_at", "arrived_at"):
        yield from checks.past_moment(getattr(sheet, name), name, ground)
    if sheet.departed_at and sheet.arrived_at and sheet.arrived_at < sheet.departed_at:
        yield problem("arrived_before_departure", "arrived_at")
