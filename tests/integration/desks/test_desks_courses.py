"""The register of a ward: what is due, opened without a scan, taken away by two."""

import pytest
from tests.lib.desks import desk, handed, opening, problems
from tests.lib.gates import rows
from tests.lib.logins import next_shift, resident, worker

from yimatong.access.permissions import Role

BEGIN = {"age": 36, "case_type": "contact", "address": "试验路 1 号", "began": "2026-03-02"}
SHEET = {"temperature": "36.8", "symptoms": ["none"]}


@pytest.fixture
async def ward(world):
    return await desk(world, "observation")


@pytest.fixture
async def colleague(world, ward):
    return await worker(world, Role.WORKER, ward.place, 7)


@pytest.fixture
async def begun(world, client, ward):
    """A course that was opened at nine."""
    ticket = (await opening(client, ward, await resident(world)))["ticket"]
    return (await handed(client, ward, ticket, BEGIN, "open")).json()["id"]


async def register(client, login):
    return (await client.get("/api/v1/desk/courses", headers=login.headers)).json()


async def opened(client, login, course):
    path = f"/api/v1/desk/courses/{course}/opening"
    return await client.post(path, headers=login.headers)


@pytest.mark.requirement("HI-12")
async def test_what_is_due_and_what_was_missed_is_shown(world, client, ward, begun):
    [line] = await register(client, ward)
    assert (line["id"], line["day"], line["due"], line["missed"]) == (begun, 1, False, 0)
    world.clock.advance(hours=4)
    assert (await register(client, ward))[0]["due"]
    ticket = (await opened(client, ward, begun)).json()["ticket"]
    assert (await handed(client, ward, ticket, SHEET, "each")).status_code == 201
    assert not (await register(client, ward))[0]["due"]
    world.clock.advance(hours=24)
    [line] = await register(client, await next_shift(world, ward))
    assert (line["day"], line["due"], line["missed"]) == (2, True, 1)


@pytest.mark.requirement("HI-12")
async def test_the_ward_opens_its_own_without_a_scan_and_nobody_elses(world, client, ward, begun):
    found = (await opened(client, ward, begun)).json()
    assert (found["how"], found["form"], len(found["past"])) == ("register", "each", 1)
    assert found["past"][0]["values"]["case_type"] == "contact"
    other = await desk(world, "observation", serial=3)
    assert (await opened(client, other, begun)).status_code == 404
    assert await register(client, other) == []
    assert await rows(world, "audit_event where detail->>'how' = 'register'") == 1


async def test_two_who_write_at_once_see_what_the_other_added(client, ward, colleague, begun):
    tickets = [(await opened(client, one, begun)).json()["ticket"] for one in (ward, colleague)]
    await handed(client, ward, tickets[0], SHEET, "each", seen=1)
    client.cookies.set("session", colleague.token)
    form = {"ticket": tickets[1], "form": "each", "seen": "1", "temperature": "37.9",
            "symptoms": "fever"}  # fmt: skip
    page = await client.post("/desk/record/save", data=form)
    assert page.status_code == 409
    for words in ("同事又记了 1 次", "36.8 ℃", 'value="37.9"', 'name="seen" value="2"'):
        assert words in page.text


@pytest.mark.requirement("HI-12")
async def test_the_register_is_taken_away_by_two(world, client, ward, colleague, begun):
    id = (await client.post("/api/v1/desk/exports", headers=ward.headers)).json()["id"]
    path = f"/api/v1/desk/exports/{id}"
    assert problems(await client.get(path, headers=ward.headers)) == {"": "desks.export_waits"}
    own = await client.post(f"{path}/confirmation", headers=ward.headers)
    assert (own.status_code, problems(own)) == (403, {"": "desks.export_own"})
    other = await desk(world, "observation", serial=3)
    assert (await client.post(f"{path}/confirmation", headers=other.headers)).status_code == 404
    done = await client.post(f"{path}/confirmation", headers=colleague.headers)
    assert done.status_code == 204
    assert (await client.get(path, headers=colleague.headers)).status_code == 403
    sheet = (await client.get(path, headers=ward.headers)).text
    assert "田*" in sheet
    assert "田试青" not in sheet
    world.clock.advance(minutes=30)
    assert (await client.get(path, headers=ward.headers)).status_code == 404


async def test_the_pages_lead_from_register_to_sheet(client, ward, begun):
    client.cookies.set("session", ward.token)
    assert "观察名单" in (await client.get("/desk/record")).text
    assert "第 1 天" in (await client.get("/desk/record/courses")).text
    page = (await client.post("/desk/record/courses", data={"course": begun})).text
    assert "已有的记录" in page
    assert "申请" in (await client.post("/desk/record/courses/export", data={})).text
    assert (await client.post("/desk/record/courses", data={"course": "x"})).status_code == 404
