"""Registering places, approving and closing them."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.kernel.clock import SHANGHAI, Clock
from yimatong.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Problem, Where
from yimatong.kernel.ids import Randomness, new_id
from yimatong.places import store
from yimatong.places.divisions import division, stem_of, within
from yimatong.places.model import KIND_OF_TYPE, NewPlace, Place, PlaceState
from yimatong.storage import Tx

LONGEST = 100
"""Characters of a name, township or address."""

PAGE = 100
_TYPED = ("township", "address", "name")
_DONE = {PlaceState.OPEN: "approve", PlaceState.REFUSED: "refuse", PlaceState.CLOSED: "close"}
_TAKEN_BACK = (PlaceState.PENDING, PlaceState.CLOSED)


async def register(
    tx: Tx, clock: Clock, randomness: Randomness, new: NewPlace, by: UUID | None = None
) -> Place:
    """A new place, pending until an administrator approves it; `by` is told what was decided.
    BadInput as `problems_of`."""
    if problems := problems_of(new):
        raise BadInput(*problems)
    now = clock.now()
    place = Place(
        id=new_id(randomness),
        kind=KIND_OF_TYPE[new.type],
        type=new.type,
        region=division(new.division).region,
        division=new.division,
        scene=new.scene,
        state=PlaceState.PENDING,
        registered_at=now.astimezone(SHANGHAI),
        registered_by=by,
        **_texts(new),
    )
    await store.insert(tx, place, now)
    return place


def problems_of(new: NewPlace) -> list[Problem]:
    """All that keeps a place from being registered: a division that the tables have not, or that
    is a whole province; a text that is empty, longer than LONGEST characters, or holds what cannot
    be printed."""
    found: list[Problem] = []
    try:
        division(new.division)
        if new.division.endswith("0000"):
            found.append(Problem("places.whole_province", Where(field="division")))
    except BadInput as error:
        found += error.problems
    for name, text in _texts(new).items():
        if not 0 < len(text) <= LONGEST:
            found.append(Problem("places.text_length", Where(field=name), {"longest": LONGEST}))
        elif not text.isprintable():
            found.append(Problem("places.text_signs", Where(field=name)))
    return found


async def of(tx: Tx, place: UUID) -> Place:
    """The place in whatever state; NotFound where there is none."""
    return _found(await several(tx, [place]), place)


async def several(tx: Tx, places: Iterable[UUID]) -> Mapping[UUID, Place]:
    """Places in whatever state, in one statement; those that there are none of are absent."""
    return await store.get(tx, places)


async def held(tx: Tx, place: UUID) -> Place:
    """The place in whatever state, which stays so until the transaction ends. NotFound."""
    return _found(await store.get(tx, [place], lock=True), place)


async def in_area(tx: Tx, area: str | None, place: UUID) -> Place:
    """The place, if it lies within an area; NotFound where there is none, and where it does not."""
    return _inside(area, await of(tx, place))


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
    if not name.isprintable():
        return []
    return await store.in_state(tx, state.value, stem_of(area), name.strip(), page * PAGE, PAGE)


async def same(tx: Tx, place: NewPlace) -> Place | None:
    """The place there is already, pending or open: of the same scene, division, name and
    address; none where it cannot be registered. Nobody else registers the same until the
    transaction ends."""
    if problems_of(place):
        return None
    texts = _texts(place)
    same = (place.scene, place.division, texts["name"], texts["address"])
    await store.hold_same(tx, *same)
    return await store.same(tx, *same)


async def approve(tx: Tx, clock: Clock, actor: Actor, place: UUID) -> Place:
    """Opens a pending place. NotAllowed, NotFound (outside the administrator's area too), or
    Conflict where it is not pending."""
    _must_decide(actor)
    return await _move(tx, clock, actor, place, (PlaceState.PENDING, PlaceState.OPEN))


async def refuse(tx: Tx, clock: Clock, actor: Actor, place: UUID, reason: str) -> Place:
    """Refuses a pending place, with a reason for whoever asked. As `approve`; BadInput where there
    is no reason or more than LONGEST characters."""
    _must_decide(actor)
    said = " ".join(reason.split())
    if not (0 < len(said) <= LONGEST and said.isprintable()):
        raise BadInput.of("places.reason", Where(field="reason"), longest=LONGEST)
    change = (PlaceState.PENDING, PlaceState.REFUSED)
    return await _move(tx, clock, actor, place, change, said)


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
    found = await held(tx, place)
    if found.state not in (PlaceState.PENDING, PlaceState.OPEN):
        raise Conflict.of(f"places.now.{found.state}", name=found.name)
    await store.set_state(tx, place, PlaceState.CLOSED.value, clock.now(), None)
    return await of(tx, place)


async def withdraw(tx: Tx, clock: Clock, account: UUID, place: UUID) -> Place:
    """Whoever registered a place takes it back before it was opened. Conflict where it is not
    pending; the caller knows that it is theirs."""
    return await _set(tx, clock, account, await held(tx, place), _TAKEN_BACK)


def _texts(new: NewPlace) -> dict[str, str]:
    """What was typed, with single spaces."""
    return {name: " ".join(getattr(new, name).split()) for name in _TYPED}


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
    found = _inside(actor.area, await held(tx, place))
    return await _set(tx, clock, actor.account, found, change, about)


async def of_scene(tx: Tx, scene: str) -> list[UUID]:
    """Every place that was registered for a scene, closed ones too."""
    return await store.of_scene(tx, scene)


async def _set(
    tx: Tx,
    clock: Clock,
    account: UUID,
    found: Place,
    change: tuple[PlaceState, PlaceState],
    about: str | None = None,
) -> Place:
    before, after = change
    if found.state is not before:
        raise Conflict.of(f"places.now.{found.state}", name=found.name)
    await store.set_state(tx, found.id, after.value, clock.now(), about)
    done = "withdraw" if change == _TAKEN_BACK else _DONE[after]
    event = Event(
        actor=account, action=f"places.{done}", place=found.id, purpose=Purpose.ADMINISTRATION
    )
    await audit(tx, clock, event)
    return await of(tx, found.id)


def _inside(area: str | None, place: Place) -> Place:
    if not within(area, place.division):
        raise NotFound.of("places.unknown")
    return place


def _found(places: Mapping[UUID, Place], place: UUID) -> Place:
    if place not in places:
        raise NotFound.of("places.unknown")
    return places[place]
