"""A second, independent reading of the contract, against which the engine is compared.

`standing` says what `decide` has to say of one person. When the standing changes next is found
by asking again at every moment at which anything could.
"""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from tests.lib.reading_editions import EDITIONS, Reading
from tests.lib.reading_facts import DAY, SHANGHAI, Fact, counted, day, moment

STARTS = ["2020-02-18", "2020-02-22", "2020-03-08", "2020-03-16", "2020-04-01T20:00:00+08:00"]
SPANS = (0, 1, 2, 3, 4, 5, 6, 10, 13, 14, 15, 28)
"""Whole times 24 hours after which anything could happen, and many after which nothing does."""


def moments_of(facts: list[Fact]) -> set[datetime]:
    """Every moment at which a standing could change, and a generous number more."""
    told = {f[key] for f in facts for key in ("observed_at", "ended_at", "recorded_at")} - {None}
    midnights = {datetime.combine(day(one), time(), SHANGHAI) for one in told}
    found = {one + n * DAY for one in told | midnights for n in SPANS}
    return found | {moment(start) for start in STARTS}


def signature(reading: Reading) -> tuple[str, str | None, frozenset[str]]:
    """What `next_change_at` watches."""
    return reading.state, reading.colour, frozenset(reason.rule for reason in reading.reasons)


def next_change(edition: str, facts: list[Fact], at: datetime) -> datetime | None:
    """The first candidate at which the signature is another one."""
    read = EDITIONS[edition]
    now = signature(read(facts, at))
    for when in sorted(moments_of(facts)):
        if when > at and signature(read(facts, when)) != now:
            return when
    return None


def steady(edition: str, facts: list[Fact], at: datetime, probes: Iterable[datetime]) -> bool:
    """Whether nothing changes at any of these moments, all before the next change."""
    now = signature(EDITIONS[edition](facts, at))
    return all(signature(EDITIONS[edition](facts, probe)) == now for probe in probes)


def standing(edition: str, lines: Iterable[Fact], at: datetime) -> dict[str, Any]:
    """What `decide` has to say of one person; `lines` are the dictionaries of a facts file."""
    facts = counted(lines, at)
    reading = EDITIONS[edition](facts, at)
    return {
        "state": reading.state,
        "colour": reading.colour,
        "reasons": sorted(reading.reasons, key=lambda r: (r.colour, r.since, r.fact, r.rule)),
        "valid_until": reading.valid_until,
        "next_change_at": next_change(edition, facts, at),
    }
