"""Becoming a desk: registered, opened by the area's administrator, joined, left, closed."""

import pytest
from tests.lib.desks import problems
from tests.lib.gates import rows
from tests.lib.logins import administrator, resident

from yimatong.access import sessions, staff
from yimatong.messages.service import recent

PLACE = {
    "type": "clinic", "division": "460105", "township": "海秀镇", "address": "演示路 3 号",
    "name": "演示医院发热门诊", "scene": "fever-clinic",
}  # fmt: skip


async def registered(client, login, **changes):
    body = {"worker": "卫试医", "place": {**PLACE, **changes}}
    return await client.post("/api/v1/places", json=body, headers=login.headers)


async def at_desk(world, login):
    """The session of the post of a resident's account, as after both factors."""
    async with world.database.transaction() as tx:
        post = await staff.of_account(tx, login.account)
        token = await sessions.start(
            tx, world.clock, world.randomness, login.account, staff=post.id
        )
    return {"Authorization": f"Bearer {token}"}


async def opened(world, client, login, **changes):
    """An open place whose manager this is: its id and the manager's headers at the desk."""
    place = (await registered(client, login, **changes)).json()["id"]
    chief = await administrator(world)
    answer = await client.post(f"/api/v1/places/{place}/approval", headers=chief.headers)
    assert answer.status_code == 200
    return place, await at_desk(world, login)


async def texts(world):
    async with world.database.transaction() as tx:
        return [sms.text for sms in await recent(tx, world.keys, 10)]


@pytest.mark.requirement("HI-10", "HI-11", "HI-13")
async def test_a_place_waits_is_opened_in_its_area_and_who_asked_is_told(world, client):
    login = await resident(world)
    answer = await registered(client, login)
    assert (answer.status_code, answer.json()["state"]) == (201, "pending")
    assert (await registered(client, login)).json()["id"] == answer.json()["id"]
    assert await rows(world, "places_place") == 1
    own, other = await administrator(world, "460100"), await administrator(world, "430000", 2)
    for chief, found in ((own, 1), (other, 0)):
        assert len((await client.get("/api/v1/places", headers=chief.headers)).json()) == found
    path = f"/api/v1/places/{answer.json()['id']}/approval"
    assert (await client.post(path, headers=other.headers)).status_code == 404
    assert (await client.post(path, headers=own.headers)).json()["state"] == "open"
    assert (await client.post(path, headers=own.headers)).status_code == 409
    assert "已经开通" in (await texts(world))[0]
    scene = await client.get("/api/v1/desk/scene", headers=await at_desk(world, login))
    assert scene.json()["id"] == "fever-clinic"


async def test_a_refusal_has_its_reason_and_one_may_ask_again(world, client):
    login, chief = await resident(world), await administrator(world)
    place = (await registered(client, login)).json()["id"]
    path = f"/api/v1/places/{place}/refusal"
    assert (await client.post(path, json={"reason": ""}, headers=chief.headers)).status_code == 422
    refused = await client.post(path, json={"reason": "地址不全"}, headers=chief.headers)
    assert refused.json()["state"] == "refused"
    client.cookies.set("session", login.token)
    assert "地址不全" in (await client.get("/desks/new")).text
    assert (await registered(client, login, address="演示路 4 号")).status_code == 201


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [({"scene": "hospital"}, "scene", "posts.scene"), ({"type": "road"}, "type", "posts.type"),
     ({"division": "999999"}, "division", "places.unknown_division"),
     ({"name": "长" * 101}, "name", "places.text_length"),
     ({"address": " "}, "address", "places.text_length")],
)  # fmt: skip
async def test_bad_input_is_told_and_nothing_is_kept(world, client, change, field, code):
    answer = await registered(client, await resident(world), **change)
    assert (answer.status_code, problems(answer)[field]) == (422, code)
    assert await rows(world, "places_place") == await rows(world, "access_staff") == 0


async def test_the_same_place_is_not_registered_by_two(world, client):
    await registered(client, await resident(world))
    answer = await registered(client, await resident(world, serial=2))
    assert problems(answer) == {"": "posts.there_already"}


