"""A new scene is one file: put there it can be registered, drawn and recorded (HI-20)."""

import shutil
from pathlib import Path

import httpx
import pytest
from tests.lib.desks import desk, handed, opening
from tests.lib.logins import resident
from tests.lib.told import told

from yimatong.doors.config import Config
from yimatong.doors.scenes import scenes_in
from yimatong.doors.web import asgi
from yimatong.doors.world import open_world
from yimatong.kernel.errors import BadInput, Misconfigured
from yimatong.places import PlaceType

EXAMPLE = Path("examples/parcel-station.toml")
SHEET = {"temperature": "36.5", "errand": "collect", "from_risk_area": False}


@pytest.fixture
def folder(tmp_path):
    shutil.copy(EXAMPLE, tmp_path)
    return tmp_path


@pytest.fixture
async def station(database_url, keys, clock, randomness, folder):
    """A world whose folder of scenes holds the file, a client, and a worker at a station."""
    config = Config(
        database_url=database_url, secure_cookies=False, accept_keys="test", scenes_dir=folder
    )
    async with open_world(config, database_url, keys, clock, randomness) as world:
        transport = httpx.ASGITransport(asgi(world))
        async with httpx.AsyncClient(
            transport=transport, base_url="http://yimatong.test"
        ) as client:
            client.headers["Origin"] = "http://yimatong.test"
            yield world, client, await desk(world, "parcel-station", type=PlaceType.VENUE)


@pytest.mark.requirement("HI-20")
async def test_a_fifth_scene_works_by_its_file_alone(station):
    world, client, worker = station
    person = await resident(world)
    await told(world, person.person, [("declaration", "self", 0)])
    ticket = (await opening(client, worker, person))["ticket"]
    receipt = (await handed(client, worker, ticket, SHEET)).json()
    assert (receipt["verdict"], receipt["facts"]) == ("admit", ["temperature"])
    warm = (await opening(client, worker, person))["ticket"]
    receipt = (await handed(client, worker, warm, {**SHEET, "temperature": "38.0"})).json()
    assert receipt["verdict"] == "refuse"


@pytest.mark.requirement("HI-20")
async def test_its_form_is_drawn_and_it_can_be_registered(station):
    world, client, worker = station
    client.cookies.set("session", worker.token)
    code = (
        await client.post("/api/v1/code/short", headers=(await resident(world, serial=2)).headers)
    ).json()
    page = await client.post("/desk/record", data={"short": code["text"]})
    for words in ("登记取寄件", "来做什么", "包裹来自疫区"):
        assert words in page.text
    client.cookies.set("session", (await resident(world, serial=3)).token)
    assert "快递站登记" in (await client.get("/desks/new")).text


def test_a_mistake_or_an_id_twice_stops_the_start(folder):
    text = EXAMPLE.read_text("utf-8")
    assert "parcel-station" in scenes_in(folder).by_id
    (folder / "second.toml").write_text(text, "utf-8")
    with pytest.raises(Misconfigured, match=r"doors\.scene_repeated"):
        scenes_in(folder)
    (folder / "second.toml").write_text(text.replace('"gate"', '"guard"'), "utf-8")
    with pytest.raises(BadInput) as caught:
        scenes_in(folder)
    [problem] = [one for one in caught.value.problems if one.where.key == "source"]
    assert (problem.where.file, problem.where.line) == (str(folder / "second.toml"), 6)
