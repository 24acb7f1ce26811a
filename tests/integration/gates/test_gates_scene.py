"""What a scene file adds works at a gate without code: by the page, by steps, and at once."""

import re
from importlib import resources

import pytest
from tests.lib.dump import tables_with
from tests.lib.gates import asked, opened, problem, resealed, rows, scanned, shown
from tests.lib.logins import gate, place_of, resident, worker
from tests.lib.told import told

from yimatong.access.permissions import Role
from yimatong.doors.config import Config
from yimatong.doors.web import asgi
from yimatong.doors.world import open_world
from yimatong.gates import own
from yimatong.places import PlaceType

SHIPPED = resources.files("yimatong.scenes").joinpath("packs/gate.toml").read_text("utf-8")
FISHING = '{ id = "fishing", label = { zh = "出海捕鱼", en = "Fishing" } },\n  { id = "other"'
BOAT = """
[[record.field]]
id = "boat"
type = "text"
longest = 20
label = { zh = "船名", en = "Boat" }

[[record.field]]
id = "cough"
type = "yes_no"
label = { zh = "咳嗽", en = "Cough" }
facts = ["symptom.dry_cough"]
"""
HARBOUR = SHIPPED.replace('id = "gate"', 'id = "harbour"').replace('{ id = "other"', FISHING) + BOAT
ENTRY = {"direction": "out", "reason": "fishing", "felt": "normal"}
MORE = {"boat": "试琼渔 7 号", "cough": False}


@pytest.fixture
async def world(database_url, keys, clock, randomness, tmp_path):
    """A product that has a harbour besides, by one file."""
    (tmp_path / "harbour.toml").write_text(HARBOUR, "utf-8")
    config = Config(
        database_url=database_url, secure_cookies=False, accept_keys="test", scenes_dir=tmp_path
    )
    async with open_world(config, database_url, keys, clock, randomness) as opened:
        yield opened


@pytest.fixture
async def harbour(world):
    """A guard at a harbour, which is a road in Haikou."""
    return await worker(
        world, Role.GUARD, await place_of(world, PlaceType.ROAD, "460100", "harbour"), 2
    )


@pytest.fixture
async def door(world):
    return asgi(world)


@pytest.fixture
async def person(world):
    login = await resident(world, "hainan")
    await told(world, login.person, [("declaration", "self", 0)])
    return login


async def at_once(client, guard, person, key="a", **entry):
    body = {"code": await shown(client, person), **entry}
    headers = guard.headers | {"Idempotency-Key": key}
    return await client.post("/api/v1/gate/scans", json=body, headers=headers)


@pytest.mark.requirement("HI-20", "HI-08")
async def test_a_further_reason_and_field_work_by_steps_and_at_once(world, client, harbour, person):
    by_steps = await scanned(client, harbour, person, **ENTRY, more=MORE)
    once = await at_once(client, harbour, person, **ENTRY, more={**MORE, "cough": True})
    assert [one.status_code for one in (by_steps, once)] == [201, 201], once.text
    assert await rows(world, "gates_passage where reason = 'fishing' and more is not null") == 2
    assert await rows(world, "ledger_fact where kind = 'symptom.dry_cough'") == 1
    fields = [one["id"] for one in (await asked(client, harbour, "scene"))["form"]["fields"]]
    assert fields[-2:] == ["boat", "cough"]


@pytest.mark.requirement("HI-20")
async def test_a_further_reason_and_field_work_on_the_page(world, client, harbour, person):
    client.cookies.set("session", harbour.token)
    form = {"code": await shown(client, person)}
    entry = (await client.post("/desk/gate", data=form, headers={"accept-language": "en"})).text
    for words in ("Fishing", "Boat", "Cough", "Is the temperature normal?"):
        assert words in entry
    ticket = re.search(r'name="ticket" value="([^"]+)"', entry)[1]
    typed = {"ticket": ticket, **ENTRY, "boat": MORE["boat"], "cough": "yes"}
    wrong = await client.post("/desk/gate/pass", data={**typed, "boat": "船" * 21})
    assert (wrong.status_code, "船" * 21 in wrong.text) == (422, True)
    assert (await client.post("/desk/gate/pass", data=typed)).status_code == 200
    assert client.cookies["gate"] == "direction-out.reason-fishing"
    assert await rows(world, "gates_passage") == 1


async def test_another_gate_of_the_same_product_knows_none_of_it(world, client, person):
    guard = await worker(world, Role.GUARD, await gate(world), 3)
    code = (422, "scenes.read.choice")
    assert problem(await scanned(client, guard, person, **ENTRY)) == code
    assert problem(await at_once(client, guard, person, **ENTRY)) == code
    entry = {**ENTRY, "reason": "home", "more": MORE}
    unknown = (422, "scenes.read.unknown_field")
    assert problem(await scanned(client, guard, person, **entry)) == unknown
    assert problem(await at_once(client, guard, person, **entry)) == unknown
    assert await rows(world, "gates_passage") == 0


async def test_what_is_missing_of_it_is_told_and_nothing_is_kept(world, client, harbour, person):
    for answer in (
        await scanned(client, harbour, person, **ENTRY, more={"cough": True}),
        await at_once(client, harbour, person, **ENTRY, more={"cough": True}),
        await at_once(client, harbour, person, "b", **ENTRY),
    ):
        assert problem(answer) == (422, "scenes.read.missing_text")
        assert answer.json()["problems"][0]["field"] == "boat"
    assert await rows(world, "gates_passage") == 0


@pytest.mark.requirement("YM-09", "YN-07")
async def test_what_it_asks_is_sealed_and_told_to_the_person(
    world, client, database_url, harbour, person
):
    await scanned(client, harbour, person, **ENTRY, more=MORE)
    assert await tables_with(database_url, MORE["boat"]) == set()
    for path in ("/mine", "/mine/copy.html"):
        page = await client.get(path, headers=person.headers | {"accept-language": "zh"})
        for words in ("出海捕鱼", MORE["boat"], "咳嗽: 没有"):
            assert words in page.text
    alone = await resealed(world)
    async with world.database.transaction() as tx:
        [kept] = await own.passages(tx, alone, person.person)
    assert kept.more == MORE
    assert (kept.scene, kept.reason) == ("harbour", "fishing")


async def test_the_description_of_the_api_lists_it(client):
    described = (await client.get("/api/schema/openapi.json")).json()
    for body in ("PassageEntered", "ScanAtOnce"):
        reason = described["components"]["schemas"][body]["properties"]["reason"]
        assert {"work", "home", "shopping", "other", "fishing"} < set(reason["enum"])


async def test_a_place_without_a_gates_scene_lets_nobody_pass(world, client, person):
    for number, (scene, code) in enumerate(
        {"pharmacy": (409, "gates.no_gate"), "gone": (404, "scenes.unknown")}.items(), 5
    ):
        place = await place_of(world, PlaceType.PHARMACY, "460100", scene)
        guard = await worker(world, Role.GUARD, place, number)
        assert problem(await opened(client, guard, code=await shown(client, person))) == code
        assert problem(await at_once(client, guard, person, **ENTRY)) == code
    assert await rows(world, "gates_passage") == 0
