import asyncio

import pytest
import typer
from tests.lib.persons import a_card
from typer.testing import CliRunner

from yimatong.access.permissions import Role
from yimatong.doors.commands import keys as commands
from yimatong.doors.config import Config
from yimatong.doors.world import open_world
from yimatong.kernel.errors import BadInput, Misconfigured, NotFound
from yimatong.kernel.ids import system_randomness
from yimatong.keys import from_file
from yimatong.people import workers

PHONE = "+8613900000077"


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setenv("YIMATONG_KEYS_FILE", str(tmp_path / "secret" / "keys.toml"))
    return tmp_path / "secret" / "keys.toml"


@pytest.fixture
def run(path):
    app = typer.Typer()
    commands.register(app)

    def run(*words):
        done = CliRunner().invoke(app, ["keys", *words])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.stdout

    return run


def ring(path):
    return from_file(path, system_randomness)


def test_a_new_file_has_an_issuing_key_for_every_region_and_is_its_owners_alone(run, path):
    assert run("new", "--purpose", "test").strip() == str(path)
    assert {key.region for key in ring(path).issuing} >= {"hunan", "shandong", "hubei"}
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_never_written_over(run, path):
    run("new")
    before = path.read_bytes()
    with pytest.raises(Misconfigured, match=r"keys\.file_exists"):
        run("new")
    assert path.read_bytes() == before


@pytest.mark.requirement("YM-09")
def test_the_list_names_keys_and_shows_no_secret(run, path):
    run("new")
    listed = run("list")
    assert {line.split("\t")[0] for line in listed.splitlines()} == {
        "sealing",
        "matching",
        "issuing",
    }
    secrets = [line for line in path.read_text().splitlines() if line.startswith("secret")]
    assert not any(line.split('"')[1] in listed for line in secrets)


@pytest.mark.parametrize("kind", ["sealing", "matching"])
def test_a_rotation_adds_a_key_and_keeps_the_old(run, path, kind):
    run("new")
    [old] = getattr(ring(path), kind)
    run("rotate", kind)
    assert getattr(ring(path), kind)[0].id == old.id
    assert len(getattr(ring(path), kind)) == 2


def test_an_issuing_key_is_rotated_for_a_region_and_revoked_by_its_id(run, path):
    run("new", "--purpose", "test")
    old = ring(path).issuer("hubei")
    run("rotate", "issuing", "--region", "hubei")
    assert ring(path).issuer("hubei").kid != old.kid
    run("revoke", old.kid.decode())
    assert ring(path).verifiers()[old.kid].revoked
    assert old.kid.decode() in run("list")


@pytest.mark.parametrize("region", [(), ("--region", "nowhere")])
def test_a_region_without_a_policy_gets_no_key(run, region):
    run("new")
    with pytest.raises(BadInput, match=r"keys\.unknown_region"):
        run("rotate", "issuing", *region)


def test_what_is_not_there_is_said_so(run):
    with pytest.raises(Misconfigured, match=r"keys\.no_file"):
        run("list")
    run("new")
    with pytest.raises(NotFound):
        run("revoke", "nowhere-00")


@pytest.mark.requirement("YM-09")
def test_after_a_rotation_everything_is_sealed_anew_and_still_opens(
    run, path, database_url, monkeypatch
):
    monkeypatch.setenv("YIMATONG_DATABASE_URL", database_url)
    run("new", "--purpose", "test")
    person = asyncio.run(_in_world(database_url, _fill))
    run("rotate", "sealing")
    run("rotate", "matching")
    assert "persons\t1" in run("reseal")
    assert asyncio.run(_in_world(database_url, _sealed_by)) == {ring(path).sealing[-1].id}
    card = asyncio.run(_in_world(database_url, lambda world, tx: world.people.card_of(tx, person)))
    assert card.name == a_card().name


async def _in_world(url, work):
    async with open_world(Config(), url) as world, world.database.transaction() as tx:
        return await work(world, tx)


async def _fill(world, tx):
    account = await world.people.account_for(tx, PHONE)
    person = await world.people.register_card(tx, account, a_card())
    await world.people.keep_notes(tx, person, {"line": "演示路 1 号"})
    await workers.add(world.people, tx, "测试乙", "13900000078", Role.ISSUER, None)
    return person


async def _sealed_by(world, tx):
    """The ids of the keys that seal anything of people and posts."""
    columns = (
        "select phone from people_account union all select name from people_person"
        " union all select document from people_person union all select details from people_person"
        " union all select fields from people_note union all select name from people_worker"
        " union all select totp_secret from access_staff"
    )
    return {row[0][:4] for row in await tx.fetch(columns)}
