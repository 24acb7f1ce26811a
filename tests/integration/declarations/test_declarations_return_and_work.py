"""Coming back from outside the province, and going back to work."""

import pytest
from tests.lib.logins import resident
from tests.lib.sheets import HOME, coming_back, declaration, kinds, promise, to_work
from tests.lib.told import told

ZH = {"Accept-Language": "zh"}


@pytest.fixture
async def person(world):
    return await resident(world, "hainan")


async def send(client, person, path, form):
    return await client.post(path, data=form, headers=person.headers | ZH)


async def answer(client, person):
    return (await client.get("/api/v1/work-returns/answer", headers=person.headers)).json()


@pytest.mark.requirement("HI-05")
async def test_a_plan_is_no_fact_and_an_arrival_is_one(world, client, person):
    sent = await send(client, person, "/return", coming_back(world))
    assert (sent.status_code, sent.headers["location"]) == (303, "/return/done")
    assert await kinds(world, person.person) == []
    done = await client.get("/return/done", headers=person.headers | ZH)
    assert "您计划 2026-03-09 回来" in done.text
    arrived = coming_back(world, once="r2", stage="arrived", arrived_at="2026-03-02T08:00")
    await send(client, person, "/return", arrived)
    assert await kinds(world, person.person) == ["arrival.province"]
    assert "您回来的时间已记下" in (await client.get("/return/done", headers=person.headers)).text


@pytest.mark.requirement("HI-05")
async def test_each_answer_of_a_return_that_matters_becomes_a_fact(world, client, person):
    form = coming_back(
        world, stay_risk_area="yes", stay_risk_area_day="2026-02-25", contact_case="yes",
        stay_risk_area_region="420000", contact_case_day="2026-02-24", temperature="36.6",
        contact_asymptomatic="yes", contact_asymptomatic_day="2026-02-26",
        symptoms=["fever", "throat"], symptoms_day="2026-02-27", conditions=["dry_cough"],
    )  # fmt: skip
    assert (await send(client, person, "/return", form)).status_code == 303
    assert await kinds(world, person.person) == [
        "exposure.case", "exposure.case", "stay.risk_area", "symptom.dry_cough",
        "symptom.fever", "symptom.other", "temperature",
    ]  # fmt: skip


BAD = [
    ("/return", {"stage": ""}, "计划回来，还是"),
    ("/return", {"planned_day": "2026-03-01"}, "已经过去了"),
    ("/return", {"planned_day": "2026-06-01"}, "太远了"),
    ("/return", {"planned_day": ""}, "计划的日期"),
    ("/return", {"stage": "arrived", "arrived_at": "2026-03-03T09:00"}, "在将来"),
    ("/return", {"stage": "arrived", "arrived_at": "2024-03-03T09:00"}, "一年以前"),
    ("/return", {"origin": "460000"}, "就是本省"),
    ("/return", {"left_day": "2026-03-03"}, "在将来"),
    ("/return", {"isolation_days": "两周"}, "不是天数"),
    ("/return", {"isolation_days": "99"}, "0 到 60"),
    ("/return", {"measures": "口罩" * 400}, "最多 300 个"),
    ("/return", {"health_before": "😀"}, "健康状况"),
    ("/work", {"employer": ""}, "单位的名称"),
    ("/work", {"employer": "单位😀"}, "不能使用"),
    ("/work", {"origin": "430000", "departure_place": "某市"}, "填写到达时间"),
    ("/work", {"temperature": ""}, "体温"),
    ("/work", {"promise": ""}, "承诺"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "change", "said"), BAD)
async def test_what_is_wrong_is_told_and_nothing_is_kept(world, client, person, path, change, said):
    form = (coming_back if path == "/return" else to_work)(world, **change)
    refused = await send(client, person, path, form)
    assert refused.status_code == 422
    assert said in refused.text
    assert await kinds(world, person.person) == []


