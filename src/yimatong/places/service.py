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
from yimatong.places.divisions import division, stem_of, within
from yimatong.places.model import KIND_OF_TYPE, NewPlace, Place, PlaceState
from yimatong.storage import Tx

LONGEST = 100
"""Characters of a name, township or address."""

PAGE = 100
_DONE = {PlaceState.OPEN: "approve", PlaceState.REFUSED: "refuse", PlaceState.CLOSED: "close"}


async def register(
    tx: Tx, clock: Clock, randomness: Randomness, new: NewPlace, by: UUID | None = None
) -> Place:
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
        registered_by=by,
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


async def waiting(
    tx: Tx,
    state: PlaceState = PlaceState.PENDING,
    area: str | None = None,
    name: str = "",
    page: int = 0,
) -> list[Place]:
    """PAGE places in a state within an area whose name has this in it, the longest waiting
    first."""
    return await store.in_state(tx, state.value, stem_of(area), name, page * PAGE, PAGE)


async def same(tx: Tx, place: NewPlace) -> Place | None:
    """The place there is already, pending or open: of the same scene, division, name and
    address."""
    return await store.same(tx, place)


async def approve(tx: Tx, clock: Clock, actor: Actor, place: UUID) -> Place:
    """Opens a pending place. NotAllowed, NotFound (outside the administrator's area too), or
    Conflict where it is not pending."""
    _must_decide(actor)
    return await _move(tx, clock, actor, place, (PlaceState.PENDING, PlaceState.OPEN))


async def refuse(tx: Tx, clock: Clock, actor: Actor, place: UUID, reason: str) -> Place:
    """Refuses a pending place, with a reason for whoever asked. As `approve`; BadInput where there
    is no reason or more than LONGEST characters."""
    _must_decide(actor)
    if not 0 < len(reason) <= LONGEST:
        raise BadInput.of("places.reason", Where(field="reason"), longest=LONGEST)
    change = (PlaceState.PENDING, PlaceState.REFUSED)
    return await _move(tx, clock, actor, place, change, reason)


async def close(tx: Tx, clock: Clock, actor: Actor, place: UUID) -> Place:
    """Closes an open place for good: an administrator of its area, or who answers for it.

    NotAllowed, NotFound, or Conflict where it is not open.
    """
    if not (actor.manager and actor.place == place):
        _must_decide(actor)
    return await _move(tx, clock, actor, place, (PlaceState.OPEN, PlaceState.CLOSED))


async def close_own(tx: Tx, clock: Clock, place: UUID) -> Place:
    """Closes a place for whoever owns it, which the caller has looked at and puts on record.
    NotFound; Conflict where it is closed or was refused already."""
    found = _found(await store.get(tx, [place], lock=True), place)
    if found.state not in (PlaceState.PENDING, PlaceState.OPEN):
        raise Conflict.of(
            "places.other_state", found=found.state.value, needed=PlaceState.OPEN.value
        )
    await store.set_state(tx, place, PlaceState.CLOSED.value, clock.now(), None)
    return await of(tx, place)


def _must_decide(actor: Actor) -> None:
    if not actor.may(Permission.PLACE_APPROVE):
        raise NotAllowed.of("places.not_allowed")


async def _move(
    tx: Tx,
    clock: Clock,
    actor: Actor,
    place: UUID,
    change: tuple[PlaceState, PlaceState],
    about: str | None = None,
) -> Place:
    found = _found(await store.get(tx, [place], lock=True), place)
    if not within(actor.area, found.division):
        raise NotFound.of("places.unknown")
    before, after = change
    if found.state is not before:
        raise Conflict.of("places.other_state", found=found.state.value, needed=before.value)
    await store.set_state(tx, place, after.value, clock.now(), about)
    event = Event(
        actor=actor.account,
        action=f"places.{_DONE[after]}",
        place=place,
        purpose=Purpose.ADMINISTRATION,
    )
    await audit(tx, clock, event)
    return await of(tx, place)


def _found(places: Mapping[UUID, Place], place: UUID) -> Place:
    if place not in places:
        raise NotFound.of("places.unknown")
    return places[place]
