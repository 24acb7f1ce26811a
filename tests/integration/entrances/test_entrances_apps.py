"""WeChat and Alipay as ways in: known by a hash alone, and every refusal is told."""

import logging

import pytest

from tests.integration.entrances.conftest import PHONE, asked, entered, linked, sms
from tests.lib.gates import rows

both = pytest.mark.parametrize("channel", ["wechat", "alipay"])


@both
@pytest.mark.requirement("HI-01")
async def test_the_first_time_asks_for_the_phone_and_then_it_logs_in_at_once(
    world, client, channel
):
    first = await entered(client, channel)
    assert (first.status_code, first.headers["location"]) == (303, "/login/link")
    assert "session" not in client.cookies
    await linked(world, client, channel)
    account = await rows(world, "people_account")
    client.cookies.clear()
    again = await entered(client, channel)
    assert (again.headers["location"], "session" in client.cookies) == ("/", True)
    assert (await rows(world, "people_account"), account) == (1, 1)


@both
async def test_what_the_app_calls_somebody_is_kept_as_a_hash_alone(world, client, app, channel):
    await linked(world, client, channel)
    async with world.database.transaction() as tx:
        [row] = await tx.fetch("select * from people_link")
    assert len(row["match"]) == 32
    assert app.who.encode() not in b"".join(map(repr_bytes, row.values()))


def repr_bytes(value) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


@both
async def test_a_link_is_listed_and_removed_and_logs_in_no_more(world, client, channel):
    await linked(world, client, channel)
    listed = (await client.get("/api/v1/logins")).json()
    assert [one["channel"] for one in listed["links"]] == [channel]
    assert "2026-03-02 09:00" in (await client.get("/logins")).text
    await client.post("/logins/unlink", data={"channel": channel})
    assert (await client.get("/api/v1/logins")).json()["links"] == []
    assert (await entered(client, channel)).headers["location"] == "/login/link"


@both
async def test_a_person_who_says_no_is_told_and_offered_the_phone(client, app, channel):
    app.declines = True
    answer = await entered(client, channel)
    assert answer.status_code == 422
    assert "没有同意登录" in answer.text
    assert 'href="/login"' in answer.text


@both
async def test_an_answer_counts_once_and_only_in_the_browser_that_asked(client, channel):
    back = await asked(client, channel)
    kept = dict(client.cookies)
    client.cookies.clear()
    assert "不是从这个浏览器开始的" in (await client.get(back)).text
    client.cookies.update(kept)
    assert (await client.get(back)).status_code == 303
    client.cookies.update(kept)
    assert "已经用过一次" in (await client.get(back)).text


@both
async def test_an_answer_after_ten_minutes_or_with_another_state_is_refused(world, client, channel):
    back = await asked(client, channel)
    changed = back.replace("state=", "state=0")
    assert (await client.get(changed)).status_code == 422
    back = await asked(client, channel)
    world.clock.advance(minutes=10)
    assert (await client.get(back)).status_code == 422
    assert "session" not in client.cookies


@both
async def test_an_app_that_is_away_or_does_not_know_its_code_is_told(client, app, channel):
    back = await asked(client, channel)
    app.codes.clear()
    assert "凭据已经失效" in (await client.get(back)).text
    back = await asked(client, channel)
    app.away = True
    answer = await client.get(back)
    assert (answer.status_code, "现在没有答复" in answer.text) == (503, True)


async def test_a_forged_answer_of_alipay_is_not_believed(world, client, app):
    app.forges = True
    answer = await entered(client, "alipay")
    assert (answer.status_code, "无法核实" in answer.text) == (503, True)
    assert await rows(world, "people_link") == 0


async def test_the_app_is_asked_as_it_wants_to_be(client):
    sent = (await client.get("/login/with/wechat")).headers["location"]
    assert sent.endswith("#wechat_redirect")
    order = [sent.index(name) for name in ("appid=", "redirect_uri=", "response_type=code",
                                           "scope=snsapi_base", "state=")]  # fmt: skip
    assert order == sorted(order)


async def test_an_address_that_is_not_registered_is_refused_by_the_app(client, app):
    app.backs = {"elsewhere.test"}
    assert "redirect_uri" in await asked(client, "wechat")


@both
async def test_no_log_holds_what_went_to_and_fro(world, client, app, channel, caplog, capfd):
    caplog.set_level(logging.INFO, "yimatong")
    back = await asked(client, channel)
    app.forges = app.away = True
    await client.get(back)
    said = caplog.text + "".join(capfd.readouterr())
    code = back.split("code=")[1].split("&")[0]
    assert [word for word in (code, app.who, "s3cret", PHONE) if word in said] == []


async def test_an_app_that_is_not_set_up_is_no_page(client, world):
    assert (await client.get("/login/with/facebook")).status_code == 404
    assert (await client.get("/login/link")).headers["location"] == "/login"


async def test_a_phone_that_is_confirmed_again_takes_the_place_of_the_earlier_app(
    world, client, app
):
    await linked(world, client, "wechat")
    world.clock.advance(minutes=2)
    client.cookies.clear()
    app.who = "oTester002"
    await linked(world, client, "wechat")
    assert await rows(world, "people_link") == 1
    app.who = "oTester001"
    assert (await entered(client, "wechat")).headers["location"] == "/login/link"


async def test_wechat_is_offered_within_wechat_and_alipay_elsewhere(client):
    plain = (await client.get("/login")).text
    within = {"User-Agent": "Mozilla/5.0 (iPhone) MicroMessenger/7.0.12"}
    wechat = (await client.get("/login", headers=within)).text
    assert ("/with/alipay" in plain, "/with/wechat" in plain) == (True, False)
    assert ("/with/alipay" in wechat, "/with/wechat" in wechat) == (False, True)


async def test_a_wrong_code_by_sms_links_nothing(world, client):
    await entered(client, "wechat")
    await client.post("/login/link", data={"phone": PHONE})
    wrong = f"{(int(await sms(world)) + 1) % 1_000_000:06}"
    assert (await client.post("/login/link/code", data={"code": wrong})).status_code == 422
    assert await rows(world, "people_link") == 0
