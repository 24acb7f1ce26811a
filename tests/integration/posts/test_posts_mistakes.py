"""Bad input, and what happens at once: nothing is there twice, by half, or for the wrong reason."""

import asyncio

import pytest
from tests.integration.posts.conftest import PLACE, TEAM
from tests.lib.desks import problems
from tests.lib.gates import rows
from tests.lib.logins import administrator
from tests.lib.mine import deleted

from yimatong.access import staff
from yimatong.posts.team import TRIES_AN_HOUR, forget


async def test_every_mistake_of_a_registration_is_told_at_once(world, posts):
    wrong = {
        "type": "road", "division": "469999", "township": "", "address": "长" * 101,
        "name": "门\x00诊",
    }  # fmt: skip
    answer = await posts.register(await posts.resident(), "1", **wrong)
    assert (answer.status_code, problems(answer)) == (422, {
        "worker": "people.name.characters", "type": "posts.type",
        "division": "places.unknown_division", "township": "places.text_length",
        "address": "places.text_length", "name": "places.text_signs",
    })  # fmt: skip
    assert await rows(world, "places_place") == await rows(world, "people_worker") == 0


async def test_who_has_a_post_registers_no_other_place_and_joins_none(posts):
    login = await posts.resident()
    _, manager = await posts.open(login)
    other, more = await posts.colleague(manager)
    for answer in (
        await posts.register(login, name="另一处"),
        await posts.register(other, name="另一处"),
        await posts.join(other, await posts.code(manager)),
    ):
        assert (answer.status_code, problems(answer)) == (409, {"": "posts.has_post"})
    assert len(await posts.members(more)) == 2


async def test_two_who_register_the_same_at_the_same_moment_make_one_place(world, posts):
    first, second = await posts.resident(), await posts.resident()
    answers = await asyncio.gather(
        posts.register(first), posts.register(second, name="演示医院发热门诊 ")
    )
    assert sorted(one.status_code for one in answers) == [201, 409]
    assert await rows(world, "places_place") == await rows(world, "access_staff") == 1


async def test_sent_twice_at_once_it_is_one_registration(world, posts):
    login = await posts.resident()
    answers = await asyncio.gather(*(posts.register(login) for _ in range(3)))
    assert {(one.status_code, one.json()["id"]) for one in answers} == {
        (201, answers[0].json()["id"])
    }
    assert await rows(world, "places_place") == 1


async def test_what_waits_is_taken_back_once_and_registered_anew(world, client, posts):
    login = await posts.resident()
    own, headers = "/api/v1/places/own", login.headers
    await posts.register(login)
    pending = await posts.at_desk(login)
    taken = [await client.delete(own, headers=headers) for _ in range(2)]
    assert [one.status_code for one in taken] == [200, 404]
    assert taken[0].json()["state"] == "closed"
    assert (await client.get(TEAM, headers=pending)).status_code == 401
    assert (await client.get(own, headers=headers)).json()["place"] is None
    place, _ = await posts.open(login)
    late = await client.delete(own, headers=headers)
    assert (late.status_code, problems(late)) == (409, {"": "places.now.open"})
    page = await client.post("/desks/new/withdraw", headers=headers)
    assert (page.status_code, "已经开通" in page.text) == (409, True)
    assert await rows(world, f"places_place where id = '{place}' and state = 'open'") == 1


async def test_however_long_it_waited_the_authenticator_can_still_be_set_up(world, clock, posts):
    login = await posts.resident()
    place = (await posts.register(login)).json()["id"]
    clock.advance(days=30)
    await posts.decide(await administrator(world), place, "approval")

    async def secret():
        async with world.database.transaction() as tx:
            return await staff.unseen_secret(tx, world.keys, clock, login.account)

    clock.advance(days=6)
    assert await secret()
    clock.advance(days=2)
    assert await secret() is None


