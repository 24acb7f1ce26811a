"""WeChat and Alipay as ways in: known by a hash alone, and every refusal is told."""

import logging

import pytest
from tests.integration.entrances.conftest import PHONE, asked, entered, linked, sms
from tests.lib.gates import rows

both = pytest.mark.parametrize("channel", ["wechat", "alipay"])


@both
@pytest.mark.requirement("HI-01")
async def test_the_first_time_asks_for_the_phone_and_then_it_logs_in_at_once(
    world, client, app, channel
):
    first = await entered(client, channel)
    assert (first.status_code, first.headers["location"]) == (303, "/login/link")
    assert "session" not in client.cookies
    await linked(world, client, channel)
    client.cookies.clear()
    again = await entered(client, channel)
    assert (again.headers["location"], "session" in client.cookies) == ("/", True)
    assert await rows(world, "people_account") == 1
    async with world.database.transaction() as tx:
        [row] = await tx.fetch("select * from people_link")
    assert app.who not in str(row) + row["match"].decode("latin-1")


@both
async def test_a_link_is_listed_and_removed_and_logs_in_no_more(world, client, channel):
    await linked(world, client, channel)
    listed = (await client.get("/api/v1/logins")).json()
    assert [one["channel"] for one in listed["links"]] == [channel]
    assert "2026-03-02 09:00" in (await client.get("/logins")).text
    await client.post("/logins/unlink", data={"channel": channel})
    assert (await client.get("/api/v1/logins")).json()["links"] == []
    assert (await client.delete(f"/api/v1/logins/apps/{channel}")).status_code == 404
    assert (await entered(client, channel)).headers["location"] == "/login/link"


@both
async def test_an_answer_counts_once_in_time_and_in_the_browser_that_asked(world, client, channel):
    back = await asked(client, channel)
    kept = dict(client.cookies)
    client.cookies.clear()
    assert "不是从这个浏览器开始的" in (await client.get(back)).text
    client.cookies.update(kept)
    assert (await client.get(back.replace("state=", "state=0"))).status_code == 422
    client.cookies.update(kept)
    assert (await client.get(back)).status_code == 303
    client.cookies.update(kept)
    assert "已经用过一次" in (await client.get(back)).text
    back = await asked(client, channel)
    world.clock.advance(minutes=10)
    assert (await client.get(back)).status_code == 422
    assert "session" not in client.cookies


@both
async def test_whatever_the_app_says_instead_is_told_and_no_log_repeats_it(
    client, app, channel, caplog, capfd
):
    caplog.set_level(logging.INFO, "yimatong")
    told = []
    for trouble in ("declines", "away", "codes"):
        app.declines = trouble == "declines"
        back = await asked(client, channel)
        app.away = trouble == "away"
        app.codes.clear()
        answer = await client.get(back)
        told.append(answer.status_code)
        assert 'href="/login"' in answer.text
        app.away = False
    assert told == [422, 503, 422]
    said = caplog.text + "".join(capfd.readouterr())
    code = back.split("code=")[1].split("&")[0]
    assert [word for word in (code, app.who, "s3cret", PHONE) if word in said] == []


async def test_a_forged_answer_of_alipay_is_not_believed(world, client, app):
    app.forges = True
    answer = await entered(client, "alipay")
    assert (answer.status_code, "无法核实" in answer.text) == (503, True)
    assert await rows(world, "people_link") == 0


async def test_the_app_is_asked_as_it_wants_and_for_an_address_that_is_registered(client, app):
    sent = (await client.get("/login/with/wechat")).headers["location"]
    assert sent.endswith("#wechat_redirect")
    names = ("appid=", "redirect_uri=", "response_type=code", "scope=snsapi_base", "state=")
    order = [sent.index(name) for name in names]
    assert order == sorted(order)
    app.backs = {"elsewhere.test"}
    assert "redirect_uri" in await asked(client, "wechat")
    assert (await client.get("/login/with/facebook")).status_code == 404


async def test_a_right_code_alone_puts_one_app_in_the_place_of_another(world, client, app):
    await linked(world, client, "wechat")
    world.clock.advance(minutes=2)
    app.who = "oTester002"
    await entered(client, "wechat")
    await client.post("/login/link", data={"phone": PHONE})
    code = await sms(world)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    assert (await client.post("/login/link/code", data={"code": wrong})).status_code == 422
    assert (await client.post("/login/link/code", data={"code": code})).status_code == 303
    assert await rows(world, "people_link") == 1
    app.who = "oTester001"
    assert (await entered(client, "wechat")).headers["location"] == "/login/link"


async def test_wechat_is_offered_within_wechat_and_alipay_elsewhere(client):
    plain = (await client.get("/login")).text
    within = {"User-Agent": "Mozilla/5.0 (iPhone) MicroMessenger/7.0.12"}
    wechat = (await client.get("/login", headers=within)).text
    assert ("/with/alipay" in plain, "/with/wechat" in plain) == (True, False)
    assert ("/with/alipay" in wechat, "/with/wechat" in wechat) == (False, True)
