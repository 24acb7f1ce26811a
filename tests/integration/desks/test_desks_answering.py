"""What the patient says of medicine that was bought for them, and what follows."""

import asyncio
import uuid

import pytest
from tests.integration.people.test_people_join import joined
from tests.lib.desks import desk, problems, recorded
from tests.lib.gates import resealed, rows
from tests.lib.logins import Login, resident
from tests.lib.mine import deleted, with_child
from tests.lib.purchases import PATIENT, SALE, answered, citizen, colour, waiting

from yimatong.access import sessions
from yimatong.desks.behalf import GOOD_FOR, unsealed
from yimatong.doors.worker import forget_all
from yimatong.people.phones import check_phone
from yimatong.web.session import session_cookie

MEDICINE = "ledger_fact where kind like 'pharmacy.%'"


@pytest.fixture
async def shop(world):
    return await desk(world, "pharmacy", "460105")


@pytest.fixture
async def patient(world):
    return await citizen(world, 2)


@pytest.fixture
async def sold(world, client, shop):
    """The entry of a sale to somebody else for the patient."""
    entry: str = (await recorded(client, shop, await citizen(world, 1), SALE))["id"]
    return entry


@pytest.mark.requirement("HI-13")
async def test_it_counts_for_nobody_until_the_patient_says_so(world, client, shop, sold, patient):
    sale = world.clock.now()
    world.clock.advance(hours=3)
    [question] = await waiting(client, patient)
    assert (question["place"], question["kinds"]) == ("试验门", ["pharmacy.fever_medicine"])
    assert question["values"] == {"medicines": [{"name": "布洛芬", "quantity": 1}]}
    assert (await colour(client, patient), await rows(world, MEDICINE)) == ("green", 0)
    for _ in range(2):
        done = await answered(client, patient, question["id"], str(patient.person))
        assert done.status_code == 204
    assert await colour(client, patient) == "yellow"
    async with world.database.transaction() as tx:
        [fact] = await tx.fetch(f"select * from {MEDICINE}")
    assert (fact["observed_at"], fact["recorded_at"]) == (sale, world.clock.now())
    assert (fact["place"], fact["recorder"]) == (shop.place, shop.account)
    assert await waiting(client, patient) == []


@pytest.mark.requirement("HI-13")
async def test_it_may_be_a_childs_and_is_nobody_elses(world, client, sold, patient):
    other = await citizen(world, 3)
    [question] = await waiting(client, patient)
    wrong = await answered(client, patient, question["id"], str(other.person))
    assert problems(wrong) == {"person": "desks.not_family"}
    for id in (question["id"], str(uuid.UUID(int=7))):
        missing = await answered(client, other, id, None)
        assert (missing.status_code, problems(missing)) == (404, {"": "desks.no_question"})
    child = await with_child(client, patient)
    assert (await answered(client, patient, question["id"], child)).status_code == 204
    assert await rows(world, f"{MEDICINE} and person = '{child}'") == await rows(world, MEDICINE)
    acts = "audit_event where action = 'desks.answered' and purpose = 'family'"
    assert await rows(world, f"{acts} and person = '{child}'") == 1


@pytest.mark.requirement("HI-13")
async def test_denied_it_ends_and_cannot_be_taken_on_later(world, client, sold, patient):
    [question] = await waiting(client, patient)
    for _ in range(2):
        assert (await answered(client, patient, question["id"], None)).status_code == 204
    late = await answered(client, patient, question["id"], str(patient.person))
    assert (late.status_code, problems(late)) == (409, {"": "desks.answered"})
    assert (await colour(client, patient), await rows(world, MEDICINE)) == ("green", 0)


@pytest.mark.requirement("HI-13")
async def test_unanswered_for_seven_days_it_never_counts_and_is_erased(
    world, client, sold, patient
):
    [question] = await waiting(client, patient)
    world.clock.advance(seconds=GOOD_FOR.total_seconds())
    assert await waiting(client, patient) == []
    late = await answered(client, patient, question["id"], str(patient.person))
    assert (late.status_code, problems(late)) == (404, {"": "desks.no_question"})
    await forget_all(world)
    assert (await rows(world, "desks_question"), await rows(world, MEDICINE)) == (0, 0)
    assert await rows(world, "desks_entry") == 1  # the pharmacy's own, for tracing


async def test_two_phones_that_answer_at_once_record_it_once(world, client, sold, patient):
    [question] = await waiting(client, patient)
    async with world.database.transaction() as tx:
        token = await sessions.start(
            tx, world.clock, world.randomness, patient.account, person=patient.person
        )
    both = patient, Login(token, patient.account, patient.person)
    done = await asyncio.gather(
        *(answered(client, one, question["id"], str(patient.person)) for one in both)
    )
    assert [one.status_code for one in done] == [204, 204]
    assert await rows(world, MEDICINE) == 1


