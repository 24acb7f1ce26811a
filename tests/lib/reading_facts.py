"""What the contract says of facts: which count at a moment, and what can be asked of them.

Facts are dictionaries with the fields of a JSON Lines file. Nothing here is clever.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

Fact = dict[str, Any]
SHANGHAI = timezone(timedelta(hours=8))
DAY = timedelta(days=1)
SMALLEST = timedelta(microseconds=1)


def moment(text: str, bare: time = time(), later: timedelta = timedelta()) -> datetime:
    """RFC 3339 text as a moment; a bare date is that day at `bare`, `later` on."""
    if len(text) == len("2020-03-08"):
        return datetime.combine(date.fromisoformat(text), bare, SHANGHAI) + later
    return datetime.fromisoformat(text).astimezone(SHANGHAI)


def parsed(line: Fact) -> Fact:
    """The same fact with moments for text, and a decimal for the temperature."""
    observed = moment(line["observed_at"])
    return {
        "id": line["id"],
        "kind": line["kind"],
        "observed_at": observed,
        "ended_at": moment(line["ended_at"], later=DAY) if line.get("ended_at") else None,
        "recorded_at": moment(line["recorded_at"]) if line.get("recorded_at") else observed,
        "value": Decimal(str(line["value"])) if line.get("value") is not None else None,
        "retracts": line.get("retracts"),
    }


def counted(lines: Iterable[Fact], at: datetime) -> list[Fact]:
    """The facts that count at a moment: once each, recorded by then, and not withdrawn."""
    once = {line["id"]: parsed(line) for line in lines}
    recorded = [fact for fact in once.values() if fact["recorded_at"] <= at]
    withdrawn = {fact["retracts"] for fact in recorded}
    return [fact for fact in recorded if fact["id"] not in withdrawn]


def is_open(fact: Fact, now: datetime) -> bool:
    """Not ended, or ended later than now."""
    return fact["ended_at"] is None or fact["ended_at"] > now


def under(days: int, since: datetime, now: datetime) -> bool:
    """Under so many times 24 hours ago."""
    return since <= now < since + days * DAY


def of_kind(facts: list[Fact], *kinds: str) -> list[Fact]:
    return [fact for fact in facts if fact["kind"] in kinds]


def latest(facts: list[Fact]) -> Fact:
    return max(facts, key=lambda fact: (fact["observed_at"], fact["recorded_at"], fact["id"]))


def day(when: datetime) -> date:
    return when.astimezone(SHANGHAI).date()


def later_by(days: int, since: datetime | None) -> datetime | None:
    return None if since is None else since + days * DAY


def a_run_after(facts: list[Fact], anchor: date, length: int = 14) -> bool:
    """That many normal days in a row, all later than the anchor day."""
    normal = {day(fact["observed_at"]) for fact in of_kind(facts, "checkin.normal")}
    abnormal = {day(fact["observed_at"]) for fact in of_kind(facts, "checkin.abnormal")}
    days = {one for one in normal - abnormal if one > anchor}
    return any(all(first + i * DAY in days for i in range(length)) for first in days)


def last_day(fact: Fact) -> date:
    """The day on which a lasting fact was last so: one that ended at 24:00 ended that day."""
    return day(fact["ended_at"] - SMALLEST)