@pytest.mark.requirement("HI-06")
async def test_only_green_may_start_work_and_it_is_derived_each_time(world, client, person):
    sent = await send(client, person, "/work", to_work(world))
    assert sent.headers["location"] == "/work/answer"
    assert (await answer(client, person))["state"] == "undeclared"
    for fact, answered in [
        ("declaration", "admit"), ("symptom.fever", "refuse"), ("contact.close", "refuse"),
    ]:  # fmt: skip
        source = "registry" if fact == "contact.close" else "self"
        await told(world, person.person, [(fact, source, 0)])
        assert (await answer(client, person))["answer"] == answered
    page = await client.get("/work/answer", headers=person.headers | ZH)
    assert "现在不能上岗" in page.text
    assert "密切接触" in page.text


@pytest.mark.requirement("HI-06")
async def test_a_fever_told_on_the_form_itself_keeps_one_from_work(world, client, person):
    await told(world, person.person, [("declaration", "self", 1)])
    await send(client, person, "/work", to_work(world, temperature="38.1"))
    found = await answer(client, person)
    assert (found["answer"], found["colour"], found["warmth"]) == ("refuse", "yellow", "fever")


async def test_who_has_no_temperature_of_today_has_it_taken_at_the_door(world, client, person):
    await told(world, person.person, [("declaration", "self", 1)])
    page = await client.get("/work/answer", headers=person.headers | ZH)
    assert "请在单位门口量体温" in page.text


@pytest.mark.requirement("HI-06")
async def test_the_api_takes_the_same_sheets_once(world, client, person):
    sheet = {**HOME, "promise": promise(world), "stage": "planned", "planned_day": "2026-03-05",
             "origin": "440000", "departure_place": "某市", "health_before": "well",
             "stay_risk_area": False, "contact_case": False, "contact_asymptomatic": False,
             "symptoms": ["none"], "isolation_days": 0, "conditions": ["none"]}  # fmt: skip
    headers = person.headers | {"Idempotency-Key": "k"}
    first, again = [
        await client.post("/api/v1/returns", json=sheet, headers=headers) for _ in range(2)
    ]
    assert (first.status_code, first.json()["id"]) == (201, again.json()["id"])
    assert len((await client.get("/api/v1/returns", headers=headers)).json()) == 1
    more = await client.post("/api/v1/work-returns", json=sheet, headers=headers)
    assert more.status_code in (400, 422)


async def test_a_phone_whose_clock_is_a_day_ahead_is_told_what_day_it_is(world, client, person):
    form = declaration(world, symptoms="fever", symptoms_day="2026-03-03")
    refused = await send(client, person, "/declare", form)
    assert (refused.status_code, "今天（2026-03-02）" in refused.text) == (422, True)


@pytest.mark.requirement("YN-06")
async def test_a_country_is_found_by_its_name_in_either_language(world, client, person):
    came = {"kind": "arriving", "origin": "abroad", "departure_place": "x", "transport": "plane",
            "departed_at": "2026-01-01T08:00", "arrived_at": "2026-01-02T08:00"}  # fmt: skip
    for at, country in enumerate(("日本", "japan", "JP")):
        form = declaration(world, once=f"y{at}", country=country, **came)
        assert (await send(client, person, "/declare", form)).status_code == 303
    page = await client.get("/declare", headers=person.headers | {"Accept-Language": "en"})
    assert 'value="Japan"' in page.text
    refused = await send(client, person, "/declare", declaration(world, country="日", **came))
    assert "没有找到“日”" in refused.text


async def test_what_does_not_change_is_filled_in_and_health_never_is(world, client, person):
    await send(client, person, "/work", to_work(world))
    world.clock.advance(minutes=1)
    form = coming_back(world, symptoms="fever", symptoms_day="2026-03-01", address="二路 2 号")
    await send(client, person, "/return", form)
    page = (await client.get("/work", headers=person.headers)).text
    assert 'value="二路 2 号"' in page
    assert 'value="试验单位"' in page
    assert 'id="temperature" name="temperature" type="text" value=""' in page
    assert " checked" not in page
