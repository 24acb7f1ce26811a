"""A green resident, and a guard at an open gate."""

import pytest
from tests.lib.logins import gate, resident, worker
from tests.lib.told import told

from yimatong.access.permissions import Role
from yimatong.places import PlaceType


@pytest.fixture
async def person(world):
    """A green resident."""
    login = await resident(world)
    await told(world, login.person, [("declaration", "self", 0)])
    return login


@pytest.fixture
async def guard(world):
    place = await gate(world, type=PlaceType.VENUE)
    return await worker(world, Role.GUARD, place)


@pytest.fixture
async def family(world):
    """Two green residents and a red one."""
    people = [await resident(world, serial=serial) for serial in (2, 3, 4)]
    for one in people:
        await told(world, one.person, [("declaration", "self", 0)])
    await told(world, people[2].person, [("case.confirmed", "registry", 0)])
    return people


@pytest.fixture
async def other(world):
    """A guard of another gate, in another prefecture."""
    return await worker(world, Role.GUARD, await gate(world, "430200", PlaceType.ROAD), 2)
