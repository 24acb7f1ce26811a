"""Divisions, gates, venues, clinics, pharmacies, units: registered once.

Writes: places, whether they are open, their posters. Reads: the same, and the table of
divisions. Never keeps: who works there or who came by.
"""

from yimatong.places.divisions import (
    Division,
    counties,
    division,
    divisions,
    full,
    provinces,
    townships,
    within,
)
from yimatong.places.model import NewPlace, Place, PlaceKind, PlaceState, PlaceType
from yimatong.places.posters import at_poster, poster_known, poster_of
from yimatong.places.service import (
    approve,
    close,
    close_own,
    held,
    in_area,
    must_be_open,
    of,
    of_scene,
    open_place,
    problems_of,
    refuse,
    register,
    same,
    several,
    waiting,
    withdraw,
)

__all__ = [
    "Division",
    "NewPlace",
    "Place",
    "PlaceKind",
    "PlaceState",
    "PlaceType",
    "approve",
    "at_poster",
    "close",
    "close_own",
    "counties",
    "division",
    "divisions",
    "full",
    "held",
    "in_area",
    "must_be_open",
    "of",
    "of_scene",
    "open_place",
    "poster_known",
    "poster_of",
    "problems_of",
    "provinces",
    "refuse",
    "register",
    "same",
    "several",
    "townships",
    "waiting",
    "withdraw",
    "within",
]
