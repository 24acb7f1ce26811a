"""Declaring and checking in: what becomes a fact, what is promised, what is refused."""

import pytest
from tests.lib.logins import resident
from tests.lib.told import told

from yimatong.declarations.reading import promise_digest

HOME = {"division": "430100", "township": "一街道", "address": "一路 1 号"}
NO = dict.fromkeys(
    ("contact_case", "stay_abroad", "stay_risk_area", "contact_risk_person",
     "contact_fever_patient"), "no",
)  # fmt: skip


@pytest.fixture
async def person(world):
    return await resident(world)


def promise(world, region: str = "hunan") -> str:
    return world.library.named(region, world.clock.now()).promise.zh


def declaration(world, **changes):
    form = {"once": "a1", "kind": "resident", "symptoms": "none", **HOME, **NO}
    return form | {"promise": promise_digest(promise(world))} | changes


def check_in(world, region: str = "hunan", **changes):
    form = {"once": "b1", "temperature": "36.5", "conditions": "none", "lately": "none", **HOME}
    return form | {"promise": promise_digest(promise(world, region))} | changes


async def kinds(world, person) -> list[str]:
    async with world.database.transaction() as tx:
        rows = await tx.fetch("select kind from ledger_fact where person = $1", person.person)
    return sorted(row["kind"] for row in rows)


@pytest.mark.requirement("YN-03")
async def test_each_answer_that_matters_becomes_a_fact(world, client, person):
    form = declaration(
        world, kind="arriving", origin="420000", departure_place="某市", transport="train",
        departed_at="2026-03-01T08:00", arrived_at="2026-03-01T12:00", stay_abroad="yes",
        stay_abroad_day="2026-02-25", symptoms="dry_cough", symptoms_day="2026-03-01",
    )  # fmt: skip
    answer = await client.post("/declare", data=form, headers=person.headers)
    assert (answer.status_code, answer.headers["location"]) == (303, "/code")
    assert await kinds(world, person) == [
        "arrival.province", "declaration", "stay.abroad", "symptom.dry_cough",
    ]  # fmt: skip


@pytest.mark.requirement("HI-04", "HB-05")
async def test_a_normal_check_in_and_an_abnormal_one(world, client, person):
    await client.post("/checkin", data=check_in(world), headers=person.headers)
    assert await kinds(world, person) == ["checkin.normal", "temperature"]
    form = check_in(world, once="b2", conditions=["fever", "headache"])
    await client.post("/checkin", data=form, headers=person.headers)
    found = await kinds(world, person)
    assert {"checkin.abnormal", "symptom.fever", "symptom.other"} <= set(found)


@pytest.mark.requirement("HI-03")
async def test_fourteen_normal_days_on_the_page_make_a_yellow_person_green(world, client):
    person = await resident(world, "hainan", serial=5)
    await told(world, person.person, [("declaration", "self", 0), ("symptom.fever", "self", 0)])
    for day in range(1, 15):
        world.clock.advance(days=1)
        form = check_in(world, "hainan", once=f"d{day}", division="460100")
        answer = await client.post("/checkin", data=form, headers=person.headers)
        assert answer.status_code == 303, answer.text
        standing = (await client.get("/api/v1/standing", headers=person.headers)).json()
        assert standing["colour"] == ("green" if day == 14 else "yellow")


@pytest.mark.requirement("HB-08")
async def test_the_promise_is_kept_word_for_word_with_its_time(world, client, person):
    await client.post("/declare", data=declaration(world), headers=person.headers)
    [kept] = (await client.get("/api/v1/declarations", headers=person.headers)).json()
    assert kept["promise"]["text"] == promise(world)
    assert kept["promise"]["policy"] == "hunan@2020-03-08"
    page = await client.get("/records", headers=person.headers)
    assert promise(world) in page.text
    assert "2026-03-02 09:00" in page.text


async def test_a_form_sent_twice_counts_once(world, client, person):
    for _ in range(2):
        form = declaration(world)
        answer = await client.post("/declare", data=form, headers=person.headers)
        assert answer.status_code == 303
    assert await kinds(world, person) == ["declaration"]
    other = declaration(world, address="二路")
    assert (await client.post("/declare", data=other, headers=person.headers)).status_code == 422


BAD = [
    ("/declare", {"promise": ""}, "承诺"),
    ("/declare", {"promise": "0" * 32}, "承诺书的文字已更新"),
    ("/declare", {"once": ""}, "不完整"),
    ("/declare", {"kind": ""}, "住在本省"),
    ("/declare", {"contact_case": ""}, "是”或“否"),
    ("/declare", {"contact_case": "yes", "contact_case_day": "2026-03-09"}, "在将来"),
    ("/declare", {"contact_case": "yes", "contact_case_day": "2026-02-30"}, "不是日期"),
    ("/declare", {"contact_case": "yes", "contact_case_day": "2026-01-01"}, "超过"),
    ("/declare", {"address": "路" * 10_000}, "最多"),
    ("/declare", {"address": "路😀"}, "不能使用"),
    ("/declare", {"symptoms": ["none", "fever"]}, "不能与其他项"),
    ("/declare", {"kind": "arriving", "origin": "430000"}, "就是本省"),
    ("/declare", {"kind": "arriving", "departed_at": "2026-03-01T12:00",
                  "arrived_at": "2026-03-01T08:00"}, "早于出发"),
    ("/checkin", {"temperature": "390"}, "少了小数点"),
    ("/checkin", {"temperature": ""}, "体温"),
    ("/checkin", {"temperature": "97.7"}, "华氏"),
    ("/checkin", {"conditions": ""}, "勾选"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "change", "said"), BAD)
async def test_what_is_wrong_is_told_and_nothing_is_kept(world, client, person, path, change, said):
    form = (declaration if path == "/declare" else check_in)(world, **change)
    answer = await client.post(path, data=form, headers=person.headers | {"Accept-Language": "zh"})
    assert answer.status_code == 422
    assert said in answer.text
    assert await kinds(world, person) == []


async def test_more_than_a_sensible_number_a_day_is_told_with_the_limit(world, client, person):
    for number in range(5):
        form = check_in(world, once=f"n{number}")
        answer = await client.post("/checkin", data=form, headers=person.headers)
    assert answer.status_code == 429
    assert len([kind for kind in await kinds(world, person) if kind == "checkin.normal"]) == 4


async def test_the_api_takes_a_sheet_once_and_refuses_what_it_does_not_know(world, client, person):
    sheet = {**HOME, "temperature": 36.5, "conditions": ["none"], "lately": ["none"],
             "promise": promise(world)}  # fmt: skip
    headers = person.headers | {"Idempotency-Key": "k1"}
    first, again = [
        await client.post("/api/v1/check-ins", json=sheet, headers=headers) for _ in range(2)
    ]
    assert (first.status_code, first.json()) == (201, again.json())
    assert await kinds(world, person) == ["checkin.normal", "temperature"]
    more = await client.post("/api/v1/check-ins", json=sheet | {"colour": "green"}, headers=headers)
    assert more.status_code in (400, 422)
    assert more.headers["content-type"].startswith("application/problem+json")
