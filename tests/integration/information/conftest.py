import pytest
from tests.lib.entries import Desk
from tests.lib.logins import worker

from yimatong.access.permissions import Role


@pytest.fixture
async def desk(world, client):
    return Desk(client, await worker(world, Role.ADMINISTRATOR))
