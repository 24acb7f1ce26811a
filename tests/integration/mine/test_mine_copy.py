"""What is known of one, to see and to take away; complete, fresh, and for nobody else."""

import re

import pytest
from tests.lib.logins import resident, worker
from tests.lib.mine import CHILD, EMPLOYER, PLATE, REASON, STREET, lived, with_child
from tests.lib.told import told

from yimatong.access.permissions import Role
from yimatong.doors.mine.records import RECORDS
from yimatong.people import family
from yimatong.people.family import Relation

PERSONAL = ("person", "account")
"""Columns that tie a row to somebody; a worker's acts are the post's."""
NONE = {
    *("people_account", "people_person", "messages_sms", "messages_wish"),
    *("access_limit", "access_otp", "access_otp_subject"),
}
"""Tables of the list without such a column: their key is the account, a hash or a number."""
WALKS = {"notices_walk"}
"""Tables that say how far a walk over everybody came: one row, about nobody."""


async def copy(client, login):
    answer = await client.get("/api/v1/mine", headers=login.headers)
    assert answer.status_code == 200, answer.text
    return answer


@pytest.mark.requirement("YN-07", "YM-02")
async def test_the_copy_has_what_every_room_knows(world, client):
    login = await lived(world, client)
    await told(world, login.person, [("case.confirmed", "registry", 0)])
    await with_child(client, login)
    known = (await copy(client, login)).json()
    assert known["schema"] == "yimatong-export/1"
    assert known["account"]["phone"].endswith("13900010001")
    assert [one["this"] for one in known["account"]["sessions"]] == [True]
    assert {STREET, EMPLOYER} <= set(known["sheets"][0]["texts"].values())
    [scan, _] = sorted(known["passages"], key=lambda one: one["verdict"] == "refuse")
    assert {one["plate"] for one in known["passages"]} == {PLATE, None}
    assert scan["gate"] == "试验门"
    assert [one["concern"] for one in known["reports"]] == ["other"]
    assert (known["applications"][0]["word"], known["applications"][0]["reason"]) == (
        "refused", REASON,
    )  # fmt: skip
    assert {one["action"] for one in known["looks"]} >= {"gates.scan", "permits.refused"}
    assert [one["name"] for one in known["acts_for"]] == [CHILD["name"]]
    assert {one["kind"] for one in known["facts"]} >= {"declaration", "temperature"}


@pytest.mark.requirement("YM-02")
async def test_a_fact_says_what_it_holds_and_when_it_was_corrected(world, client):
    login = await resident(world)
    facts = [("declaration", "self", 0), ("case.confirmed", "registry", 0)]
    await told(world, login.person, facts)
    by_kind = {one["kind"]: one for one in (await copy(client, login)).json()["facts"]}
    assert (by_kind["declaration"]["holds"], len(by_kind["case.confirmed"]["holds"])) == ([], 1)
    page = (await client.get("/mine", headers=login.headers)).text
    [rule] = by_kind["case.confirmed"]["holds"]
    assert f"/policies/hunan@2020-03-08#{rule}" in page


async def test_every_table_that_ties_a_row_to_somebody_is_in_the_list(database):
    async with database.transaction() as tx:
        rows = await tx.fetch(
            """select distinct relname from pg_attribute
               join pg_class on pg_class.oid = attrelid
               where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
                 and not relispartition and attname = any($1)""",
            PERSONAL,
        )
    listed = [table for one in RECORDS for table in one.tables]
    assert sorted(listed) == sorted({row["relname"] for row in rows} - WALKS | NONE)


async def test_both_files_are_kept_by_nobody_and_the_page_needs_no_other_file(world, client):
    login = await lived(world, client)
    for path in ("/mine/copy.json", "/mine/copy.html"):
        answer = await client.get(path, headers=login.headers | {"Accept-Language": "zh"})
        assert answer.headers["cache-control"] == "no-store"
        assert re.fullmatch(
            r'attachment; filename="yimatong-2026-03-02\.(json|html)"',
            answer.headers["content-disposition"],
        )
        assert STREET in answer.text
    assert not re.search(r"\s(src|href|action)=", answer.text)
    for words in ("审核结果", PLATE, "值守人员上报："):
        assert words in answer.text


async def test_an_old_log_in_sees_the_page_and_gets_no_file(world, client):
    login = await resident(world)
    world.clock.advance(minutes=31)
    page = await client.get("/mine", headers=login.headers)
    assert (page.status_code, "/mine/copy.html" in page.text) == (200, False)
    for path in ("/mine/copy.json", "/mine/copy.html", "/api/v1/mine"):
        assert (await client.get(path, headers=login.headers)).status_code == 403


@pytest.mark.requirement("YM-07")
async def test_others_looks_are_told_with_place_and_purpose_and_every_copy_is_counted(
    world, client
):
    login = await lived(world, client)
    page = await client.get("/mine", headers=login.headers | {"Accept-Language": "en"})
    assert "Check at a gate" in page.text
    assert "recorded a passage · by the code on the phone" in page.text
    await copy(client, login)
    async with world.database.transaction() as tx:
        rows = await tx.fetch("select action from audit_event where action like 'mine.%'")
    assert [row["action"] for row in rows] == ["mine.read", "mine.export"]


async def test_a_guardian_sees_the_childs_and_an_adults_proxy_nothing(world, client):
    login, parent = await resident(world, serial=1), await resident(world, serial=2)
    child = await with_child(client, login)
    async with world.database.transaction() as tx:
        await family.add_agreed(world.people, tx, login.account, parent.person, Relation.PARENT)
    for person, status in ((child, 200), (str(parent.person), 403)):
        await client.put("/api/v1/family/acting", json={"person": person}, headers=login.headers)
        assert (await client.get("/mine", headers=login.headers)).status_code == status
        answer = await client.get("/api/v1/mine", headers=login.headers)
        assert answer.status_code == status
        if status == 200:
            assert (answer.json()["account"], answer.json()["acts_for"]) == (None, None)


async def test_facts_are_shown_twenty_at_a_time_whatever_number_is_asked(world, client):
    login = await resident(world)
    await told(world, login.person, [("declaration", "self", days) for days in range(45)])
    for asked, items in (("1", 20), ("3", 5), ("99", 5), ("x", 20), ("0", 20), ("9" * 9, 20)):
        page = await client.get(f"/mine?facts={asked}", headers=login.headers)
        section = page.text.split('id="facts"')[1].split("</section>")[0]
        assert section.count("<li>") == items, asked


async def test_a_newcomer_is_led_to_the_card_and_a_worker_has_none(world, client):
    worked = await worker(world, Role.ISSUER)
    assert (await client.get("/api/v1/mine", headers=worked.headers)).status_code == 403
