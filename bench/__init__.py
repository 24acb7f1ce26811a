"""Figures that the design promises (B1 …), each beside a reference measured in the same run.

A module here that has `run() -> list[Row]` measures one or several of them; `python -m bench
NAME …` runs those named, or all. Nothing here is a test: machines are shared, so no timing is
asserted anywhere.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    `figure` and `reference` are in `unit`. `ratio` is the one that `aim` speaks of, usually
    figure by reference.
    """

    id: str
    work: str
    figure: float
    reference: float
    ratio: float
    unit: str
    aim: str
