"""Who is told what, when, and how often."""

import asyncio
from datetime import date, datetime, timedelta

import msgspec
import pytest
from tests.lib.logins import card, number, resident
from tests.lib.outbox import notices, texts, watched
from tests.lib.told import APPROVED, told

from yimatong.kernel.clock import SHANGHAI
from yimatong.ledger import NewFact, record
from yimatong.messages.model import Wish
from yimatong.messages.wishes import keep
from yimatong.notices.model import KEPT
from yimatong.notices.service import forget
from yimatong.people import family
from yimatong.people.family import Guardian, Relation

DECLARED = [("declaration", "self", 0)]
CASE = [("case.confirmed", "registry", 0)]
CONTACT = [("contact.close", "registry", 0)]
EVENING = datetime(2026, 3, 2, 23, 0, tzinfo=SHANGHAI)
MORNING_AFTER = datetime(2026, 3, 3, 7, 0, tzinfo=SHANGHAI)


@pytest.fixture
def tell(world, clock):
    """Records facts a minute later, and lets the watcher look."""

    async def tell(login, facts):
        clock.advance(minutes=1)
        await told(world, login.person, facts)
        await watched(world)

    return tell


@pytest.fixture
async def somebody(world):
    return await resident(world)


async def test_a_change_is_told_in_the_page_and_by_sms_with_its_reason(
    world, client, somebody, tell
):
    await tell(somebody, DECLARED)
    await tell(somebody, [("quarantine.home", "registry", 0)])
    newest, first = await notices(client, somebody)
    assert (first["before"], first["after"], first["read"]) == ("undeclared", "green", True)
    assert (newest["before"], newest["after"], newest["read"]) == ("green", "yellow", False)
    [reason] = newest["reasons"]
    assert (reason["kind"], reason["source"]) == ("quarantine.home", "registry")
    assert reason["reason"]
    assert newest["to_do"] == [reason["to_do"]]
    assert await texts(world) == [
        "【一码通】您的健康码由绿码转为黄码，原因：疾控部门的登记。"
        "详情和怎样恢复：http://127.0.0.1:8000/code"
    ]


async def test_a_change_by_ones_own_form_sends_no_sms(world, client, somebody, tell):
    await tell(somebody, DECLARED)
    await tell(somebody, [("exposure.case", "self", 0)])
    assert [one["after"] for one in await notices(client, somebody)] == ["yellow", "green"]
    assert await texts(world) == []


async def test_nothing_new_is_told_once_however_often_it_is_looked_at(
    world, client, somebody, tell, clock
):
    await tell(somebody, DECLARED + CASE)
    for _ in range(5):
        await tell(somebody, DECLARED)
        clock.advance(days=2)
        await watched(world)
    assert len(await notices(client, somebody)) == 1
    assert len(await texts(world)) == 1


async def test_two_workers_at_once_tell_everybody_once(world, clock):
    logins = [await resident(world, serial=serial) for serial in range(1, 21)]
    for login in logins:
        await told(world, login.person, DECLARED + CASE)
    clock.advance(minutes=1)
    await asyncio.gather(*(watched(world) for _ in range(4)))
    async with world.database.transaction() as tx:
        counted = await tx.fetch("select account, count(*) from notices_notice group by 1")
    assert {row["account"]: row["count"] for row in counted} == {one.account: 1 for one in logins}
    assert len(await texts(world)) == 20


async def test_who_dies_while_telling_has_told_nothing_and_the_next_tells_all(
    world, client, somebody, clock, monkeypatch
):
    await told(world, somebody.person, DECLARED + CASE)
    clock.advance(minutes=1)
    drawn = world.people.randomness

    def dies(size):
        world.people.randomness = killed
        return drawn(size)

    def killed(size):
        raise asyncio.CancelledError

    world.people.randomness = dies
    with pytest.raises(asyncio.CancelledError):
        await watched(world)
    world.people.randomness = drawn
    assert (await notices(client, somebody), await texts(world)) == ([], [])
    await watched(world)
    assert (len(await notices(client, somebody)), len(await texts(world))) == (1, 1)


async def test_a_mistake_with_one_keeps_nobody_else_from_being_told(world, client, clock):
    broken, other = [await resident(world, serial=serial) for serial in (1, 2)]
    for login in (broken, other):
        await told(world, login.person, DECLARED + CASE)
    async with world.database.transaction() as tx:
        await tx.execute("update people_account set phone = 'x' where id = $1", broken.account)
    await watched(world)
    assert len(await texts(world)) == 1
    assert await notices(client, broken) == []


