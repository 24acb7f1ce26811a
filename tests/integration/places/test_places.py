from uuid import UUID

import pytest

from yimatong.access.actor import Actor
from yimatong.access.permissions import Role
from yimatong.kernel.errors import BadInput, Conflict, NotAllowed, NotFound
from yimatong.places import (
    NewPlace,
    PlaceKind,
    PlaceState,
    PlaceType,
    approve,
    close,
    of,
    open_place,
    register,
    waiting,
)

CHIEF = Actor(account=UUID(int=9), role=Role.ADMINISTRATOR, session=b"")
GUARD = Actor(account=UUID(int=8), role=Role.GUARD, session=b"")


def road(**given):
    known = {"type": PlaceType.ROAD, "division": "460100", "township": "演示镇"}
    return NewPlace(**{**known, "address": "演示路 1 号", "name": "东路口", **given})


@pytest.fixture
async def place(tx, clock, randomness):
    return await register(tx, clock, randomness, road())


@pytest.mark.requirement("HI-10")
async def test_a_place_is_registered_with_type_division_and_address_and_waits(tx, place):
    assert await of(tx, place.id) == place
    assert (place.kind, place.region) == (PlaceKind.CHECKPOINT, "hainan")
    assert place.state is PlaceState.PENDING
    assert await waiting(tx) == [place]


@pytest.mark.requirement("HI-10")
async def test_an_administrator_opens_it_and_it_is_written_who(tx, clock, place):
    assert (await approve(tx, clock, CHIEF, place.id)).state is PlaceState.OPEN
    assert (await open_place(tx, place.id)).id == place.id
    event = await tx.fetchrow("select actor, action, place, purpose from audit_event")
    assert tuple(event) == (CHIEF.account, "places.approve", place.id, "administration")


async def test_nobody_else_can_open_or_close_it(tx, clock, place):
    for verb in (approve, close):
        with pytest.raises(NotAllowed):
            await verb(tx, clock, GUARD, place.id)
    assert (await of(tx, place.id)).state is PlaceState.PENDING


async def test_nobody_is_served_at_a_place_that_waits_or_is_closed(tx, clock, place):
    with pytest.raises(Conflict, match=r"places\.not_open"):
        await open_place(tx, place.id)
    await approve(tx, clock, CHIEF, place.id)
    await close(tx, clock, CHIEF, place.id)
    with pytest.raises(Conflict, match=r"places\.not_open"):
        await open_place(tx, place.id)


async def test_a_place_cannot_be_opened_twice_or_again_after_it_was_closed(tx, clock, place):
    await approve(tx, clock, CHIEF, place.id)
    with pytest.raises(Conflict, match=r"places\.now\.open"):
        await approve(tx, clock, CHIEF, place.id)
    await close(tx, clock, CHIEF, place.id)
    with pytest.raises(Conflict, match=r"places\.now\.closed"):
        await approve(tx, clock, CHIEF, place.id)


async def test_a_place_that_is_not_there_is_not_found(tx, clock):
    with pytest.raises(NotFound):
        await of(tx, UUID(int=404))
    with pytest.raises(NotFound):
        await approve(tx, clock, CHIEF, UUID(int=404))


@pytest.mark.parametrize(
    "given", [{"name": "  "}, {"address": "长" * 101}, {"township": ""}, {"division": "469999"}]
)
async def test_a_place_that_is_not_filled_in_is_not_kept(tx, clock, randomness, given):
    with pytest.raises(BadInput):
        await register(tx, clock, randomness, road(**given))
    assert await waiting(tx) == []