async def test_a_worker_joins_is_let_in_and_removed_at_once(world, client):
    _, manager = await opened(world, client, await resident(world))
    code = (await client.post("/api/v1/desk/team/code", headers=manager)).json()["code"]
    newcomer = await resident(world, serial=2)
    body = {"code": code.lower().replace("-", " "), "worker": "卫试新"}
    asked = await client.post("/api/v1/places/joining", json=body, headers=newcomer.headers)
    assert asked.status_code == 202
    [applicant] = (await client.get("/api/v1/desk/team", headers=manager)).json()["applicants"]
    assert applicant["name"] == "卫试新"
    path = f"/api/v1/desk/team/applicants/{applicant['id']}"
    statuses = [(await client.post(path, headers=manager)).status_code for _ in range(2)]
    assert statuses == [204, 404]
    worker = await at_desk(world, newcomer)
    team = (await client.get("/api/v1/desk/team", headers=worker)).json()
    assert (team["code"], [one["manager"] for one in team["members"]]) == (None, [True, False])
    assert (await client.post("/api/v1/desk/team/code", headers=worker)).status_code == 403
    member = team["members"][1]["staff"]
    assert (await client.delete(f"/api/v1/desk/team/{member}", headers=manager)).status_code == 204
    assert (await client.get("/api/v1/desk/team", headers=worker)).status_code == 401


async def test_wrong_old_and_renewed_codes_are_all_the_same(world, client, clock):
    _, manager = await opened(world, client, await resident(world))
    first = (await client.post("/api/v1/desk/team/code", headers=manager)).json()["code"]
    code = (await client.post("/api/v1/desk/team/code", headers=manager)).json()["code"]
    newcomer = await resident(world, serial=2)

    async def join(typed):
        body = {"code": typed, "worker": "卫试新"}
        return await client.post("/api/v1/places/joining", json=body, headers=newcomer.headers)

    answers = [await join(typed) for typed in (first, "AC3D-97KM", "x", "")]
    clock.advance(days=7)
    answers.append(await join(code))
    assert {(one.status_code, problems(one)["code"]) for one in answers} == {(422, "posts.code")}
    assert {(await join("AC3D-97KM")).status_code for _ in range(10)} == {422, 429}


async def test_who_alone_answers_for_a_place_shares_it_before_leaving(world, client):
    login = await resident(world)
    place, manager = await opened(world, client, login)
    code = (await client.post("/api/v1/desk/team/code", headers=manager)).json()["code"]
    newcomer = await resident(world, serial=2)
    body = {"code": code, "worker": "卫试新"}
    await client.post("/api/v1/places/joining", json=body, headers=newcomer.headers)
    await client.post(f"/api/v1/desk/team/applicants/{newcomer.account}", headers=manager)
    members = (await client.get("/api/v1/desk/team", headers=manager)).json()["members"]
    own, other = (one["staff"] for one in members)
    leave = f"/api/v1/desk/team/{own}"
    assert problems(await client.delete(leave, headers=manager)) == {"": "posts.last_manager"}
    await client.post(f"/api/v1/desk/team/{other}/managing", headers=manager)
    assert (await client.delete(leave, headers=manager)).status_code == 204
    heir = await at_desk(world, newcomer)
    client.cookies.set("session", heir["Authorization"].split()[1])
    answer = await client.post("/desk/team/close", data={"sure": "yes"})
    assert answer.headers["location"] == "/desk/login?ended=1"
    assert "您的登录已经结束" in (await client.get("/desk/login?ended=1")).text
    assert await rows(world, f"places_place where id = '{place}' and state = 'closed'") == 1
    assert (await client.get("/api/v1/desk/team", headers=heir)).status_code == 401


async def test_the_pages_lead_from_scene_to_area_to_place(world, client):
    login = await resident(world)
    client.cookies.set("session", login.token)
    assert (await client.get("/gate/setup")).headers["location"] == "/desks/new?scene=gate"
    assert "发热门诊登记" in (await client.get("/desks/new")).text
    assert "海口市" in (await client.get("/desks/new?scene=fever-clinic")).text
    area = "/desks/new?scene=fever-clinic&area=460100"
    assert "秀英区" in (await client.get(area)).text
    form = (await client.get(f"{area}&division=460105")).text
    assert "海秀镇" in form
    assert "灵山镇" not in form
    typed = {**PLACE, "area": "460100", "worker": ""}
    again = await client.post("/desks/new", data=typed)
    assert (again.status_code, "演示医院发热门诊" in again.text) == (422, True)
    assert "等待开通" in (await client.post("/desks/new", data={**typed, "worker": "卫试医"})).text
    assert "等待开通" in (await client.get("/desks/new")).text
