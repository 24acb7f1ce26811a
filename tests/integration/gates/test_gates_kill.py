"""Killed again and again while gates scan: what was acknowledged is there, once (faults.md, 1).

The disk of a test machine may say that it has flushed and not have: this shows what a process
that dies loses, not what a power cut does.
"""

import asyncio
import signal

import httpx
from tests.lib.logins import Login, gate, resident, worker
from tests.lib.process import process
from tests.lib.told import told

from yimatong.access.permissions import Role
from yimatong.codes.mint import Mint
from yimatong.doors.config import Config
from yimatong.doors.world import open_world
from yimatong.places import PlaceType

KILLS, EACH, GATES = 6, 60, 8
"""Kills, acknowledged scans before each, and gates that scan at once."""


async def test_nothing_acknowledged_is_lost_and_nothing_counts_twice(database_url, tmp_path):
    with process(database_url, tmp_path) as server:
        config = Config(database_url=database_url, accept_keys="test")
        async with open_world(config, database_url, server.keys) as world:
            guard, code = await _people(world)
            scans = Scans(server.url, guard, code)
            for _ in range(KILLS):
                gates = [scans.until_it_dies() for _ in range(GATES)]
                await asyncio.gather(*gates, _kill_in_between(server, scans))
                await asyncio.to_thread(server.start)
            await scans.send_again()
            async with world.database.transaction() as tx:
                kept = await tx.fetch("select id::text from gates_passage")
    assert {row["id"] for row in kept} == set(scans.acknowledged.values())
    assert len(kept) == len(scans.acknowledged) == len(scans.sent) > KILLS * EACH


async def _people(world) -> tuple[Login, str]:
    person = await resident(world)
    await told(world, person.person, [("declaration", "self", 0)])
    guard = await worker(world, Role.GUARD, await gate(world, type=PlaceType.VENUE))
    async with world.database.transaction() as tx:
        standing = (await world.standings.of(tx, person.person, "hunan")).standing
    mint, now = Mint(world.keys), world.clock.now()
    return guard, mint.plain(mint.claims(person.person, "hunan", standing, ("田*", "1X"), now))


async def _kill_in_between(server, scans: "Scans") -> None:
    """In the midst of scanning, with a scan of every gate under way."""
    await scans.reached(scans.done + EACH)
    await asyncio.to_thread(server.end, signal.SIGKILL)


class Scans:
    """What gates sent, and what they were told."""

    def __init__(self, url: str, guard: Login, code: str) -> None:
        self._url, self._guard, self._code = url, guard, code
        self.sent: list[str] = []
        self.acknowledged: dict[str, str] = {}
        self._more = asyncio.Condition()

    @property
    def done(self) -> int:
        return len(self.acknowledged)

    async def reached(self, number: int) -> None:
        async with self._more:
            await self._more.wait_for(lambda: self.done >= number)

    async def until_it_dies(self) -> None:
        """Scans, a new key each time, until the server is gone."""
        async with httpx.AsyncClient(base_url=self._url, timeout=10) as client:
            while await self._send(client, self._new_key()):
                pass

    def _new_key(self) -> str:
        self.sent.append(f"scan-{len(self.sent)}")
        return self.sent[-1]

    async def send_again(self) -> None:
        """What had no answer, under the same keys."""
        async with httpx.AsyncClient(base_url=self._url, timeout=10) as client:
            for key in [key for key in self.sent if key not in self.acknowledged]:
                assert await self._send(client, key)

    async def _send(self, client: httpx.AsyncClient, key: str) -> bool:
        entry = {"code": self._code, "direction": "in", "reason": "home", "felt": "normal"}
        headers = self._guard.headers | {"Idempotency-Key": key}
        try:
            answer = await client.post("/api/v1/gate/scans", json=entry, headers=headers)
        except httpx.TransportError:
            return False
        assert answer.status_code == 201, answer.text
        async with self._more:
            self.acknowledged[key] = answer.json()["passage"]
            self._more.notify_all()
        return True
