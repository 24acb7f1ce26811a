"""One served world for all journeys of a process."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from tests.lib.live import CHROMIUM, FLAGS, Live, in_thread

from yimatong.doors.config import Config
from yimatong.doors.world import open_world
from yimatong.kernel.clock import SystemClock
from yimatong.kernel.ids import system_randomness
from yimatong.keys import new_keys, to_file

REGIONS = ("hunan", "hainan", "yunnan", "shandong", "hubei")


@pytest.fixture(scope="session")
def live(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    async def clone() -> None:
        connection = await asyncpg.connect(server)
        await connection.execute(f"create database journeys template {template}")
        await connection.close()

    asyncio.run(clone())
    url, folder = server.replace("/postgres?", "/journeys?"), tmp_path_factory.mktemp("live")
    keys = new_keys("test", REGIONS, system_randomness, SystemClock().now())
    to_file(keys, folder / "keys.toml")
    config = Config(database_url=url, data_dir=folder, secure_cookies=False, accept_keys="test")
    with in_thread(open_world(config, url, keys)) as (world, address, loop):
        yield Live(address, url, Path(folder), world, loop)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Ended with its module: while it lives, its loop keeps every other one of the thread away."""
    with sync_playwright() as opened:
        yield opened


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield opened
    opened.close()
