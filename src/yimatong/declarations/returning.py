"""What the sheets of who comes back, and of who goes back to work, must be like."""

from collections.abc import Sequence

from yimatong.declarations import checks
from yimatong.declarations.checks import Ground, Problems, problem
from yimatong.declarations.model import ABROAD, ReturnSheet, WorkSheet
from yimatong.declarations.offered import is_one_of, provinces
from yimatong.declarations.questions import RETURNING, WORKING
from yimatong.kernel.clock import day_of
from yimatong.kernel.errors import Problem

LONGEST_ISOLATION = 60
"""Days at home that somebody may plan; more is a slip of the pen."""


def check_return(sheet: ReturnSheet, ground: Ground, unread: Sequence[Problem] = ()) -> None:
    """BadInput with `unread` and every problem of the fields that could be read."""
    checks.refuse([*unread, *_return(sheet, ground)])


def check_work(sheet: WorkSheet, ground: Ground, unread: Sequence[Problem] = ()) -> None:
    """Likewise."""
    checks.refuse([*unread, *_work(sheet, ground)])


def _return(sheet: ReturnSheet, ground: Ground) -> Problems:
    if not sheet.stage:
        yield problem("stage_missing", "stage")
    elif sheet.stage == "planned":
        yield from checks.planned_day(sheet.planned_day, "planned_day", ground)
    else:
        yield from checks.wanted(sheet, "arrived_at")
        yield from checks.past_moment(sheet.arrived_at, "arrived_at", ground)
    yield from _elsewhere(sheet, ground)
    if sheet.left_day and sheet.left_day > day_of(ground.now):
        yield problem("left_in_future", "left_day", found=sheet.left_day)
    yield from checks.wanted(sheet, "departure_place", "health_before")
    yield from checks.answered(sheet, RETURNING, ground)
    yield from checks.symptoms(sheet, ground)
    yield from checks.residence(sheet, ground)
    yield from checks.wanted(sheet, "isolation_days")
    if not 0 <= (sheet.isolation_days or 0) <= LONGEST_ISOLATION:
        yield problem("isolation_range", "isolation_days", most=LONGEST_ISOLATION)
    yield from checks.listed(sheet.conditions, "conditions")
    yield from checks.temperature(sheet, required=False)
    yield from checks.promise(sheet, ground)


def _elsewhere(sheet: ReturnSheet, ground: Ground) -> Problems:
    if sheet.origin != ABROAD and not is_one_of(sheet.origin, provinces()):
        yield problem("origin_missing", "origin")
    elif sheet.origin[:2] == ground.policy.division[:2]:
        yield problem("return_from_here", "origin")


def _work(sheet: WorkSheet, ground: Ground) -> Problems:
    yield from checks.wanted(sheet, "employer")
    yield from checks.planned_day(sheet.start_day, "start_day", ground)
    if sheet.origin != ABROAD and not is_one_of(sheet.origin, provinces()):
        yield problem("was_where", "origin")
    elif sheet.origin[:2] != ground.policy.division[:2]:
        yield from checks.wanted(sheet, "departure_place", "arrived_at")
        yield from checks.past_moment(sheet.arrived_at, "arrived_at", ground)
    yield from checks.residence(sheet, ground)
    yield from checks.temperature(sheet, required=True)
    yield from checks.listed(sheet.conditions, "conditions")
    yield from checks.answered(sheet, WORKING, ground)
    yield from checks.promise(sheet, ground)
