"""`yimatong standings rederive`: quiet where all is as derived, else ids and exit code 1."""

import asyncio

import pytest
import typer
from tests.lib.logins import resident
from tests.lib.told import told
from typer.testing import CliRunner

from yimatong.doors.commands import standings as commands
from yimatong.doors.config import Config
from yimatong.doors.world import open_world
from yimatong.kernel.clock import SystemClock
from yimatong.kernel.ids import system_randomness
from yimatong.keys import new_keys, to_file


@pytest.fixture
def config(database_url, tmp_path, monkeypatch):
    path = tmp_path / "keys.toml"
    monkeypatch.setenv("YIMATONG_DATABASE_URL", database_url)
    monkeypatch.setenv("YIMATONG_KEYS_FILE", str(path))
    to_file(new_keys("test", ["yunnan"], system_randomness, SystemClock().now()), path)
    return Config()


@pytest.fixture
def person(config):
    """With one kept standing, green."""

    async def kept():
        async with open_world(config, config.database_url) as world:
            login = await resident(world, region="yunnan")
            await told(world, login.person, [("declaration", "self", 0)])
            async with world.database.transaction() as tx:
                await world.standings.of(tx, login.person, "yunnan")
            return login.person

    return asyncio.run(kept())


@pytest.fixture
def rederive():
    app = typer.Typer()
    commands.register(app)
    return lambda: CliRunner().invoke(app, ["standings", "rederive"])


@pytest.mark.usefixtures("person")
def test_nothing_is_listed_where_nothing_differs(rederive):
    done = rederive()
    assert (done.exit_code, done.stdout) == (0, "")
    assert "1 已核对 checked" in done.stderr


@pytest.mark.requirement("YM-01")
def test_a_planted_colour_is_listed_by_id_alone_and_the_exit_code_is_1(rederive, person, plant):
    asyncio.run(plant("red"))
    done = rederive()
    assert (done.exit_code, done.stdout) == (1, f"{person}\tyunnan\n")
