"""Recording at any desk: what is kept, what counts once, what follows for the person."""

import pytest
from tests.lib.desks import VISIT, desk, handed, opening, problems, recorded
from tests.lib.gates import rows, shown
from tests.lib.logins import next_shift, resident
from tests.lib.told import told

from yimatong.desks import about


@pytest.fixture
async def person(world):
    """A green resident of Hunan."""
    login = await resident(world)
    await told(world, login.person, [("declaration", "self", 0)])
    return login


@pytest.fixture
async def clinic(world):
    return await desk(world, "fever-clinic")


async def colour(client, person):
    return (await client.get("/api/v1/code", headers=person.headers)).json()["colour"]


@pytest.mark.requirement("HI-11")
async def test_a_visit_is_kept_and_the_standing_follows(world, client, person, clinic):
    opened = await opening(client, clinic, person)
    assert (opened["name"], opened["colour"], opened["form"]) == ("田*", "green", "record")
    receipt = (await handed(client, clinic, opened["ticket"], VISIT)).json()
    assert (receipt["colour"], "case.suspected" in receipt["facts"]) == ("red", True)
    assert await colour(client, person) == "red"
    assert (
        await rows(world, "audit_event where action like 'desks.%' and purpose = 'medical_care'")
        == 2
    )
    assert await rows(world, "ledger_fact where source = 'clinic' and place is not null") == 4


async def test_the_same_sheet_sent_twice_counts_once(world, client, person, clinic):
    ticket = (await opening(client, clinic, person))["ticket"]
    first, again = [await handed(client, clinic, ticket, VISIT) for _ in range(2)]
    assert first.json() == again.json()
    other = await handed(client, clinic, ticket, {**VISIT, "temperature": "38.3"})
    assert (other.status_code, problems(other)) == (409, {"": "desks.used"})
    assert await rows(world, "desks_entry") == 1


async def test_who_is_scanned_twice_in_a_second_is_recorded_once(world, client, person, clinic):
    first = await recorded(client, clinic, person, VISIT)
    again = await recorded(client, clinic, person, VISIT)
    assert (again["id"], again["again"]) == (first["id"], True)
    changed = await recorded(client, clinic, person, {**VISIT, "temperature": "38.3"})
    assert changed["id"] != first["id"]
    assert await rows(world, "ledger_fact where kind = 'case.suspected'") == 2


async def test_bad_input_is_told_by_field_and_nothing_is_kept(world, client, person, clinic):
    ticket = (await opening(client, clinic, person))["ticket"]
    wrong = {**VISIT, "temperature": "98.6", "opinion": "", "colour": "green"}
    answer = await handed(client, clinic, ticket, wrong)
    assert answer.status_code == 422
    assert problems(answer) == {
        "temperature": "scenes.read.fahrenheit",
        "opinion": "scenes.read.missing_choice",
        "colour": "scenes.read.unknown_field",
    }
    assert await rows(world, "desks_entry") == await rows(
        world, "ledger_fact where source='clinic'"
    )
    assert (await handed(client, clinic, ticket, VISIT)).status_code == 201


@pytest.mark.requirement("HI-11")
async def test_a_follow_up_ends_what_this_clinic_recorded(world, client, person, clinic):
    await recorded(client, clinic, person, {**VISIT, "opinion": "fever"})
    opened = await opening(client, clinic, person)
    assert (opened["forms"], opened["own_facts"]) == (["record", "follow_up"], ["case.fever"])
    assert [one["values"]["opinion"] for one in opened["past"]] == ["fever"]
    sheet = {"temperature": "36.5", "outcome": "recovered"}
    receipt = (await handed(client, clinic, opened["ticket"], sheet, "follow_up")).json()
    assert receipt["ended"] == 1
    ended = (
        "ledger_fact where kind = 'case.fever' and ended_at is not null and retracts is not null"
    )
    assert await rows(world, ended) == 1
    assert (await opening(client, clinic, person))["own_facts"] == []


@pytest.mark.requirement("HI-11")
async def test_a_clinic_corrects_only_its_own(world, client, person, clinic):
    other = await desk(world, "fever-clinic", serial=2)
    await recorded(client, clinic, person, VISIT)
    opened = await opening(client, other, person)
    assert (opened["forms"], opened["past"]) == (["record"], [])
    sheet = {"temperature": "36.5", "outcome": "excluded"}
    refused = await handed(client, other, opened["ticket"], sheet, "follow_up")
    assert (refused.status_code, problems(refused)) == (409, {"": "desks.nothing_own"})
    assert await rows(world, "ledger_fact where kind = 'withdrawn'") == 0


