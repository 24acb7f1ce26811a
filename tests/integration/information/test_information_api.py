"""Publishing, correcting, taking down and looking up (HI-18)."""

import json

import asyncpg
import pytest
from tests.lib.entries import NOTICE, PATH
from tests.lib.logins import worker

from yimatong.access.permissions import Role
from yimatong.information import service


async def listed(client, **query):
    answer = await client.get(PATH, params=query)
    assert answer.status_code == 200, answer.text
    return [entry["title"] for entry in answer.json()["entries"]]


async def one(client, entry):
    return (await client.get(f"{PATH}/{entry}")).json()


@pytest.mark.requirement("HI-18")
async def test_what_is_published_can_be_read_without_a_log_in(client, desk):
    entry = await desk.publish(region="hunan", division="430100", phone="12320")
    assert await listed(client) == ["试验通知"]
    read = await one(client, entry)
    assert (read["status"], read["division"], read["phone"]) == ("current", "430100", "12320")
    assert read["published_at"] == "2026-03-02T09:00:00+08:00"
    assert "post" not in read


@pytest.mark.requirement("HI-18")
async def test_a_correction_takes_the_place_of_the_entry_and_both_stay(client, desk):
    first = await desk.publish()
    second = await desk.publish(title="更正后的通知", replaces=first)
    assert await listed(client) == ["更正后的通知"]
    old, new = await one(client, first), await one(client, second)
    assert (old["status"], old["replaced_by"], old["text"]) == ("corrected", second, NOTICE["text"])
    assert (new["status"], new["replaces"]) == ("current", first)


@pytest.mark.requirement("HI-18")
async def test_of_what_is_taken_down_the_title_and_the_time_are_left(client, clock, desk):
    entry = await desk.publish(phone="0000-1234567", address="试验路 1 号")
    clock.advance(hours=1)
    assert (await desk.withdraw(entry)).status_code == 201
    assert await listed(client) == []
    left = await one(client, entry)
    assert (left["status"], left["title"]) == ("withdrawn", "试验通知")
    assert left["withdrawn_at"] == "2026-03-02T10:00:00+08:00"
    assert (left["text"], left["phone"], left["address"]) == ("", None, None)


@pytest.mark.parametrize("first", ["correct", "withdraw"])
@pytest.mark.parametrize("then", ["correct", "withdraw"])
async def test_what_is_gone_can_be_neither_corrected_nor_taken_down(desk, first, then):
    entry = await desk.publish()
    acts = {
        "correct": lambda: desk.post(PATH, NOTICE | {"replaces": entry}),
        "withdraw": lambda: desk.withdraw(entry),
    }
    assert (await acts[first]()).status_code == 201
    refused = await acts[then]()
    assert refused.status_code == 409
    assert refused.json()["problems"][0]["code"] == "information.gone_already"


async def test_an_entry_that_does_not_exist_can_be_neither_read_nor_replaced(client, desk):
    unknown = "00000000-0000-4000-8000-000000000007"
    assert (await client.get(f"{PATH}/{unknown}")).status_code == 404
    assert (await desk.withdraw(unknown)).status_code == 404
    assert (await desk.post(PATH, NOTICE | {"replaces": unknown})).status_code == 404


@pytest.mark.requirement("HI-18")
async def test_entries_are_shown_from_their_first_day_to_their_last(client, clock, desk):
    entry = await desk.publish(valid_from="2026-03-03", valid_until="2026-03-04")
    seen = []
    for _ in range(4):
        seen.append((await listed(client), (await one(client, entry))["status"]))
        clock.advance(days=1)
    shown = ["试验通知"]
    assert seen == [([], "coming"), (shown, "current"), (shown, "current"), ([], "over")]


@pytest.mark.requirement("HI-18")
async def test_a_province_lists_its_own_and_what_is_nationwide(client, desk):
    for title, region in (("全国的", None), ("湖南的", "hunan"), ("海南的", "hainan")):
        await desk.publish(title=title, region=region)
    assert set(await listed(client, region="hunan")) == {"全国的", "湖南的"}
    assert len(await listed(client)) == 3
    assert (await client.get(PATH, params={"region": "atlantis"})).status_code == 422


