"""Divisions, gates, venues, clinics, pharmacies, units: registered once.

Writes: places, whether they are open, their posters. Reads: the same, and the table of
divisions. Never keeps: who works there or who came by.
"""

from yimatong.places.divisions import (
    Division,
    counties,
    division,
    divisions,
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
    must_be_open,
    of,
    open_place,
    refuse,
    register,
    same,
    several,
    waiting,
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
    "must_be_open",
    "of",
    "open_place",
    "poster_known",
    "poster_of",
    "provinces",
    "refuse",
    "register",
    "same",
    "several",
    "townships",
    "waiting",
    "within",
]
