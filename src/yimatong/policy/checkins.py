"""Days of check-in: calendar days in Asia/Shanghai, and runs of normal ones.

A day with any abnormal record is abnormal; a normal day has a normal record and no abnormal
one; a run is that many normal days in a row without a gap.
"""

from collections.abc import Iterable
from datetime import timedelta

from yimatong.kernel.clock import day_of
from yimatong.policy.facts import Fact
from yimatong.policy.kinds import KINDS

_AN_INSTANT = timedelta(microseconds=1)


def latest_run_start(normal: Iterable[Fact], abnormal: Iterable[Fact], length: int) -> int:
    """The ordinal of the first day of the latest run; 0, before every day, where none is.

    A run wholly after an anchor day exists exactly where the latest one starts after it.
    """
    days = {day_of(fact.observed_at).toordinal() for fact in normal}
    days -= {day_of(fact.observed_at).toordinal() for fact in abnormal}
    latest, run, before = 0, 0, 0
    for day in sorted(days):
        run = run + 1 if day == before + 1 else 1
        before = day
        if run >= length:
            latest = day - length + 1
    return latest


def last_day_of(fact: Fact) -> int | None:
    """The ordinal of the day it was last so: of its end, else of its observation.

    The end itself is no longer part of it, so an end at 24:00 belongs to the day that it
    closes. None while a lasting fact has no end.
    """
    if not KINDS[fact.kind].lasting:
        return day_of(fact.observed_at).toordinal()
    if fact.ended_at is None:
        return None
    last = max(fact.observed_at, fact.ended_at - _AN_INSTANT)
    return day_of(last).toordinal()
