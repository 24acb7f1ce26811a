"""What every test may ask for: a real PostgreSQL, a clock that stands still, seeded randomness."""

import asyncio
import random
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

import asyncpg
import httpx
import pytest
from litestar import Litestar
from litestar.types import ASGIApp

from tests.lib.live import Live, in_thread
from yimatong.doors.config import Config
from yimatong.doors.packs import library as shipped
from yimatong.doors.web import application, over
from yimatong.doors.world import World, open_world
from yimatong.kernel.clock import SHANGHAI, FixedClock, SystemClock
from yimatong.kernel.ids import Randomness, system_randomness
from yimatong.keys import KeyRing, new_keys, to_file
from yimatong.policy.library import Library
from yimatong.storage import Database, Tx, embedded, upgrade

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
REGIONS = ("hunan", "hainan", "yunnan", "shandong", "hubei")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MORNING)


@pytest.fixture
def randomness() -> Randomness:
    return random.Random(20200216).randbytes


@pytest.fixture
def keys(clock: FixedClock, randomness: Randomness) -> KeyRing:
    return new_keys("test", REGIONS, randomness, clock.now())


UNSAFE = (
    "fsync = off",
    "full_page_writes = off",
    "max_wal_size = '8GB'",
    "checkpoint_timeout = '1h'",
)
"""Nothing of a test outlives the machine, and each test's database is a copy of 11 MB: waiting for
the disk took ten times as long as the copy. What a crash loses is tried on servers of its own."""
ROOM = 4 * 2**30
"""Bytes; a process of tests uses a tenth of it."""


def _fastest() -> Path:
    """Memory where there is plenty: a database is a thousand files, and on some disks copying it
    takes twenty times as long. A short path, as a socket's must be."""
    memory = Path("/dev/shm")
    if memory.is_dir() and shutil.disk_usage(memory).free > ROOM:
        return memory
    return Path("/tmp")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL that lives as long as the test run of this process."""
    folder = Path(tempfile.mkdtemp(prefix="yimatong-test-", dir=_fastest()))
    with embedded(folder / "pg") as url:
        for setting in UNSAFE:
            _run(url, f"alter system set {setting}")
        _run(url, "select pg_reload_conf()")
        yield url
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def template(server: str) -> str:
    """A migrated database that each test's own is cloned from: with few partitions, since a copy
    is as slow as it has files."""
    _run(server, "create database migrated")
    _run(server, "alter database migrated set yimatong.partitions = '2'")
    upgrade(_named(server, "migrated"))
    return "migrated"


@pytest.fixture
def database_url(server: str, template: str, request: pytest.FixtureRequest) -> Iterator[str]:
    name = f"test_{abs(hash(request.node.nodeid)):x}"
    _run(server, f"create database {name} template {template}")
    yield _named(server, name)
    _run(server, f"drop database {name} with (force)")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = await Database.open(database_url, max_size=8)
    yield opened
    opened.pool.terminate()


@pytest.fixture
async def tx(database: Database) -> AsyncIterator[Tx]:
    async with database.pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        yield connection
        await transaction.rollback()


@pytest.fixture
def library() -> Library:
    """The five shipped editions."""
    return shipped()


@pytest.fixture
async def world(
    database_url: str, keys: KeyRing, clock: FixedClock, randomness: Randomness
) -> AsyncIterator[World]:
    """Everything wired as in production, but for the clock, the randomness and test keys."""
    config = Config(database_url=database_url, secure_cookies=False, accept_keys="test")
    async with open_world(config, database_url, keys, clock, randomness) as opened:
        yield opened


@pytest.fixture(scope="session")
def live(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One served world, by the clock of today, for all tests of a process that ask for it."""
    _run(server, f"create database live template {template}")
    url, folder = _named(server, "live"), tmp_path_factory.mktemp("live")
    keys = new_keys("test", REGIONS, system_randomness, SystemClock().now())
    to_file(keys, folder / "keys.toml")
    config = Config(database_url=url, data_dir=folder, secure_cookies=False, accept_keys="test")
    with in_thread(open_world(config, url, keys)) as (world, address, loop):
        yield Live(address, url, folder, world, loop)


_made: list[Litestar] = []


@pytest.fixture
async def door(world: World) -> ASGIApp:
    """The whole web door over the world. Its application is made once in a process, since making
    it takes longer than most tests."""
    if not _made:
        _made.append(application(world))
    return over(_made[0], world)


@pytest.fixture
async def client(door: ASGIApp) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without a session: it keeps cookies, and says that it comes from our own pages."""
    transport = httpx.ASGITransport(door)  # type: ignore[arg-type]  Litestar's name for the same
    headers = {"Origin": "http://yimatong.test"}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://yimatong.test", headers=headers
    ) as opened:
        yield opened


def _named(url: str, name: str) -> str:
    return url.replace("/postgres?", f"/{name}?")


def _run(url: str, statement: str) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(url)
        await connection.execute(statement)
        await connection.close()

    asyncio.run(run())
