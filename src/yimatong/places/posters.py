"""The poster of a place (YN-01, YN-02): a short public id that leads people at the door to their
own code. It says which place, and nothing of anybody."""

from uuid import UUID

from yimatong.kernel.clock import Clock
from yimatong.kernel.errors import Conflict, NotFound
from yimatong.kernel.ids import READABLE, Randomness, plain, readable
from yimatong.places import store
from yimatong.places.model import Place, PlaceState
from yimatong.places.service import open_place
from yimatong.storage import Tx

LENGTH = 8
PATH = "/at/"


async def poster_of(tx: Tx, clock: Clock, randomness: Randomness, place: UUID) -> str:
    """The id of the place's poster, `AC3D-97KM`, made when first asked for; always the same.

    NotFound, or Conflict where the place is not open.
    """
    await open_place(tx, place)
    while (found := await store.poster_of(tx, place)) is None:
        await store.add_poster(tx, readable(LENGTH, randomness), place, clock.now())
    return spelled(found)


async def poster_known(tx: Tx, place: UUID) -> str | None:
    """The id of the place's poster as it is read out; None where none was made yet."""
    found = await store.poster_of(tx, place)
    return spelled(found) if found else None


async def at_poster(tx: Tx, typed: str) -> Place:
    """The open place that a poster hangs at, however its id was typed.

    NotFound where there is no such poster, Conflict where the place is open no longer.
    """
    id = plain(typed)
    known = len(id) == LENGTH and set(id) <= set(READABLE)
    place = await store.at_poster(tx, id) if known else None
    if place is None:
        raise NotFound.of("places.poster.unknown")
    if place.state is not PlaceState.OPEN:
        raise Conflict.of("places.poster.closed", name=place.name)
    return place


def spelled(id: str) -> str:
    """In two halves, as it is read out."""
    return f"{id[:4]}-{id[4:]}"
