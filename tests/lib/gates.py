"""What tests of gates share: what a person's phone shows, and what is kept of a scan."""

from typing import Any

import httpx

from tests.lib.logins import Login
from yimatong.doors.world import World


async def shown(client: httpx.AsyncClient, person: Login) -> str:
    """The text of the person's plain code, as of now."""
    text: str = (await client.get("/api/v1/code", headers=person.headers)).json()["text"]
    return text


async def rows(world: World, table: str) -> int:
    """How many rows there are; `table` may go on with a where."""
    async with world.database.transaction() as tx:
        counted: int = await tx.fetchval(f"select count(*) from {table}")
    return counted


async def opened(client: httpx.AsyncClient, guard: Login, **shown: Any) -> httpx.Response:
    """A guard opens who shows this: `code`, `short`."""
    return await client.post("/api/v1/gate/openings", json=shown, headers=guard.headers)
