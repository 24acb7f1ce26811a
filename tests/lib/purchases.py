"""What tests share of medicine that was bought for somebody else."""

from typing import Any

import httpx

from tests.lib.logins import Login, resident
from tests.lib.told import told
from yimatong.doors.world import World

BUYER, PATIENT = "13900010001", "13900010002"
"""The phones of the residents 1 and 2."""
SALE: dict[str, Any] = {
    "temperature": "36.5", "residence": "试验路 1 号", "risk_area": False, "fever_contact": False,
    "medicines": [{"name": "blf", "quantity": 1}], "patient": PATIENT,
}  # fmt: skip


async def citizen(world: World, serial: int) -> Login:
    """A resident of Hainan with a green code."""
    login = await resident(world, "hainan", serial)
    assert login.person is not None
    await told(world, login.person, [("declaration", "self", 0)])
    return login


async def colour(client: httpx.AsyncClient, login: Login) -> str:
    found: str = (await client.get("/api/v1/code", headers=login.headers)).json()["colour"]
    return found


async def waiting(client: httpx.AsyncClient, login: Login) -> list[dict[str, Any]]:
    """What waits for the login's word."""
    answer = await client.get("/api/v1/purchases", headers=login.headers)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


async def answered(
    client: httpx.AsyncClient, login: Login, question: str, person: str | None
) -> httpx.Response:
    path = f"/api/v1/purchases/{question}"
    return await client.post(path, json={"person": person}, headers=login.headers)