@pytest.mark.requirement("HI-13")
async def test_a_number_without_an_account_finds_it_after_the_first_log_in(world, client, sold):
    async with world.database.transaction() as tx:
        account = await world.people.account_for(tx, check_phone(PATIENT))
        token = await sessions.start(tx, world.clock, world.randomness, account)
    client.cookies.set(session_cookie(secure=False), token)
    page = (await client.get("/purchases")).text
    assert ("/card" in page, "布洛芬 × 1" in page) == (True, True)
    newcomer = await resident(world, "hainan", 2)
    [question] = await waiting(client, newcomer)
    done = await answered(client, newcomer, question["id"], str(newcomer.person))
    assert done.status_code == 204


@pytest.mark.requirement("HI-13")
async def test_a_sale_taken_back_takes_the_patients_facts_with_it(
    world, client, shop, sold, patient
):
    [question] = await waiting(client, patient)
    await answered(client, patient, question["id"], str(patient.person))
    path = f"/api/v1/desk/entries/{sold}/withdrawal"
    assert (await client.post(path, headers=shop.headers)).status_code == 204
    assert await colour(client, patient) == "green"
    gone = await answered(client, patient, question["id"], str(patient.person))
    assert (gone.status_code, await rows(world, "desks_question")) == (404, 0)


async def test_a_sale_taken_back_ends_the_question(world, client, shop, sold, patient):
    assert len(await waiting(client, patient)) == 1
    await client.post(f"/api/v1/desk/entries/{sold}/withdrawal", headers=shop.headers)
    assert await waiting(client, patient) == []
    assert await rows(world, MEDICINE) == 0


@pytest.mark.requirement("YM-08")
async def test_it_is_in_the_copy_and_goes_with_the_account(world, client, sold, patient):
    child = await with_child(client, patient)
    [question] = await waiting(client, patient)
    mine = (await client.get("/api/v1/mine", headers=patient.headers)).json()
    assert [one["id"] for one in mine["purchases"]] == [question["id"]]
    await client.put("/api/v1/family/acting", json={"person": child}, headers=patient.headers)
    theirs = (await client.get("/api/v1/mine", headers=patient.headers)).json()
    assert (theirs["person"], theirs["purchases"]) == (child, [])
    own = {"person": str(patient.person)}
    await client.put("/api/v1/family/acting", json=own, headers=patient.headers)
    world.clock.advance(minutes=2)
    await deleted(world, client, patient)
    assert await rows(world, "desks_question") == 0


@pytest.mark.requirement("HB-07")
async def test_joined_registrations_find_what_was_asked_of_the_number_left_behind(
    world, client, shop, sold, patient
):
    [question] = await waiting(client, patient)
    await answered(client, patient, question["id"], str(patient.person))
    world.clock.advance(minutes=6)
    later = {**SALE, "medicines": [{"name": "lhqw", "quantity": 3}]}
    await recorded(client, shop, await citizen(world, 4), later)
    third = await citizen(world, 3)
    world.clock.advance(minutes=2)
    assert (await joined(world, client, third.token, PATIENT)).status_code == 303
    async with world.database.transaction() as tx:
        account = await world.people.find_account(tx, check_phone("13900010003"))
        token = await sessions.start(
            tx, world.clock, world.randomness, account, person=patient.person
        )
    kept = Login(token, account, patient.person)
    assert [one["kinds"] for one in await waiting(client, kept)] == [
        ["pharmacy.fever_medicine", "pharmacy.cough_medicine"]
    ]
    assert await colour(client, kept) == "yellow"


@pytest.mark.requirement("YM-09")
async def test_after_a_rotation_it_opens_without_the_old_key(world, client, sold):
    alone = await resealed(world)
    async with world.database.transaction() as tx:
        row = await tx.fetchrow("select id, content from desks_question")
    assert unsealed(alone, row["id"], row["content"]).values["medicines"][0]["name"] == "布洛芬"


async def test_the_pages_ask_answer_and_lead_there_while_something_waits(
    world, client, sold, patient
):
    client.cookies.set(session_cookie(secure=False), patient.token)
    for path in ("/", "/notices"):
        assert 'href="/purchases"' in (await client.get(path)).text
    [question] = await waiting(client, patient)
    assert "布洛芬 × 1" in (await client.get("/purchases")).text
    empty = await client.post("/purchases", data={"question": question["id"]})
    assert (empty.status_code, "还没有选" in empty.text) == (422, True)
    data = {"question": question["id"], "person": "nobody"}
    assert "不是你们的" in (await client.post("/purchases", data=data)).text
    for path in ("/", "/notices"):
        assert 'href="/purchases"' not in (await client.get(path)).text
    again = await client.post("/purchases", data={"question": "x", "person": "nobody"})
    assert (again.status_code, "作废" in again.text) == (404, True)
