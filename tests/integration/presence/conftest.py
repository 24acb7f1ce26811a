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