async def test_a_lapse_is_told_of_ahead_once_and_then_when_it_comes(world, client, clock, tell):
    login = await resident(world, region="hubei")
    await tell(login, APPROVED)
    lapse = clock.now() + timedelta(hours=72)
    for moment in (lapse - timedelta(hours=12, seconds=1), lapse - timedelta(hours=12), lapse):
        clock.set(moment)
        await watched(world)
    lapsed, ahead, _ = await notices(client, login)
    assert (ahead["kind"], ahead["lapses_at"]) == ("lapses", lapse.isoformat())
    assert (ahead["before"], ahead["after"]) == ("green", "yellow")
    assert (lapsed["kind"], lapsed["after"]) == ("changed", "yellow")
    _, reminder, change = await texts(world)
    assert reminder.startswith("【一码通】您的绿码将在03-05 09:01到期，到期后是黄码。")
    assert "到期没有续" in change


async def test_who_renews_in_time_is_told_of_no_lapse(world, client, clock, tell):
    login = await resident(world, region="hubei")
    await tell(login, APPROVED)
    for _ in range(4):
        clock.advance(days=2)
        await tell(login, [("checkin.normal", "self", 0)])
    assert [one["kind"] for one in await notices(client, login)] == ["changed"]


@pytest.mark.parametrize(("region", "lapse"), [("yunnan", "16T09:01"), ("shandong", "04T00:00")])
async def test_who_lapses_is_reminded_by_every_policy_that_lets_lapse(
    world, client, clock, tell, region, lapse
):
    login = await resident(world, region=region)
    await tell(login, APPROVED)
    moment = datetime.fromisoformat(f"2026-03-{lapse}:00+08:00")
    for at in (moment - timedelta(hours=12), moment):
        clock.set(at)
        await watched(world)
    kinds = [one["kind"] for one in reversed(await notices(client, login))]
    assert kinds == ["changed", "lapses", "changed"]


async def test_at_night_only_what_somebody_recorded_and_keeps_one_in_wakes_anybody(
    world, clock, tell
):
    ill, well = [await resident(world, serial=serial) for serial in (1, 2)]
    await tell(well, DECLARED + CASE)
    clock.set(EVENING)
    await tell(ill, DECLARED + CASE)
    await told(world, well.person, [])
    async with world.database.transaction() as tx:
        fact = await tx.fetchval(
            "select id from ledger_fact where person = $1 and kind like 'case%'", well.person
        )
    await withdraw(world, well, fact)
    await watched(world)
    assert len(await texts(world)) == 2
    clock.set(MORNING_AFTER)
    await watched(world)
    assert (await texts(world))[2].startswith("【一码通】您的健康码由红码转为绿码")


async def withdraw(world, login, fact):
    fields = {"person": login.person, "observed_at": world.clock.now(), "recorder": login.account}
    withdrawn = NewFact(kind="withdrawn", source="registry", retracts=fact, **fields)
    async with world.database.transaction() as tx:
        await record(tx, world.clock, world.randomness, [withdrawn])


async def test_flapping_is_folded_and_beyond_three_a_day_the_last_is_told_next_morning(
    world, client, somebody, tell, clock
):
    await tell(somebody, DECLARED)
    for _ in range(3):
        await flap(world, somebody, tell)
    assert len(await texts(world)) == 3
    assert len(await notices(client, somebody)) == 7
    clock.set(MORNING_AFTER)
    await watched(world)
    assert len(await texts(world)) == 4
    assert "由红码转为绿码" in (await texts(world))[-1]


async def flap(world, login, tell):
    """Red and back again."""
    await tell(login, CASE)
    async with world.database.transaction() as tx:
        fact = await tx.fetchval(
            """select id from ledger_fact where person = $1 and kind like 'case%'
               order by recorded_at desc limit 1""",
            login.person,
        )
    world.clock.advance(minutes=1)
    await withdraw(world, login, fact)
    await watched(world)


async def test_who_has_not_declared_for_three_days_is_asked_once(world, client, clock, somebody):
    await watched(world)
    assert await notices(client, somebody) == []
    for days in (2, 1, 1, 10):
        clock.advance(days=days)
        await watched(world)
    [asked] = await notices(client, somebody)
    assert (asked["kind"], asked["at"][:10]) == ("declare", "2026-03-05")
    assert len(await texts(world)) == 1