@pytest.mark.requirement("HI-18")
async def test_searching_looks_at_titles_texts_and_names_of_divisions(client, desk):
    await desk.publish(title="甲", text="核酸检测点", title_en="First", text_en="Testing SITE")
    await desk.publish(title="乙", kind="risk_area", division="430100")
    assert await listed(client, q="检测") == await listed(client, q="site") == ["甲"]
    assert await listed(client, q="长沙") == await listed(client, q="changsha") == ["乙"]
    assert await listed(client, kind="risk_area") == ["乙"]
    assert await listed(client, q="%") == await listed(client, q="a\x00_") == []


async def test_a_division_brings_its_province(client, desk):
    entry = await desk.publish(kind="risk_area", division="420100")
    assert (await one(client, entry))["region"] == "hubei"


async def test_more_than_a_page_goes_on_on_the_next(client, clock, desk):
    for number in range(service.PAGE + 1):
        clock.advance(seconds=1)
        await desk.publish(title=f"第 {number} 条")
    first = (await client.get(PATH)).json()
    second = (await client.get(PATH, params={"page": 2})).json()
    assert (len(first["entries"]), first["more"]) == (service.PAGE, True)
    assert ([one["title"] for one in second["entries"]], second["more"]) == (["第 0 条"], False)


async def test_the_same_request_again_publishes_nothing(client, desk):
    first, again = [await desk.post(PATH, NOTICE, key="one") for _ in range(2)]
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert await listed(client) == ["试验通知"]
    assert (await desk.post(PATH, NOTICE | {"title": "别的"}, key="one")).status_code == 422


async def test_a_field_that_is_not_the_writers_is_refused(desk):
    assert (await desk.post(PATH, NOTICE | {"post": "somebody"})).status_code == 422


async def test_who_publishes_sees_all_and_which_post_did_it(client, desk):
    gone = await desk.publish()
    await desk.withdraw(gone)
    await desk.publish(title="将来的", valid_from="2026-04-01")
    answer = await client.get("/api/v1/desk/information", headers=desk.login.headers)
    read = {entry["title"]: entry for entry in answer.json()["entries"]}
    assert {title: entry["status"] for title, entry in read.items()} == {
        "试验通知": "withdrawn",
        "将来的": "coming",
    }
    assert read["试验通知"]["post"] == str(desk.login.staff)
    assert read["试验通知"]["text"] == NOTICE["text"]


async def test_each_act_is_on_record(desk, database):
    first = await desk.publish()
    second = await desk.publish(replaces=first)
    await desk.withdraw(second)
    async with database.transaction() as tx:
        rows = await tx.fetch("select * from audit_event order by id")
    acts = {row["action"]: row for row in rows if row["action"].startswith("information.")}
    assert list(acts) == ["information.publish", "information.correct", "information.withdraw"]
    assert {row["actor"] for row in acts.values()} == {desk.login.account}
    assert acts["information.correct"]["detail"] == {"entry": second, "kind": "notice", "of": first}


@pytest.mark.parametrize("statement", ["update information_entry set title = ''",
    "delete from information_entry", "delete from information_withdrawal"])  # fmt: skip
async def test_the_application_cannot_change_what_was_published(desk, database, statement):
    await desk.publish()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with database.transaction() as tx:
            await tx.execute(statement)


@pytest.mark.parametrize("role", [Role.ISSUER, Role.REGISTRAR, Role.REGISTRY_CHECKER])
async def test_no_other_post_may_publish(client, world, role):
    login = await worker(world, role)
    headers = {**login.headers, "idempotency-key": "one"}
    answer = await client.post(PATH, content=json.dumps(NOTICE), headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/information", PATH])
async def test_a_change_is_seen_and_what_did_not_change_is_not_sent_again(client, desk, path):
    first = await client.get(path)
    assert first.headers["cache-control"] == "public, max-age=60"
    same = {"if-none-match": first.headers["etag"]}
    assert (await client.get(path, headers=same)).status_code == 304
    await desk.publish()
    assert (await client.get(path, headers=same)).status_code == 200
