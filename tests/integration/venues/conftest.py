"""An open shop with its poster, its owner, and a green visitor."""

import pytest
from tests.lib.logins import administrator, resident
from tests.lib.told import told

SHOP = {
    "type": "shop", "division": "460105", "township": "海秀镇", "address": "演示路 5 号",
    "name": "演示便利店",
}  # fmt: skip


async def opened(world, client, owner, **changes):
    """The id and the poster of a venue that an administrator opened."""
    answer = await client.post("/api/v1/venues", json={**SHOP, **changes}, headers=owner.headers)
    assert answer.status_code == 201, answer.text
    place = answer.json()["id"]
    chief = await administrator(world, None, 90 + len(changes))
    await client.post(f"/api/v1/places/{place}/approval", headers=chief.headers)
    found = (await client.get("/api/v1/venues", headers=owner.headers)).json()
    return place, next(one["poster"] for one in found if one["place"]["id"] == place)


@pytest.fixture
async def owner(world):
    return await resident(world, "hainan", 1)


@pytest.fixture
async def shop(world, client, owner):
    return await opened(world, client, owner)


@pytest.fixture
async def visitor(world):
    login = await resident(world, "hainan", 2)
    await told(world, login.person, [("declaration", "self", 0)])
    return login
