"""Divisions, gates, venues, clinics, pharmacies, units: registered once.

Writes: places, whether they are open, their posters. Reads: the same, and the table of
divisions. Never keeps: who works there or who came by.
"""

from yimatong.places.divisions import Division, division, divisions, provinces
from yimatong.places.model import NewPlace, Place, PlaceKind, PlaceState, PlaceType
from yimatong.places.posters import at_poster, poster_of
from yimatong.places.service import (
    approve,
    close,
    must_be_open,
    of,
    open_place,
    register,
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
    "division",
    "divisions",
    "must_be_open",
    "of",
    "open_place",
    "poster_of",
    "provinces",
    "register",
    "several",
    "waiting",
]
