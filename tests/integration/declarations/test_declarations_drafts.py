"""Nothing typed is lost: saved for later, or kept when the session ended amid the form."""

import re
from datetime import date, timedelta

import pytest
from tests.lib.logins import number, resident
from tests.lib.sheets import check_in, declaration, kinds, to_work

from yimatong.access import sessions
from yimatong.messages.service import recent
from yimatong.people import drafts
from yimatong.web.session import session_cookie

GUARDIAN = "I am this child's guardian and what I enter is true; I answer for it before the law."
PHONE = "13900010001"
ZH = {"Accept-Language": "zh"}


@pytest.fixture
async def person(world, client):
    found = await resident(world, "hainan")
    client.cookies.set(session_cookie(secure=False), found.token)
    return found


async def mark(client, path="/work"):
    return re.search(r'name="whose" value="([^"]+)"', (await client.get(path)).text)[1]


async def cut_off(world, client, person, form, path="/work"):
    """The form is drawn, the session ends, the form is sent."""
    form = form | {"whose": await mark(client, path)}
    async with world.database.transaction() as tx:
        await sessions.end(tx, person.token)
    return await client.post(path, data=form)


async def log_in(world, client, phone=PHONE):
    await client.post("/login", data={"phone": phone})
    async with world.database.transaction() as tx:
        sent = next(one.text for one in await recent(tx, world.keys, 9) if phone in one.phone)
    code = re.search(r"\d{6}", sent)[0]
    return await client.post("/login/code", data={"code": code})


async def rows(world):
    async with world.database.transaction() as tx:
        return await tx.fetchval("select count(*) from people_draft")


async def test_saved_for_later_it_comes_back_without_the_promise(world, client, person):
    half = {**to_work(world), "later": "yes", "conditions": ["fever", "throat"], "start_day": ""}
    saved = await client.post("/work", data=half)
    assert (saved.status_code, saved.headers["location"]) == (303, "/work")
    assert await kinds(world, person.person) == []
    page = (await client.get("/work", headers=ZH)).text
    assert "这是您 2026-03-02 09:00 保存的内容" in page
    assert 'value="试验单位"' in page
    assert page.count(" checked") == 5  # two conditions and three answers
    assert not re.search(r'name="promise"[^>]* checked', page)


async def test_handed_in_or_begun_anew_nothing_is_kept_of_it(world, client, person):
    for end in ({}, {"anew": "yes"}):
        await client.post("/work", data={**to_work(world), "later": "yes"})
        assert await rows(world) == 1
        await client.post("/work", data=to_work(world) | end)
        assert await rows(world) == 0


async def test_it_is_sealed_and_erased_after_seven_days(world, client, person):
    await client.post("/work", data={**to_work(world), "later": "yes"})
    async with world.database.transaction() as tx:
        assert "试验单位".encode() not in await tx.fetchval("select fields from people_draft")
    world.clock.advance(days=7)
    assert "这是您" not in (await client.get("/work", headers=ZH)).text
    async with world.database.transaction() as tx:
        await drafts.forget(tx, world.clock)
    assert await rows(world) == 0


async def test_a_session_that_ends_amid_a_form_loses_nothing(world, client, person):
    refused = await cut_off(world, client, person, to_work(world))
    assert refused.headers["location"] == "/login?kept=1"
    assert "刚才填写的内容已保存" in (await client.get("/login?kept=1", headers=ZH)).text
    assert (await log_in(world, client)).headers["location"] == "/work"
    page = (await client.get("/work", headers=ZH)).text
    assert "您刚才已退出登录" in page
    assert 'value="试验单位"' in page
    assert await kinds(world, person.person) == []


async def test_it_is_given_back_to_nobody_else(world, client, person):
    await resident(world, "hainan", serial=2)
    await cut_off(world, client, person, to_work(world))
    assert (await log_in(world, client, "13900010002")).headers["location"] == "/"
    assert "试验单位" not in (await client.get("/work")).text


async def test_half_an_hour_later_the_log_in_leads_to_the_start_page(world, client, person):
    await cut_off(world, client, person, to_work(world))
    world.clock.advance(minutes=30)
    assert (await log_in(world, client)).headers["location"] == "/"
    assert 'value="试验单位"' in (await client.get("/work")).text


@pytest.mark.parametrize("whose", ["", "x" * 50, "old", "of another form"])
async def test_what_bears_no_mark_of_ours_is_kept_for_nobody(world, client, person, whose):
    form = to_work(world)
    if whose.startswith("o"):
        form |= {"whose": await mark(client, "/work" if whose == "old" else "/return")}
        world.clock.advance(hours=24 if whose == "old" else 0)
    else:
        form |= {"whose": whose}
    client.cookies.clear()
    refused = await client.post("/work", data=form)
    assert (refused.status_code, refused.headers["location"]) == (303, "/login")
    assert await rows(world) == 0


async def test_too_much_to_keep_is_refused_and_no_name_but_the_forms_own_is_kept(
    world, client, person
):
    stuff = {f"x{n}": "长" * 900 for n in range(40)}
    await client.post("/work", data={**to_work(world), **stuff, "later": "yes"})
    kept = (await client.get("/api/v1/drafts/work")).json()["fields"]
    assert set(kept) < set(to_work(world))
    long = {"lately": ["长" * 1000] * 30, "later": "yes"}
    refused = await client.post("/checkin", data=check_in(world) | long, headers=ZH)
    assert (refused.status_code, "太长" in refused.text) == (422, True)


async def test_a_program_keeps_reads_and_erases_a_draft(client, person):
    url, fields = "/api/v1/drafts/checkin", {"township": ["😀"], "promise": ["x"], "colour": ["x"]}
    kept = await client.put(url, json={"fields": fields})
    assert kept.json()["fields"] == {"township": ["😀"]}
    assert (await client.get(url)).json() == kept.json()
    assert (await client.delete(url)).status_code == 204
    assert (await client.get(url)).status_code == 404
    assert (await client.get("/api/v1/drafts/other")).status_code in (400, 404, 422)


async def test_a_form_drawn_for_one_person_is_not_handed_in_for_another(world, client, person):
    form = declaration(world, whose=await mark(client, "/declare"))
    other = await resident(world, "hainan", serial=2)
    client.cookies.set(session_cookie(secure=False), other.token)
    refused = await client.post("/declare", data=form, headers=ZH)
    assert (refused.status_code, "为另一个人打开" in refused.text) == (409, True)
    assert await kinds(world, other.person) == []
    assert timedelta(hours=24) == drafts.MARKED


async def test_a_form_for_a_child_leads_back_to_the_child(world, client, person):
    card = {"name": "田试禾", "document_kind": "resident_id", "ethnic_group": "01",
            "region": "hainan", "document_number": number(9, date(2015, 3, 4))}  # fmt: skip
    body = {"card": card, "relation": "child", "promise": GUARDIAN}
    child = (await client.post("/api/v1/family/children", json=body)).json()["person"]
    await client.put("/api/v1/family/acting", json={"person": child})
    await cut_off(world, client, person, check_in(world), "/checkin")
    assert (await log_in(world, client)).headers["location"] == "/checkin"
    page = (await client.get("/checkin", headers=ZH)).text
    assert "您刚才已退出登录" in page
    assert "/family" in re.search(r'class="proxy-banner".*', page)[0]
    await client.put("/api/v1/family/acting", json={"person": str(person.person)})
    assert "您刚才已退出登录" not in (await client.get("/checkin", headers=ZH)).text
