"""A guard's scan over the API: who may open whom, what is decided, what is kept."""

import pytest
from tests.lib.gates import next_shift, opened, rows, shown
from tests.lib.told import told

ENTRY = {"direction": "in", "reason": "home", "temperature": "36.5"}


async def passed(client, guard, ticket: str, **changes):
    body = {"ticket": ticket, **ENTRY, **changes}
    return await client.post("/api/v1/gate/passages", json=body, headers=guard.headers)


@pytest.mark.requirement("HI-08", "HN-12", "HB-04")
async def test_a_green_person_without_fever_passes_and_the_passage_is_kept(
    world, client, person, guard
):
    opening = (await opened(client, guard, code=await shown(client, person))).json()
    assert (opening["colour"], opening["shape"], opening["name"]) == ("green", "circle", "田*")
    answer = await passed(client, guard, opening["ticket"], plate="湘A12345")
    assert (answer.status_code, answer.json()["verdict"]) == (201, "admit")
    assert await rows(world, "gates_passage") == 1
    assert await rows(world, "ledger_fact where kind = 'temperature'") == 1
    assert await rows(world, "audit_event where action = 'gates.scan'") == 1


@pytest.mark.requirement("HI-08")
async def test_the_same_passage_sent_twice_counts_once(world, client, person, guard):
    ticket = (await opened(client, guard, code=await shown(client, person))).json()["ticket"]
    first, again = [await passed(client, guard, ticket) for _ in range(2)]
    assert first.json() == again.json()
    assert await rows(world, "gates_passage") == 1
    other = await passed(client, guard, ticket, temperature="38.0")
    assert other.json()["problems"][0]["code"] == "presence.ticket.used"


@pytest.mark.requirement("YN-05", "HB-04")
async def test_fever_is_refused_at_once_and_recorded(world, client, person, guard):
    ticket = (await opened(client, guard, code=await shown(client, person))).json()["ticket"]
    answer = (await passed(client, guard, ticket, temperature="38.0")).json()
    assert (answer["verdict"], answer["fever"]) == ("refuse", True)


@pytest.mark.requirement("YN-05", "HN-12")
async def test_after_a_registry_fact_the_same_code_is_refused(world, client, person, guard):
    code = await shown(client, person)
    await told(world, person.person, [("case.confirmed", "registry", 0)])
    opening = (await opened(client, guard, code=code)).json()
    assert opening["colour"] == "red"
    assert (await passed(client, guard, opening["ticket"])).json()["verdict"] == "refuse"


@pytest.mark.requirement("HI-09")
async def test_a_guard_sees_the_passages_of_14_days_and_reports_a_suspicious_track(
    world, client, person, guard
):
    ticket = (await opened(client, guard, code=await shown(client, person))).json()["ticket"]
    await passed(client, guard, ticket)
    world.clock.advance(days=13)
    guard = await next_shift(world, guard)
    ticket = (await opened(client, guard, code=await shown(client, person))).json()["ticket"]
    search = {"json": {"ticket": ticket}, "headers": guard.headers}
    seen = (await client.post("/api/v1/gate/passages/search", **search)).json()
    assert [one["verdict"] for one in seen] == ["admit"]
    report = {"ticket": ticket, "concern": "track", "note": "绕行"}
    told_off = await client.post("/api/v1/gate/reports", json=report, headers=guard.headers)
    assert told_off.json()["verdict"] == "refuse"
    assert await rows(world, "gates_report") == 1
    assert (await passed(client, guard, ticket)).status_code == 409
    world.clock.advance(days=2)
    guard = await next_shift(world, guard)
    ticket = (await opened(client, guard, code=await shown(client, person))).json()["ticket"]
    search = {"json": {"ticket": ticket}, "headers": guard.headers}
    assert len((await client.post("/api/v1/gate/passages/search", **search)).json()) == 1


@pytest.mark.requirement("HI-09")
async def test_a_report_after_a_passage_refuses_and_counts_once(world, client, person, guard):
    ticket = (await opened(client, guard, code=await shown(client, person))).json()["ticket"]
    assert (await passed(client, guard, ticket)).json()["verdict"] == "admit"
    report = {"ticket": ticket, "concern": "track"}
    for _ in range(2):
        told_off = await client.post("/api/v1/gate/reports", json=report, headers=guard.headers)
        assert told_off.json()["verdict"] == "refuse"
    assert told_off.json()["to_do"].startswith("上报已保存")
    assert await rows(world, "gates_report") == 1
    assert await rows(world, "gates_passage") == 2


@pytest.mark.parametrize(
    ("field", "typed"),
    [("temperature", "390"), ("temperature", "warm"), ("temperature", "36.55"), ("plate", "😀")],
)
async def test_what_cannot_be_is_told_at_its_field_and_nothing_is_kept(
    world, client, person, guard, field, typed
):
    ticket = (await opened(client, guard, code=await shown(client, person))).json()["ticket"]
    refused = await passed(client, guard, ticket, **{field: typed})
    assert refused.status_code == 422
    assert refused.json()["problems"][0]["field"] == field
    assert await rows(world, "gates_passage") == 0
    assert await rows(world, "ledger_fact where kind = 'temperature'") == 0


async def test_a_resident_may_not_scan(client, person):
    assert (await opened(client, person, code="x")).status_code == 403
