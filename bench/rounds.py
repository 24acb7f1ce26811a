"""Measuring two or more ways of doing the same work against each other, fairly.

The ways take turns in short rounds, so that whatever else the machine does meets them alike,
and the median round of each counts.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

ROUNDS = 21
SECONDS = 0.05


def rates(*ways: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """How often a second each way can be called: the median of `rounds` rounds, in turns."""
    repeats = [_repeats(way) for way in ways]
    taken: list[list[float]] = [[] for _ in ways]
    for _ in range(rounds):
        for way, count, times in zip(ways, repeats, taken, strict=True):
            times.append(_time(way, count) / count)
    return [1 / median(times) for times in taken]


def _repeats(way: Callable[[], object]) -> int:
    """How many calls fill a round; also warms up."""
    count = 1
    while (seconds := _time(way, count)) < SECONDS / 4:
        count *= 2
    return max(1, round(count * SECONDS / seconds))


def _time(way: Callable[[], object], count: int) -> float:
    start = perf_counter()
    for _ in range(count):
        way()
    return perf_counter() - start
