"""The only place that asks what time it is.

Everything else is handed a `Clock`. Days are calendar days of Asia/Shanghai, which has
kept UTC+8 without daylight saving since 1991; moments of health records are all later.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Protocol, runtime_checkable

SHANGHAI = timezone(timedelta(hours=8), "+08:00")


@runtime_checkable
class Clock(Protocol):
    """Tells the present moment as an aware datetime in Shanghai time."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC).astimezone(SHANGHAI)


class FixedClock:
    """A clock that stands still until it is moved. For tests, replays and demo data."""

    def __init__(self, now: datetime) -> None:
        self._now = now.astimezone(SHANGHAI)

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now.astimezone(SHANGHAI)

    def advance(self, **delta: float) -> None:
        self._now += timedelta(**delta)


def day_of(moment: datetime) -> date:
    """The calendar day in Asia/Shanghai that a moment lies in."""
    return moment.astimezone(SHANGHAI).date()


def start_of(day: date) -> datetime:
    """00:00 in Asia/Shanghai of a calendar day."""
    return datetime.combine(day, time(), SHANGHAI)


def minute(moment: datetime) -> str:
    """`2020-03-16 09:30`, in Shanghai: a moment as people read it."""
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def rfc3339(moment: datetime) -> str:
    """A moment as RFC 3339 text with +08:00; fractions of a second only where there are any."""
    return moment.astimezone(SHANGHAI).isoformat()
