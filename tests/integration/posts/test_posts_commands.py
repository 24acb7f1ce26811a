"""An administrator's area at a terminal: posts and places beyond it are not to be had."""

import asyncio
from uuid import UUID

import pytest
import typer
from tests.lib.logins import gate
from typer.testing import CliRunner

from yimatong.access import totp
from yimatong.access.permissions import Role
from yimatong.doors.commands import places as places_command
from yimatong.doors.commands import staff as staff_command
from yimatong.doors.config import Config
from yimatong.doors.world import open_world
from yimatong.kernel.clock import SystemClock
from yimatong.kernel.errors import BadInput, Conflict, NotAllowed, NotFound
from yimatong.keys import to_file
from yimatong.people import workers
from yimatong.places import NewPlace, PlaceType, register

CHIEF, WHOLE = "13900000031", "13900000032"


@pytest.fixture
def inside(keys, tmp_path, database_url, monkeypatch):
    """Carries work out in the world that the commands will open."""
    monkeypatch.setenv("YIMATONG_DATABASE_URL", database_url)
    monkeypatch.setenv("YIMATONG_KEYS_FILE", str(tmp_path / "keys.toml"))
    to_file(keys, tmp_path / "keys.toml")

    async def run(work):
        async with open_world(Config(), database_url) as world:
            return await work(world)

    return lambda work: asyncio.run(run(work))


@pytest.fixture
def run(inside):
    """Types a command with what it asks for, as the administrator of a phone."""

    async def add(world):
        async with world.database.transaction() as tx:
            role = Role.ADMINISTRATOR
            return {
                phone: (await workers.add(world.people, tx, "卫试管", phone, role, None, area))[1]
                for phone, area in ((CHIEF, "460100"), (WHOLE, None))
            }

    async def let_again(world):
        async with world.database.transaction() as tx:
            await tx.execute("update access_staff set totp_last_step = 0")

    secrets, app = inside(add), typer.Typer()
    places_command.register(app)
    staff_command.register(app)

    def run(by, *words, typed=()):
        inside(let_again)  # a code works once, and a test need not wait for the next
        shown = totp.code_at(secrets[by], SystemClock().now())
        line = [*(str(each) for each in words), "--as", by]
        done = CliRunner().invoke(app, line, "\n".join((*typed, shown)) + "\n")
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.output

    return run


@pytest.fixture
def near(inside):
    return inside(lambda world: gate(world, "460105"))


@pytest.fixture
def far(inside):
    return inside(lambda world: gate(world, "430102"))


@pytest.fixture
def waiting(inside):
    async def add(world):
        new = NewPlace(
            type=PlaceType.ROAD, division="430102", township="试验镇", address="试验路 1 号",
            name="试验口", scene="gate",
        )  # fmt: skip
        async with world.database.transaction() as tx:
            return (await register(tx, world.clock, world.randomness, new)).id

    return inside(add)


def added(run, by, *words, phone="13900000041"):
    """The id of the post."""
    *_, line = run(by, "staff", "add", *words, typed=("卫试新", phone)).strip().splitlines()
    return UUID(line.split("\t")[0][-36:])


def test_posts_are_given_listed_and_taken_within_the_area(run, near, far):
    post = added(run, CHIEF, "guard", "--place", near, "--manager")
    other = added(run, WHOLE, "guard", "--place", far, phone="13900000042")
    below = added(run, CHIEF, "administrator", "--area", "460105", phone="13900000043")
    listed = run(CHIEF, "staff", "list")
    assert (str(post) in listed, str(below) in listed, str(other) in listed) == (True, True, False)
    with pytest.raises(NotFound):
        run(CHIEF, "staff", "remove", other)
    run(CHIEF, "staff", "remove", post)
    assert str(other) in (whole := run(WHOLE, "staff", "list"))
    assert str(post) not in whole


@pytest.mark.parametrize(
    ("words", "refusal"),
    [(("administrator",), NotAllowed), (("administrator", "--area", "460000"), NotAllowed),
     (("administrator", "--area", "430100"), NotAllowed), (("registrar",), NotAllowed),
     (("issuer", "--area", "460100"), NotAllowed), (("guard",), BadInput),
     (("administrator", "--area", "999999"), BadInput)],
)  # fmt: skip
def test_no_post_reaches_beyond_the_area(run, words, refusal):
    with pytest.raises(refusal):
        added(run, CHIEF, *words)


def test_only_an_administrator_has_an_area(run):
    with pytest.raises(BadInput):
        added(run, WHOLE, "issuer", "--area", "460100")


def test_a_guard_of_another_area_is_not_to_be_had(run, far):
    with pytest.raises(NotFound):
        added(run, CHIEF, "guard", "--place", far)


def test_places_are_decided_within_the_area(run, waiting, near):
    for words, typed in ((("approve", waiting), ()), (("refuse", waiting), ("地址不全",))):
        with pytest.raises(NotFound):
            run(CHIEF, "places", *words, typed=typed)
    assert "open" in run(WHOLE, "places", "approve", waiting)
    with pytest.raises(Conflict):
        run(WHOLE, "places", "approve", waiting)
    assert "closed" in run(CHIEF, "places", "close", near)
