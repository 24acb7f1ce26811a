"""Medicine bought for somebody else is theirs once they say so, and until then nobody's."""

import pytest
from tests.lib.desks import desk, handed, opening, problems, recorded
from tests.lib.gates import rows
from tests.lib.logins import resident
from tests.lib.mine import with_child
from tests.lib.told import told

from yimatong.messages.service import recent

SALE = {
    "temperature": "36.5", "residence": "试验路 1 号", "risk_area": False, "fever_contact": False,
    "medicines": [{"name": "blf", "quantity": 1}], "patient": "13900010002",
}  # fmt: skip


@pytest.fixture
async def shop(world):
    return await desk(world, "pharmacy", "460105")


@pytest.fixture
async def buyer(world):
    login = await resident(world, "hainan", 1)
    await told(world, login.person, [("declaration", "self", 0)])
    return login


@pytest.fixture
async def patient(world):
    login = await resident(world, "hainan", 2)
    await told(world, login.person, [("declaration", "self", 0)])
    return login


async def colour(client, login):
    return (await client.get("/api/v1/code", headers=login.headers)).json()["colour"]


async def waiting(client, login):
    return (await client.get("/api/v1/purchases", headers=login.headers)).json()


async def answered(client, login, question, person):
    path = f"/api/v1/purchases/{question}"
    return await client.post(path, json={"person": person}, headers=login.headers)


@pytest.mark.requirement("HI-13")
async def test_it_counts_for_nobody_until_the_patient_says_so(world, client, shop, buyer, patient):
    await recorded(client, shop, buyer, SALE)
    assert [await colour(client, one) for one in (buyer, patient)] == ["green", "green"]
    async with world.database.transaction() as tx:
        [sms] = await recent(tx, world.keys, 1)
    assert (sms.phone, "/purchases" in sms.text) == ("+8613900010002", True)
    [question] = await waiting(client, patient)
    assert question["kinds"] == ["pharmacy.fever_medicine"]
    for _ in range(2):
        done = await answered(client, patient, question["id"], str(patient.person))
        assert done.status_code == 204
    assert [await colour(client, one) for one in (buyer, patient)] == ["green", "yellow"]
    assert await rows(world, "ledger_fact where kind = 'pharmacy.fever_medicine'") == 1
    assert await waiting(client, patient) == []
    other = await answered(client, patient, question["id"], None)
    assert (other.status_code, problems(other)) == (409, {"": "desks.answered"})


@pytest.mark.requirement("HI-13")
async def test_it_may_be_a_childs_and_nobody_elses(world, client, shop, buyer, patient):
    await recorded(client, shop, buyer, SALE)
    [question] = await waiting(client, patient)
    wrong = await answered(client, patient, question["id"], str(buyer.person))
    assert problems(wrong) == {"person": "desks.not_family"}
    assert (await answered(client, buyer, question["id"], None)).status_code == 404
    child = await with_child(client, patient)
    assert (await answered(client, patient, question["id"], child)).status_code == 204
    assert await rows(world, f"ledger_fact where source = 'pharmacy' and person = '{child}'") == 1


async def test_denied_or_unanswered_it_never_counts(world, client, shop, buyer, patient):
    await recorded(client, shop, buyer, SALE)
    [question] = await waiting(client, patient)
    world.clock.advance(days=7)
    assert await waiting(client, patient) == []
    late = await answered(client, patient, question["id"], str(patient.person))
    assert late.status_code == 404
    assert await rows(world, "ledger_fact where kind like 'pharmacy.%'") == 0


async def test_the_buyers_own_phone_is_told(client, shop, buyer):
    ticket = (await opening(client, shop, buyer))["ticket"]
    answer = await handed(client, shop, ticket, {**SALE, "patient": "139 0001 0001"})
    assert (answer.status_code, problems(answer)) == (422, {"patient": "desks.own_phone"})


async def test_a_number_without_an_account_finds_it_after_the_first_log_in(
    world, client, shop, buyer
):
    answer = await recorded(client, shop, buyer, SALE)
    assert answer["facts"] == ["temperature"]
    newcomer = await resident(world, "hainan", 2)
    assert len(await waiting(client, newcomer)) == 1


async def test_a_sale_that_is_taken_back_takes_the_patients_with_it(
    world, client, shop, buyer, patient
):
    entry = (await recorded(client, shop, buyer, SALE))["id"]
    [question] = await waiting(client, patient)
    await answered(client, patient, question["id"], str(patient.person))
    path = f"/api/v1/desk/entries/{entry}/withdrawal"
    assert (await client.post(path, headers=shop.headers)).status_code == 204
    assert await colour(client, patient) == "green"
    assert await rows(world, "desks_question") == 0


async def test_a_number_gets_no_more_than_five_sms_a_day(world, client, shop, buyer):
    for quantity in range(1, 8):
        sale = {**SALE, "medicines": [{"name": "blf", "quantity": quantity}]}
        await recorded(client, shop, buyer, sale)
    assert await rows(world, "messages_sms where key = 'messages.text.purchase'") == 5
    assert await rows(world, "desks_question") == 7


async def test_the_page_asks_and_the_start_page_leads_there(client, shop, buyer, patient):
    await recorded(client, shop, buyer, SALE)
    client.cookies.set("session", patient.token)
    assert "/purchases" in (await client.get("/")).text
    [question] = await waiting(client, patient)
    data = {"question": question["id"], "person": "nobody"}
    assert "购买退烧药" in (await client.get("/purchases")).text
    assert "已记下您的回答" in (await client.post("/purchases", data=data)).text
    assert "/purchases" not in (await client.get("/")).text
