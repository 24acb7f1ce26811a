"""What tests of gates share: what a person's phone shows, and what is kept of a scan."""

import dataclasses
from typing import Any
from uuid import UUID

import httpx

from tests.lib.logins import Login
from yimatong.access import sessions
from yimatong.doors.commands.keys import PASSES
from yimatong.doors.world import World
from yimatong.keys import KeyRing, rotate


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


async def scanned(
    client: httpx.AsyncClient, guard: Login, person: Login, **entry: Any
) -> httpx.Response:
    """Opened by the code of the phone and let pass or not, step by step."""
    code = await shown(client, person)
    together = {"vehicle": entry["vehicle"]} if "vehicle" in entry else {}
    answer = await opened(client, guard, code=code, **together)
    if answer.status_code != 201:
        return answer
    body = {"ticket": answer.json()["ticket"], **entry}
    return await client.post("/api/v1/gate/passages", json=body, headers=guard.headers)


async def asked(client: httpx.AsyncClient, guard: Login, path: str, **query: Any) -> Any:
    """What the gate's API answers to a guard."""
    answer = await client.get(f"/api/v1/gate/{path}", params=query, headers=guard.headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Status, and the code of the first problem."""
    return answer.status_code, answer.json()["problems"][0]["code"]


async def next_shift(world: World, guard: Login) -> Login:
    """The same post, logged in anew: a session lasts a shift."""
    async with world.database.transaction() as tx:
        token = await sessions.start(
            tx, world.clock, world.randomness, guard.account, staff=guard.staff
        )
    return dataclasses.replace(guard, token=token)


async def resealed(world: World) -> KeyRing:
    """The ring without its old sealing key, once everything was sealed anew under a new one."""
    both = rotate(world.keys, "sealing", world.clock.now())
    for _, one_page in PASSES:
        after: UUID | None = UUID(int=0)
        while after is not None:
            async with world.database.transaction() as tx:
                after = await one_page(tx, both, after)
    return KeyRing(both.purpose, both.sealing[1:], both.matching, both.issuing, both.randomness)