async def test_an_entry_is_taken_back_by_its_place_alone(world, client, person, clinic):
    entry = (await recorded(client, clinic, person, VISIT))["id"]
    other = await desk(world, "fever-clinic", serial=2)
    path = f"/api/v1/desk/entries/{entry}/withdrawal"
    assert (await client.post(path, headers=other.headers)).status_code == 404
    assert await colour(client, person) == "red"
    for _ in range(2):
        assert (await client.post(path, headers=clinic.headers)).status_code == 204
    assert await colour(client, person) == "green"
    assert await rows(world, "ledger_fact where kind = 'withdrawn'") == 4


async def test_a_ticket_of_another_place_or_an_old_one_opens_nothing(
    world, client, clock, person, clinic
):
    other = await desk(world, "fever-clinic", serial=2)
    ticket = (await opening(client, clinic, person))["ticket"]
    assert problems(await handed(client, other, ticket, VISIT)) == {"": "presence.ticket.not_yours"}
    clock.advance(hours=24, minutes=11)
    late = await next_shift(world, clinic)
    assert problems(await handed(client, late, ticket, VISIT)) == {"": "presence.ticket.expired"}


async def test_what_met_no_network_is_recorded_as_of_the_scan(world, client, clock, person, clinic):
    ticket = (await opening(client, clinic, person))["ticket"]
    scanned = clock.now()
    clock.advance(hours=3)
    client.cookies.set("session", clinic.token)
    assert (await client.post("/desk/record", data={"ticket": ticket})).status_code == 403
    assert (await handed(client, clinic, ticket, VISIT)).status_code == 201
    async with world.database.transaction() as tx:
        [entry] = await tx.fetch("select at, recorded_at from desks_entry")
        fact = await tx.fetchval("select observed_at from ledger_fact where kind = 'temperature'")
    assert (entry["at"], entry["recorded_at"], fact) == (scanned, clock.now(), scanned)


@pytest.mark.requirement("HI-12")
async def test_a_course_goes_from_opening_to_release(world, client, person):
    ward = await desk(world, "observation")
    opened = await opening(client, ward, person)
    assert opened["forms"] == ["open"]
    assert opened["known"]["age"] == "36"
    begin = {"age": 36, "case_type": "suspected", "address": "试验路 1 号", "began": "2026-03-02"}
    await handed(client, ward, opened["ticket"], begin, "open")
    sheet = {"temperature": "36.8", "symptoms": ["none"]}
    two = [await opening(client, ward, person) for _ in range(2)]
    assert [one["course"]["entries"] for one in two] == [1, 1]
    await handed(client, ward, two[0]["ticket"], sheet, "each", seen=1)
    late = await handed(
        client, ward, two[1]["ticket"], {**sheet, "temperature": "37.9"}, "each", seen=1
    )
    assert (late.status_code, problems(late)) == (409, {"": "desks.went_on"})
    released = await recorded(
        client, ward, person, {"temperature": "36.5", "outcome": "recovered"}, "release"
    )
    assert released["ended"] == 1
    assert (await opening(client, ward, person))["forms"] == ["open"]
    assert await rows(world, "desks_course where released_at is not null") == 1


@pytest.mark.requirement("HI-13")
async def test_medicine_is_a_fact_and_what_was_typed_is_sealed(world, client, person):
    shop = await desk(world, "pharmacy")
    sale = {
        "temperature": "36.5", "residence": "无人知晓路 7 号", "risk_area": False,
        "fever_contact": False, "medicines": [{"name": "lhqw", "quantity": 2}],
    }  # fmt: skip
    receipt = await recorded(client, shop, person, sale)
    assert receipt["facts"] == [
        "temperature", "pharmacy.fever_medicine", "pharmacy.cough_medicine",
    ]  # fmt: skip
    async with world.database.transaction() as tx:
        kept = await tx.fetchval("select fields from people_note")
    assert "无人知晓路".encode() not in bytes(kept)


async def test_a_worker_opens_no_more_than_the_scene_says(world, client, person, clinic):
    quota = world.scenes.named("fever-clinic").quota
    async with world.database.transaction() as tx:
        await tx.execute(
            "insert into access_quota values ($1, date_trunc('hour', $2::timestamptz), $3)",
            clinic.staff,
            world.clock.now(),
            quota.hour - 1,
        )
    await opening(client, clinic, person)
    body = {"code": await shown(client, person)}
    refused = await client.post("/api/v1/desk/openings", json=body, headers=clinic.headers)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "3600")
    world.clock.advance(hours=1)
    await opening(client, clinic, person)


async def test_what_was_entered_is_known_to_the_person_and_goes_in_time(
    world, client, person, clinic
):
    await recorded(client, clinic, person, VISIT)
    page = (await client.get("/mine", headers=person.headers | {"Accept-Language": "zh"})).text
    for words in ("登记就诊", "疑似病例", "38.2 ℃", "试验路 1 号", "就诊、医学观察"):
        assert words in page
    world.clock.advance(days=30)
    async with world.database.transaction() as tx:
        assert await about.forget(tx, world.people, world.clock) == 1
    assert await rows(world, "desks_entry") == await rows(world, "people_note") == 0
