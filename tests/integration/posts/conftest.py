"""A clinic that waits or is open, who answers for it, and colleagues who join it."""

from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from tests.lib.logins import Login, administrator, resident

from yimatong.access import sessions, staff
from yimatong.doors.world import World

PLACE = {
    "type": "clinic", "division": "460105", "township": "海秀镇", "address": "演示路 3 号",
    "name": "演示医院发热门诊", "scene": "fever-clinic",
}  # fmt: skip
TEAM = "/api/v1/desk/team"


@dataclass
class Posts:
    """What is done about places and posts, as a program does it."""

    world: World
    client: httpx.AsyncClient
    serial: int = 10

    async def resident(self) -> Login:
        self.serial += 1
        return await resident(self.world, serial=self.serial)

    async def register(
        self, login: Login, worker: str = "卫试医", **changes: Any
    ) -> httpx.Response:
        body = {"worker": worker, "place": {**PLACE, **changes}}
        return await self.client.post("/api/v1/places", json=body, headers=login.headers)

    async def decide(self, chief: Login, place: str, verb: str, **body: Any) -> httpx.Response:
        path = f"/api/v1/places/{place}/{verb}"
        return await self.client.post(path, json=body or None, headers=chief.headers)

    async def at_desk(self, login: Login) -> dict[str, str]:
        """The headers of a session of the post of a resident's account, as after both factors."""
        world = self.world
        async with world.database.transaction() as tx:
            post = await staff.of_account(tx, login.account)
            assert post is not None
            token = await sessions.start(
                tx, world.clock, world.randomness, login.account, staff=post.id
            )
        return {"Authorization": f"Bearer {token}"}

    async def open(self, login: Login, **changes: Any) -> tuple[str, dict[str, str]]:
        """An open place whose manager this is: its id, and the manager's headers at the desk."""
        place = (await self.register(login, **changes)).json()["id"]
        self.serial += 1
        chief = await administrator(self.world, None, self.serial)
        assert (await self.decide(chief, place, "approval")).status_code == 200
        return place, await self.at_desk(login)

    async def code(self, manager: dict[str, str]) -> str:
        code: str = (await self.client.post(f"{TEAM}/code", headers=manager)).json()["code"]
        return code

    async def join(self, login: Login, code: str, worker: str = "卫试新") -> httpx.Response:
        body = {"code": code, "worker": worker}
        return await self.client.post("/api/v1/places/joining", json=body, headers=login.headers)

    async def colleague(self, manager: dict[str, str]) -> tuple[Login, dict[str, str]]:
        """Somebody who joined and was let in."""
        login = await self.resident()
        await self.join(login, await self.code(manager))
        path = f"{TEAM}/applicants/{login.account}"
        assert (await self.client.post(path, headers=manager)).status_code == 204
        return login, await self.at_desk(login)

    async def members(self, headers: dict[str, str]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.client.get(TEAM, headers=headers)).json()[
            "members"
        ]
        return found


@pytest.fixture
def posts(world: World, client: httpx.AsyncClient) -> Posts:
    return Posts(world, client)