async def test_two_administrators_at_once_decide_once(world, posts):
    place = (await posts.register(await posts.resident())).json()["id"]
    chiefs = [await administrator(world, None, one) for one in (1, 2, 3)]
    answers = await asyncio.gather(
        posts.decide(chiefs[0], place, "approval"),
        posts.decide(chiefs[1], place, "refusal", reason="地址不全"),
        posts.decide(chiefs[2], place, "approval"),
    )
    assert sorted(one.status_code for one in answers) == [200, 409, 409]
    assert await rows(world, "messages_sms") == 1


async def test_closing_twice_and_deciding_what_is_over_says_how_it_is(world, posts):
    place, _ = await posts.open(await posts.resident())
    chief = await administrator(world)
    answers = [
        await posts.decide(chief, place, verb) for verb in ("closing", "closing", "approval")
    ]
    assert [one.status_code for one in answers] == [200, 409, 409]
    assert problems(answers[1]) == problems(answers[2]) == {"": "places.now.closed"}


async def test_nobody_is_let_in_where_it_closes_meanwhile(world, client, posts):
    place, manager = await posts.open(await posts.resident())
    login, chief = await posts.resident(), await administrator(world)
    await posts.join(login, await posts.code(manager))
    path = f"{TEAM}/applicants/{login.account}"
    await asyncio.gather(posts.decide(chief, place, "closing"), client.post(path, headers=manager))
    assert await rows(world, "access_staff where place is not null and removed_at is null") == 0
    assert await rows(world, "posts_code") == await rows(world, "posts_applicant") == 0


async def test_two_managers_who_leave_at_once_leave_one(client, posts):
    _, manager = await posts.open(await posts.resident())
    _, other = await posts.colleague(manager)
    own, its = (one["staff"] for one in await posts.members(manager))
    await client.post(f"{TEAM}/{its}/managing", headers=manager)
    answers = await asyncio.gather(
        client.delete(f"{TEAM}/{own}", headers=manager),
        client.delete(f"{TEAM}/{its}", headers=other),
    )
    assert sorted(one.status_code for one in answers) == [204, 409]
    left = manager if answers[0].status_code == 409 else other
    assert [one["manager"] for one in await posts.members(left)] == [True]


async def test_being_manager_is_handed_over_by_sharing_and_stepping_down(client, posts):
    _, manager = await posts.open(await posts.resident())
    _, other = await posts.colleague(manager)
    own, its = (one["staff"] for one in await posts.members(manager))
    down = f"{TEAM}/{own}/managing"
    alone = await client.delete(down, headers=manager)
    assert (alone.status_code, problems(alone)) == (409, {"": "posts.last_manager"})
    assert (await client.delete(f"{TEAM}/{its}/managing", headers=manager)).status_code == 404
    await client.post(f"{TEAM}/{its}/managing", headers=manager)
    assert (await client.delete(down, headers=manager)).status_code == 204
    assert {one["staff"]: one["manager"] for one in await posts.members(other)} == {
        own: False, its: True,
    }  # fmt: skip
    assert (await client.post(f"{TEAM}/code", headers=manager)).status_code == 403


async def test_a_wrong_name_tells_nothing_of_a_code_and_every_try_counts(posts):
    _, manager = await posts.open(await posts.resident())
    code, login = await posts.code(manager), await posts.resident()
    for typed in (code, "AC3D-97KM"):
        assert problems(await posts.join(login, typed, "1")) == {"worker": "people.name.characters"}
    for _ in range(TRIES_AN_HOUR):
        assert (await posts.join(login, "AC3D-97KM")).status_code == 422
    assert (await posts.join(login, code)).status_code == 429