async def test_what_was_switched_off_comes_in_the_page_only_and_a_colour_always(
    world, client, clock, tell
):
    login = await resident(world, region="hubei")
    async with world.database.transaction() as tx:
        off = Wish(reminders=False, invitations=False, language="en")
        await keep(tx, world.keys, "+8613900010001", off)
    await tell(login, APPROVED)
    clock.advance(hours=72)
    clock.set(clock.now() - timedelta(hours=12))
    await watched(world)
    assert [one["kind"] for one in await notices(client, login)] == ["lapses", "changed"]
    [sms] = await texts(world)
    assert sms.startswith("[Yimatong] Your health code changed from Not declared to Green.")


async def test_a_childs_guardian_is_told_and_the_sms_names_nobody(world, client, clock, tell):
    login = await resident(world)
    child = card(serial=77, name="田试禾")
    said = Guardian(Relation.CHILD, None, "本人是监护人")
    born = {"document_number": number_of_a_child(), "name": "田试禾"}
    async with world.database.transaction() as tx:
        person = await family.add_child(
            world.people, tx, login.account, msgspec.structs.replace(child, **born), said
        )
    clock.advance(minutes=1)
    await told(world, person, DECLARED + CONTACT)
    await watched(world)
    [notice] = await notices(client, login)
    assert notice["person"] == str(person)
    assert "田试禾" in (await client.get("/notices", headers=login.headers)).text
    [sms] = await texts(world)
    assert sms.startswith("【一码通】您家人的健康码由未申报转为红码")
    assert "田" not in sms
    async with world.database.transaction() as tx:
        await family.end(world.people, tx, login.account, person, by=login.account)
    assert await notices(client, login) == []


def number_of_a_child():
    return number(77, born=date(2016, 5, 4))


async def test_a_move_to_another_province_is_told_of_by_nobody(world, client, somebody, tell):
    await tell(somebody, DECLARED)
    async with world.database.transaction() as tx:
        await tx.execute("update people_person set region = 'hubei'")
    await tell(somebody, [("checkin.normal", "self", 0)])
    assert len(await notices(client, somebody)) == 1


async def test_somebody_who_is_gone_is_looked_at_no_more(world, somebody, tell):
    await tell(somebody, DECLARED)
    async with world.database.transaction() as tx:
        await tx.execute("delete from people_person")
    await tell(somebody, CASE)
    assert await texts(world) == []


async def test_notices_are_gone_after_thirty_days(world, somebody, tell, clock):
    await tell(somebody, DECLARED + CASE)
    clock.advance(days=KEPT.days)
    async with world.database.transaction() as tx:
        await forget(tx, clock)
        assert await tx.fetchval("select count(*) from notices_notice") == 0


async def test_reading_is_by_opening_and_only_ones_own(world, client, somebody, tell, clock):
    other = await resident(world, serial=2)
    await tell(somebody, DECLARED + CASE)
    [notice] = await notices(client, somebody)
    body = {"ids": [notice["id"]]}
    read = await client.post("/api/v1/notices/read", json=body, headers=other.headers)
    assert read.status_code == 204
    home = (await client.get("/", headers=somebody.headers)).text
    assert "有 1 条新通知" in home
    first = (await client.get("/notices", headers=somebody.headers)).text
    second = (await client.get("/notices", headers=somebody.headers)).text
    assert ("told-mark" in first, "told-mark" in second) == (True, False)
    assert "新通知" not in (await client.get("/", headers=somebody.headers)).text


async def test_settings_by_the_api_are_those_of_the_page(client, somebody):
    path, wanted = "/api/v1/notices/settings", {"reminders": False, "invitations": True}
    assert (await client.get(path, headers=somebody.headers)).json()["sms_language"] == "zh"
    changed = await client.put(
        path, json={**wanted, "sms_language": "en"}, headers=somebody.headers
    )
    assert changed.status_code == 204
    page = (await client.get("/notices/settings", headers=somebody.headers)).text
    assert 'value="invitations" checked' in page
    assert 'value="reminders" checked' not in page
    wrong = await client.put(path, json={**wanted, "sms_language": "fr"}, headers=somebody.headers)
    assert wrong.status_code == 422, wrong.text
