"""Registering places, approving and closing them."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.kernel.clock import Clock
from yimatong.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Where
from yimatong.kernel.ids import Randomness, new_id
from yimatong.places import store
from yimatong.places.divisions import division
from yimatong.places.model import KIND_OF_TYPE, NewPlace, Place, PlaceState
from yimatong.storage import Tx

LONGEST = 100
"""Characters of a name, township or address."""

PAGE = 100


async def register(tx: Tx, clock: Clock, randomness: Randomness, new: NewPlace) -> Place:
    """A new place, pending until an administrator approves it.

    BadInput where the division is unknown or a text is empty or longer than 100 characters.
    """
    texts = {name: getattr(new, name).strip() for name in ("township", "address", "name")}
    for name, text in texts.items():
        if not 0 < len(text) <= LONGEST:
            raise BadInput.of("places.text_length", Where(field=name), longest=LONGEST)
    place = Place(
        id=new_id(randomness),
        kind=KIND_OF_TYPE[new.type],
        type=new.type,
        region=division(new.division).region,
        division=new.division,
        scene=new.scene,
        state=PlaceState.PENDING,
        **texts,
    )
    await store.insert(tx, place, clock.now())
    return place


async def of(tx: Tx, place: UUID) -> Place:
    """The place in whatever state; NotFound where there is none."""
    return _found(await several(tx, [place]), place)


async def several(tx: Tx, places: Iterable[UUID]) -> Mapping[UUID, Place]:
    """Places in whatever state, in one statement; those that there are none of are absent."""
    return await store.get(tx, places)


async def open_place(tx: Tx, place: UUID) -> Place:
    """The place, if people may be served there now; else NotFound or Conflict."""
    return must_be_open(await of(tx, place))


def must_be_open(place: Place) -> Place:
    """The place itself; Conflict where nobody may be served there now."""
    if place.state is not PlaceState.OPEN:
        raise Conflict.of("places.not_open", name=place.name)
    return place


async def waiting(tx: Tx, state: PlaceState = PlaceState.PENDING) -> list[Place]:
    """The first hundred places in a state, the longest waiting first."""
    return await store.in_state(tx, state.value, PAGE)


async def approve(tx: Tx, clock: Clock, actor: Actor, place: UUID) -> Place:
    """Opens a pending place. NotAllowed, NotFound, or Conflict where it is not pending."""
    return await _move(tx, clock, actor, place, (PlaceState.PENDING, PlaceState.OPEN))


async def close(tx: Tx, clock: Clock, actor: Actor, place: UUID) -> Place:
    """Closes an open place for good. NotAllowed, NotFound, or Conflict where it is not open."""
    return await _move(tx, clock, actor, place, (PlaceState.OPEN, PlaceState.CLOSED))


async def _move(
    tx: Tx, clock: Clock, actor: Actor, place: UUID, change: tuple[PlaceState, PlaceState]
) -> Place:
    if not actor.may(Permission.PLACE_APPROVE):
        raise NotAllowed.of("places.not_allowed")
    found = _found(await store.get(tx, [place], lock=True), place)
    before, after = change
    if found.state is not before:
        raise Conflict.of("places.other_state", found=found.state.value, needed=before.value)
    await store.set_state(tx, place, after.value, clock.now())
    event = Event(
        actor=actor.account,
        action="places.approve" if after is PlaceState.OPEN else "places.close",
        place=place,
        purpose=Purpose.ADMINISTRATION,
    )
    await audit(tx, clock, event)
    return await of(tx, place)


def _found(places: Mapping[UUID, Place], place: UUID) -> Place:
    if place not in places:
        raise NotFound.of("places.unknown")
    return places[place]
