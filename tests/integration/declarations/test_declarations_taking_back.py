"""“I pressed the wrong thing”: taking back on the same day, with a trace."""

import asyncio

import pytest
from tests.lib.logins import resident
from tests.lib.sheets import check_in, coming_back, declaration, kinds
from tests.lib.told import told

ZH = {"Accept-Language": "zh"}
IN_WORDS = {
    "zh": ("日本", "飞机", "2026-03-01 12:00", "14 天内有境外旅居 · 最后一天是", "乏力", "一路"),
    "en": ("Japan", "plane", "2026-03-01 12:00", "Stay abroad within 14 days", "fatigue", "Haikou"),
}
FEVER = {"conditions": "fever", "temperature": "38.2"}


@pytest.fixture
async def person(world):
    found = await resident(world, "hainan")
    await told(world, found.person, [("declaration", "self", 1)])
    return found


async def sheet(client, person, what="check-ins", at=0):
    return (await client.get(f"/api/v1/{what}", headers=person.headers)).json()[at]


async def take_back(client, person, id):
    return await client.post(f"/api/v1/records/{id}/withdrawal", headers=person.headers)


async def colour(client, person):
    return (await client.get("/api/v1/standing", headers=person.headers)).json()["colour"]


async def test_each_fact_is_withdrawn_once_and_the_trace_stays(world, client, person):
    await client.post("/checkin", data=check_in(world, **FEVER), headers=person.headers)
    assert await colour(client, person) == "yellow"
    id = (await sheet(client, person))["id"]
    for _ in range(2):
        answered = await client.post(
            "/records/take-back", data={"sheet": id}, headers=person.headers
        )
        assert answered.headers["location"] == "/records"
    assert await colour(client, person) == "green"
    assert (await kinds(world, person.person)).count("withdrawn") == 3
    assert {"checkin.abnormal", "symptom.fever"} <= set(await kinds(world, person.person))
    page = (await client.get("/records", headers=person.headers | ZH)).text
    assert "2026-03-02 09:00 已撤回" in page
    assert "撤回这一份" not in page
    assert (await sheet(client, person))["taken_back_at"].startswith("2026-03-02T09:00")


async def test_a_check_in_taken_back_is_none_and_a_new_one_counts(world, client, person):
    await client.post("/checkin", data=check_in(world), headers=person.headers)
    await take_back(client, person, (await sheet(client, person))["id"])
    assert "今天未打卡" in (await client.get("/", headers=person.headers | ZH)).text
    await client.post("/checkin", data=check_in(world, once="c2"), headers=person.headers)
    assert "今天未打卡" not in (await client.get("/", headers=person.headers | ZH)).text


async def test_it_is_on_the_record_of_what_was_done(world, client, person):
    await client.post("/return", data=coming_back(world), headers=person.headers)
    await take_back(client, person, (await sheet(client, person, "returns"))["id"])
    async with world.database.transaction() as tx:
        rows = await tx.fetch("select * from audit_event where action like 'declarations.%'")
    assert [(row["action"], row["person"]) for row in rows] == [
        ("declarations.taken_back", person.person)
    ]


async def test_not_on_another_day(world, client, person):
    world.clock.advance(hours=14, minutes=59)
    await client.post("/checkin", data=check_in(world), headers=person.headers)
    world.clock.advance(minutes=1)
    refused = await take_back(client, person, (await sheet(client, person))["id"])
    assert (refused.status_code, refused.json()["type"].split(".")[-1]) == (
        409, "too_late_to_take_back",
    )  # fmt: skip
    assert "withdrawn" not in await kinds(world, person.person)


async def test_not_another_persons_nor_one_that_is_not_there(world, client, person):
    await client.post("/checkin", data=check_in(world), headers=person.headers)
    other = await resident(world, "hainan", serial=2)
    id = (await sheet(client, person))["id"]
    assert (await take_back(client, other, id)).status_code == 404
    wrong = await client.post("/records/take-back", data={"sheet": "x"}, headers=person.headers)
    assert wrong.status_code == 404
    assert "withdrawn" not in await kinds(world, person.person)


async def test_not_more_than_twice_a_day(world, client, person):
    for number in range(3):
        form = check_in(world, once=f"n{number}", **FEVER)
        await client.post("/checkin", data=form, headers=person.headers)
    ids = [(await sheet(client, person, at=at))["id"] for at in range(3)]
    answers = [(await take_back(client, person, id)).status_code for id in ids]
    assert answers == [200, 200, 429]
    assert await colour(client, person) == "yellow"


async def test_not_an_application_that_an_issuer_has_answered(world, client):
    person = await resident(world, "shandong", serial=3)
    promise = world.library.named("shandong", world.clock.now()).promise.zh
    sheet = {
        "promise": promise, "division": "370100", "township": "一街道", "address": "一路",
        "kind": "resident", "temperature": 36.5, "symptoms": ["none"], "contact_case": False,
        "stay_abroad": False, "stay_risk_area": False, "contact_risk_person": False,
        "contact_fever_patient": False,
    }  # fmt: skip
    headers = person.headers | {"Idempotency-Key": "k"}
    id = (await client.post("/api/v1/declarations", json=sheet, headers=headers)).json()["id"]
    await told(world, person.person, [("review.refused", "issuer", 0)])
    refused = await take_back(client, person, id)
    assert (refused.status_code, refused.json()["type"].split(".")[-1]) == (409, "answered_already")


async def test_two_phones_checking_in_and_taking_back_at_once(world, client, person):
    await asyncio.gather(*(
        client.post("/checkin", data=check_in(world, once=f"p{n}"), headers=person.headers)
        for n in range(6)
    ))  # fmt: skip
    assert (await kinds(world, person.person)).count("checkin.normal") == 4
    id = (await sheet(client, person))["id"]
    answers = await asyncio.gather(*(take_back(client, person, id) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {200}
    assert (await kinds(world, person.person)).count("withdrawn") == 2


async def test_a_double_tap_and_the_back_button_count_once(world, client, person):
    form = check_in(world)
    answers = await asyncio.gather(*(
        client.post("/checkin", data=form, headers=person.headers) for _ in range(3)
    ))  # fmt: skip
    assert {answer.status_code for answer in answers} == {303}
    changed = await client.post(
        "/checkin", data=form | {"temperature": "36.8"}, headers=person.headers | ZH
    )
    assert "已经提交过" in changed.text
    assert (await kinds(world, person.person)).count("checkin.normal") == 1


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_what_was_answered_is_told_in_words(world, client, person, language):
    form = declaration(
        world, kind="arriving", origin="abroad", country="日本", departure_place="某市",
        transport="plane", departed_at="2026-03-01T08:00", arrived_at="2026-03-01T12:00",
        stay_abroad="yes", stay_abroad_day="2026-03-01", symptoms=["fever", "fatigue"],
        symptoms_day="2026-03-01",
    )  # fmt: skip
    await client.post("/declare", data=form, headers=person.headers)
    headers = person.headers | {"Accept-Language": language}
    page = (await client.get("/records", headers=headers)).text
    for said in IN_WORDS[language]:
        assert said in page
    assert "declarations." not in page
