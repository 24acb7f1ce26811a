"""What in somebody's passages is worth a look (HI-09). Pure; it marks, and refuses nobody."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

import msgspec

Mark = Literal["far_apart"]
"""Seen at two gates of different prefectures within so short a time that a shared or copied code
is as likely as a journey."""
FAR_APART = timedelta(minutes=30)


class Stop(msgspec.Struct, frozen=True):
    """When somebody was at a gate, and in which division the gate lies."""

    at: datetime
    division: str


def marks(stops: Sequence[Stop]) -> list[Mark | None]:
    """What is worth a look at each of the stops, in their order, whatever that is.

    In twice without an out between is nothing: people leave where nobody stands.
    """
    order = sorted(range(len(stops)), key=lambda number: stops[number].at)
    found: list[Mark | None] = [None] * len(stops)
    for before, after in pairwise(order):
        if _far_apart(stops[before], stops[after]):
            found[before] = found[after] = "far_apart"
    return found


def prefecture(division: str) -> str:
    """The prefecture of a division's code. A county that its province governs directly (`…90…`)
    is as good as one: what they have in common is an office, not a place."""
    return division if division[2:4] == "90" else division[:4]


def _far_apart(one: Stop, other: Stop) -> bool:
    within = other.at - one.at <= FAR_APART
    return within and prefecture(one.division) != prefecture(other.division)
