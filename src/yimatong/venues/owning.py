"""An owner registers a venue or a vehicle, downloads its poster, reads how many came, closes it."""

from datetime import datetime, timedelta
from uuid import UUID

from yimatong import places
from yimatong.access import limits
from yimatong.access.actor import Actor
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.kernel.clock import day_of, start_of
from yimatong.kernel.errors import BadInput, Conflict, NotFound, Where
from yimatong.places import NewPlace, Place, PlaceState
from yimatong.places.plates import check_plate
from yimatong.storage import Tx
from yimatong.venues import store
from yimatong.venues.model import FEW, KEPT, TYPES, VEHICLES, Counts, Owned, Tools

A_DAY = 20
"""Venues that one account may register: a chain's owner, not a prank."""


async def register(tx: Tx, tools: Tools, actor: Actor, new: NewPlace) -> Place:
    """A venue that waits for the area's administrator; a vehicle's address is its plate. Sent
    twice it is the same one.

    BadInput where the type is none of TYPES, the plate is none, or of the place; Conflict where
    somebody else has the same one; TooMany after A_DAY.
    """
    if new.type not in TYPES:
        allowed = ", ".join(TYPES)
        raise BadInput.of("venues.type", Where(field="type"), allowed=allowed)
    if new.type in VEHICLES:
        new = _with_plate(new)
    known = await places.same(tx, new)
    if known is not None:
        if await store.owns(tx, actor.account, known.id):
            return known
        raise Conflict.of("venues.there_already", name=known.name)
    people = tools.people
    await limits.take(tx, people.clock, "venues.new", actor.account.bytes, A_DAY, timedelta(days=1))
    place = await places.register(tx, people.clock, people.randomness, new, actor.account)
    await store.own(tx, place.id, actor.account, people.clock.now())
    return place


async def owned(tx: Tx, tools: Tools, actor: Actor) -> list[Owned]:
    """One's own venues with how many came today, in the order they were registered."""
    ids = await store.owned(tx, actor.account)
    known, today = await places.several(tx, ids), start_of(day_of(tools.people.clock.now()))
    counted = await store.counts(tx, ids, today)
    return [Owned(known[id], await _poster(tx, known[id]), _few(counted.get(id, 0))) for id in ids]


async def own(tx: Tx, actor: Actor, place: UUID) -> Place:
    """NotFound where the account does not own it."""
    if not await store.owns(tx, actor.account, place):
        raise NotFound.of("places.unknown")
    return await places.of(tx, place)


async def counts(tx: Tx, tools: Tools, actor: Actor, place: UUID) -> Counts:
    """By hour and by day; who it was is nobody's to read here."""
    await own(tx, actor, place)
    now = tools.people.clock.now()
    today = start_of(day_of(now))
    hours = await store.per_hour(tx, place, today, now + timedelta(minutes=1))
    days = await store.per_day(tx, place, today - KEPT)
    return Counts(
        hours=[(hour, _few(hours.get(hour, 0))) for hour in range(now.hour + 1)],
        days=[(day, _few(days.get(day, 0))) for day in _days(now)],
        today=_few(days.get(day_of(now).isoformat(), 0)),
    )


async def close(tx: Tx, tools: Tools, actor: Actor, place: UUID) -> Place:
    """Closes it for good; its poster leads nowhere from now on. NotFound, Conflict."""
    await own(tx, actor, place)
    closed = await places.close_own(tx, tools.people.clock, place)
    event = Event(
        actor=actor.account, action="venues.close", purpose=Purpose.ADMINISTRATION, place=place
    )
    await audit(tx, tools.people.clock, event)
    return closed


async def poster(tx: Tx, actor: Actor, place: UUID) -> tuple[Place, str]:
    """The open place and its poster's id. NotFound, Conflict where it is not open."""
    found = places.must_be_open(await own(tx, actor, place))
    id = await places.poster_known(tx, place)
    if id is None:
        raise Conflict.of("places.not_open", name=found.name)
    return found, id


async def _poster(tx: Tx, place: Place) -> str | None:
    return await places.poster_known(tx, place.id) if place.state is PlaceState.OPEN else None


def _with_plate(new: NewPlace) -> NewPlace:
    plate = check_plate(new.address, "address")
    return NewPlace(
        type=new.type,
        division=new.division,
        township=new.township,
        address=plate,
        name=new.name,
        scene=None,
    )


def _few(count: int) -> int | None:
    return None if 0 < count < FEW else count


def _days(now: datetime) -> list[str]:
    today = day_of(now)
    return [(today - timedelta(days=ago)).isoformat() for ago in range(KEPT.days)]
