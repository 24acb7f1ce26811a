"""Medicine bought for somebody else: what the desk enters, and what the patient is told by SMS."""

from datetime import datetime, timedelta

import pytest
from tests.lib.desks import desk, handed, opening, problems, recorded
from tests.lib.dump import tables_with
from tests.lib.gates import rows
from tests.lib.outbox import texts
from tests.lib.purchases import BUYER, PATIENT, SALE, answered, citizen, colour, waiting

from yimatong.access import limits
from yimatong.desks.behalf import SMS_A_DAY, SMS_OF_A_WORKER
from yimatong.kernel.clock import SHANGHAI
from yimatong.messages import wishes
from yimatong.messages.model import Wish
from yimatong.people.phones import check_phone

SMS = "messages_sms where key = 'messages.text.purchase'"


@pytest.fixture
async def shop(world):
    return await desk(world, "pharmacy", "460105")


@pytest.fixture
async def buyer(world):
    return await citizen(world, 1)


@pytest.mark.requirement("HI-13")
async def test_the_patient_is_told_and_the_sms_says_neither_who_nor_what(
    world, client, shop, buyer
):
    receipt = await recorded(client, shop, buyer, SALE)
    assert (receipt["facts"], receipt["asked"]) == (["temperature"], True)
    [sms] = await texts(world, PATIENT)
    assert "/purchases" in sms
    for secret in ("田", "布洛芬", "退烧", "试验门", "发热", BUYER):
        assert secret not in sms
    assert await colour(client, buyer) == "green"


@pytest.mark.requirement("HI-13")
async def test_the_sms_is_in_the_language_the_patient_wished(world, client, shop, buyer):
    async with world.database.transaction() as tx:
        await wishes.keep(tx, world.keys, check_phone(PATIENT), Wish(language="en"))
    await recorded(client, shop, buyer, SALE)
    [sms] = await texts(world, PATIENT)
    assert sms.startswith("[Yimatong] A pharmacy recorded")


async def test_at_night_it_wakes_nobody_and_is_out_in_the_morning(world, client, buyer):
    night = datetime(2026, 3, 2, 23, 30, tzinfo=SHANGHAI)
    world.clock.advance(seconds=(night - world.clock.now()).total_seconds())
    await recorded(client, await desk(world, "pharmacy", "460105"), buyer, SALE)
    morning = night.replace(hour=7, minute=0) + timedelta(days=1)
    async with world.database.transaction() as tx:
        assert await tx.fetchval(f"select next_try_at from {SMS}") == morning


@pytest.mark.parametrize(
    ("typed", "problem"),
    [("0898-66778899", "people.phone.not_mobile"),
     ("+44 20 7946 0000", "people.phone.other_country"), ("1390001", "people.phone.length"),
     ("患者", "people.phone.characters"),
     ("=1+1", "people.phone.characters"), (f"0086 {BUYER}", "desks.own_phone"),
     ("１３９ ０００１ ０００１", "desks.own_phone")],
)  # fmt: skip
async def test_a_phone_that_cannot_be_asked_is_told_and_nothing_is_kept(
    world, client, shop, buyer, typed, problem
):
    ticket = (await opening(client, shop, buyer))["ticket"]
    answer = await handed(client, shop, ticket, {**SALE, "patient": typed})
    assert (answer.status_code, problems(answer)) == (422, {"patient": problem})
    assert await rows(world, "desks_entry") == await rows(world, "desks_question") == 0
    assert await texts(world) == []


@pytest.mark.requirement("HI-13")
async def test_the_pharmacy_learns_neither_who_is_registered_nor_what_was_answered(
    world, client, shop, buyer
):
    known = await citizen(world, 2)
    first, second = [
        await recorded(client, shop, buyer, {**SALE, "patient": phone})
        for phone in (PATIENT, "13900010077")
    ]
    differ = {name for name in first if first[name] != second[name]}
    assert differ == {"id"}
    before = (await client.get("/api/v1/desk/entries", headers=shop.headers)).json()
    [question] = await waiting(client, known)
    await answered(client, known, question["id"], str(known.person))
    after = (await client.get("/api/v1/desk/entries", headers=shop.headers)).json()
    assert before == after
    taken_back = [
        await client.post(f"/api/v1/desk/entries/{one['id']}/withdrawal", headers=shop.headers)
        for one in (first, second)
    ]
    assert [(one.status_code, one.text) for one in taken_back] == [(204, "")] * 2


async def test_the_same_sale_twice_asks_once(world, client, shop, buyer):
    first, again = [await recorded(client, shop, buyer, SALE) for _ in range(2)]
    assert (again["id"], again["again"], again["asked"]) == (first["id"], True, True)
    assert await rows(world, "desks_question") == await rows(world, SMS) == 1


async def test_what_the_list_has_not_asks_nobody(world, client, shop, buyer):
    rows_ = [{"name": "<b>=1+1</b>", "quantity": 1}]
    receipt = await recorded(client, shop, buyer, {**SALE, "medicines": rows_})
    assert (receipt["asked"], receipt["read_as"][0]["facts"]) == (False, [])
    assert await rows(world, "desks_question") == await rows(world, SMS) == 0


async def test_beyond_five_a_day_to_a_number_it_waits_without_an_sms(world, client, shop, buyer):
    for quantity in range(1, SMS_A_DAY + 3):
        sale = {**SALE, "medicines": [{"name": "blf", "quantity": quantity}]}
        await recorded(client, shop, buyer, sale)
    assert await rows(world, SMS) == SMS_A_DAY
    assert await rows(world, "desks_question") == SMS_A_DAY + 2


async def test_a_worker_sends_no_more_than_so_many_a_day(world, client, shop, buyer):
    async with world.database.transaction() as tx:
        for _ in range(SMS_OF_A_WORKER):
            await limits.take(
                tx,
                world.clock,
                "desks.asking",
                shop.staff.bytes,
                SMS_OF_A_WORKER,
                timedelta(days=1),
            )
    assert (await recorded(client, shop, buyer, SALE))["asked"] is True
    assert (await rows(world, SMS), await rows(world, "desks_question")) == (0, 1)


@pytest.mark.requirement("YM-09")
async def test_the_number_and_what_was_bought_lie_nowhere_in_the_clear(
    world, client, shop, buyer, database_url
):
    await recorded(client, shop, buyer, SALE)
    for secret in (PATIENT, "布洛芬"):
        assert await tables_with(database_url, secret) == set()


@pytest.mark.requirement("HI-13")
async def test_the_receipt_says_what_each_name_was_read_as(client, shop, buyer):
    bought = [
        {"name": "ＬＨＱＷ", "quantity": 2},
        {"name": "", "quantity": ""},
        {"name": "枇杷糖", "quantity": "１"},
    ]
    receipt = await recorded(client, shop, buyer, {**SALE, "medicines": bought, "patient": ""})
    read = [(one["typed"], one["name"], len(one["facts"])) for one in receipt["read_as"]]
    assert read == [("ＬＨＱＷ", "连花清瘟", 2), ("枇杷糖", "枇杷糖", 0)]
    assert await colour(client, buyer) == "yellow"


@pytest.mark.requirement("HI-13")
async def test_the_list_is_there_for_programs_too(client, shop):
    scene = (await client.get("/api/v1/desk/scene", headers=shop.headers)).json()
    [one] = [one for one in scene["listed"] if one["name"] == "连花清瘟"]
    assert {"lhqw", "lianhuaqingwen"} <= set(one["finds"])