async def test_who_is_turned_away_lapses_or_is_gone_leaves_no_name(world, client, clock, posts):
    _, manager = await posts.open(await posts.resident())
    code = await posts.code(manager)
    away, late, gone = [await posts.resident() for _ in range(3)]
    for login in (away, late, gone):
        assert (await posts.join(login, code)).status_code == 202
    path = f"{TEAM}/applicants/"
    assert (await client.delete(f"{path}{away.account}", headers=manager)).status_code == 204
    await deleted(world, client, gone)
    assert (await client.post(f"{path}{gone.account}", headers=manager)).status_code == 404
    clock.advance(days=8)
    async with world.database.transaction() as tx:
        await forget(tx, clock)
    assert await rows(world, "posts_applicant") == 0
    assert await rows(world, "people_worker") == 2  # who answers for the place, and who opened it


async def test_a_refusal_ends_what_had_begun(world, client, posts):
    login, chief = await posts.resident(), await administrator(world)
    place = (await posts.register(login)).json()["id"]
    pending = await posts.at_desk(login)
    await posts.join(await posts.resident(), await posts.code(pending))
    await posts.decide(chief, place, "refusal", reason="  地址\n不全 ")
    own = (await client.get("/api/v1/places/own", headers=login.headers)).json()
    assert (own["place"], own["refused"]["about"]) == (None, "地址 不全")
    assert await rows(world, "posts_code") == await rows(world, "posts_applicant") == 0
    assert (await client.get(TEAM, headers=pending)).status_code == 401


@pytest.mark.parametrize("reason", ["", " ", "长" * 101, "a\x00b"])
async def test_a_reason_is_needed_and_can_be_read(world, posts, reason):
    place = (await posts.register(await posts.resident())).json()["id"]
    answer = await posts.decide(await administrator(world), place, "refusal", reason=reason)
    assert (answer.status_code, problems(answer)) == (422, {"reason": "places.reason"})
    assert await rows(world, "places_place where state = 'pending'") == 1


async def test_a_removed_worker_is_told_so_at_the_next_request(client, posts):
    _, manager = await posts.open(await posts.resident())
    _, worker = await posts.colleague(manager)
    member = next(one["staff"] for one in await posts.members(worker) if one["this"])
    client.cookies.set("session", worker["Authorization"].split()[1])
    assert (await client.get("/desk/record")).status_code == 200
    assert (await client.delete(f"{TEAM}/{member}", headers=manager)).status_code == 204
    for answer in (await client.get("/desk/record"), await client.post("/desk/record/save")):
        assert answer.headers["location"] == "/desk/login?ended=1"
    page = (await client.get("/desk/login?ended=1")).text
    assert "岗位已经结束" in page


async def test_a_form_with_an_unknown_type_area_or_county_asks_again(client, posts):
    login = await posts.resident()
    client.cookies.set("session", login.token)
    for query in ("scene=x", "scene=fever-clinic&area=x", "scene=fever-clinic&area=469999"):
        answer = await client.get(f"/desks/new?{query}")
        assert answer.status_code == 200
    typed = {**PLACE, "area": "460100", "worker": "卫试医", "type": "hospital"}
    again = await client.post("/desks/new", data=typed)
    assert (again.status_code, "演示路 3 号" in again.text) == (422, True)


async def test_the_search_takes_whatever_is_typed(world, client, posts):
    await posts.open(await posts.resident())
    chief = await administrator(world)
    for name, found in (("发热", 1), ("%", 0), ("\x00", 0), ("' or 1=1", 0), (" 发热 ", 1)):
        query = {"stage": "open", "name": name}
        answer = await client.get("/api/v1/places", params=query, headers=chief.headers)
        assert (answer.status_code, len(answer.json())) == (200, found), name


async def test_who_registered_a_shop_and_is_gone_is_told_nothing(world, client, posts):
    owner = await posts.resident()
    shop = {**PLACE, "type": "shop", "scene": None}
    place = (await client.post("/api/v1/venues", json=shop, headers=owner.headers)).json()["id"]
    await deleted(world, client, owner)
    sent = await rows(world, "messages_sms")
    answer = await posts.decide(await administrator(world), place, "approval")
    assert (answer.status_code, await rows(world, "messages_sms")) == (200, sent)
