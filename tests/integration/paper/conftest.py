"""A clerk, and a guard at an open gate."""

import pytest
from tests.lib.logins import gate, worker

from yimatong.access.permissions import Role
from yimatong.places import PlaceType


@pytest.fixture
async def clerk(world):
    return await worker(world, Role.CLERK, await gate(world), serial=8)


@pytest.fixture
async def guard(world):
    return await worker(world, Role.GUARD, await gate(world, type=PlaceType.VENUE), serial=9)
