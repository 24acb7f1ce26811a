"""Several people in one vehicle: scanned one after the other, decided each, summed up once."""

import re

import pytest
from tests.lib.gates import opened, problem, rows, scanned, shown
from tests.lib.logins import worker
from tests.lib.told import told

from yimatong.access.permissions import Role

FIRST = {"direction": "in", "reason": "work", "felt": "normal", "plate": "湘a·12345"}
NEXT = {"felt": "normal"}


async def begun(client, guard, person) -> str:
    """The ticket of the vehicle that the person came in first."""
    ticket: str = (await scanned(client, guard, person, **FIRST)).json()["vehicle"]
    return ticket


async def company(client, guard, vehicle: str):
    return await client.post(
        "/api/v1/gate/vehicles/search", json={"vehicle": vehicle}, headers=guard.headers
    )


@pytest.mark.requirement("HI-08", "HB-04")
async def test_three_in_one_vehicle_belong_together_and_one_who_stops_is_told(
    world, client, guard, family
):
    vehicle = await begun(client, guard, family[0])
    for person in family[1:]:
        world.clock.advance(seconds=20)
        vehicle = (await scanned(client, guard, person, vehicle=vehicle, **NEXT)).json()["vehicle"]
    found = (await company(client, guard, vehicle)).json()
    assert (found["plate"], found["count"], found["answer"]) == ("湘A12345", 3, "refuse")
    assert [one["verdict"] for one in found["aboard"]] == ["admit", "admit", "refuse"]
    assert {one["name"] for one in found["aboard"]} == {"田*"}
    assert found["counts"] == {"admit": 2, "check": 0, "refuse": 1}
    async with world.database.transaction() as tx:
        kept = await tx.fetch("select vehicle, direction, reason, plate from gates_passage")
    assert len({row["vehicle"] for row in kept} - {None}) == 1
    assert {(row["direction"], row["reason"]) for row in kept} == {("in", "work")}
    assert all(row["plate"] and b"12345" not in row["plate"] for row in kept)
    assert await rows(world, "audit_event where action = 'gates.vehicle'") == 3


async def test_all_pass_is_said_where_all_pass(client, guard, family):
    vehicle = await begun(client, guard, family[0])
    await scanned(client, guard, family[1], vehicle=vehicle, **NEXT)
    assert (await company(client, guard, vehicle)).json()["answer"] == "admit"


async def test_a_vehicle_of_another_gate_or_guard_an_old_one_or_none_opens_nothing(
    world, client, clock, guard, other, family
):
    vehicle = await begun(client, guard, family[0])
    colleague = await worker(world, Role.GUARD, guard.place, 3)
    for who, ticket in ((other, vehicle), (colleague, vehicle), (guard, "x"), (guard, "湘A12345")):
        told_off = await scanned(client, who, family[1], vehicle=ticket, **NEXT)
        assert problem(told_off) == (403, "gates.vehicle.not_yours")
        assert problem(await company(client, who, ticket)) == (403, "gates.vehicle.not_yours")
    clock.advance(minutes=61)
    late = await scanned(client, guard, family[1], vehicle=vehicle, **NEXT)
    assert problem(late) == (403, "gates.vehicle.expired")
    assert await rows(world, "gates_passage") == 1


async def test_the_same_person_passes_once_in_a_vehicle(world, client, guard, family):
    vehicle = await begun(client, guard, family[0])
    code = await shown(client, family[0])
    twice = await opened(client, guard, code=code, vehicle=vehicle)
    assert problem(twice) == (409, "gates.vehicle.twice")
    ticket = (await opened(client, guard, code=code)).json()["ticket"]
    body = {"ticket": ticket, "vehicle": vehicle, **NEXT}
    late = await client.post("/api/v1/gate/passages", json=body, headers=guard.headers)
    assert problem(late) == (409, "gates.vehicle.twice")
    assert await rows(world, "gates_passage") == 1


async def test_who_was_hot_is_measured_again_and_counts_once(client, clock, guard, family):
    vehicle = await begun(client, guard, family[0])
    hot = await scanned(client, guard, family[1], vehicle=vehicle, temperature="38.0")
    assert hot.json()["verdict"] == "refuse"
    clock.advance(minutes=9)
    cooler = await scanned(client, guard, family[1], vehicle=vehicle, temperature="36.8")
    assert cooler.json()["verdict"] == "admit"
    found = (await company(client, guard, vehicle)).json()
    assert (found["count"], found["answer"]) == (2, "admit")


@pytest.mark.requirement("HI-09")
async def test_who_is_reported_in_a_vehicle_stops_in_its_sum(client, guard, family):
    vehicle = await begun(client, guard, family[0])
    ticket = (await opened(client, guard, code=await shown(client, family[1]))).json()["ticket"]
    report = {"ticket": ticket, "vehicle": vehicle, "concern": "track"}
    answer = await client.post("/api/v1/gate/reports", json=report, headers=guard.headers)
    assert (answer.status_code, answer.json()["verdict"]) == (201, "refuse")
    found = (await company(client, guard, answer.json()["vehicle"])).json()
    assert [one["verdict"] for one in found["aboard"]] == ["admit", "refuse"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"plate": "湘A99999"}, "gates.vehicle.other_plate"), ({"plate": "😀"}, "places.plate")],
)
async def test_another_plate_is_another_vehicle(world, client, guard, family, changes, code):
    vehicle = await begun(client, guard, family[0])
    answer = await scanned(client, guard, family[1], vehicle=vehicle, **NEXT, **changes)
    assert problem(answer) == (422, code)
    assert answer.json()["problems"][0]["field"] == "plate"
    assert await rows(world, "gates_passage") == 1


async def test_the_same_sent_twice_counts_once_and_goes_on_with_the_same_vehicle(
    world, client, guard, family
):
    vehicle = await begun(client, guard, family[0])
    ticket = (await opened(client, guard, code=await shown(client, family[1]))).json()["ticket"]
    body = {"ticket": ticket, "vehicle": vehicle, **NEXT}
    first, again = [
        await client.post("/api/v1/gate/passages", json=body, headers=guard.headers)
        for _ in range(2)
    ]
    assert first.json() == again.json()
    assert await rows(world, "gates_passage where vehicle is not null") == 2


async def test_a_page_keeps_what_is_the_same_for_all(client, guard, person, family):
    client.cookies.set("session", guard.token)
    english = {"accept-language": "en"}

    async def sent(path: str, **form: str) -> str:
        answer = await client.post(f"/desk/gate{path}", data=form, headers=english)
        assert answer.status_code == 200, answer.text
        return answer.text

    await sent("", code=await shown(client, family[0]))
    page = await sent("", code=await shown(client, person))
    verdict = await sent("/pass", ticket=_field(page, "ticket"), **FIRST)
    vehicle = await sent("/vehicle", vehicle=_field(verdict, "vehicle"))
    assert "1 scanned" in vehicle
    together = _field(vehicle, "vehicle")
    entry = await sent("", code=await shown(client, family[2]), vehicle=together)
    assert {"temperature"} == set(re.findall(r'<input id="(\w+)"', entry))
    assert "湘A12345" in entry
    stopped = await sent("/pass", ticket=_field(entry, "ticket"), vehicle=together, felt="normal")
    assert ("Stop" in stopped, "2 scanned" in stopped) == (True, True)
    assert "Not all pass" in await sent("/vehicle/done", vehicle=together)


def _field(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]+)"', page)[1]  # type: ignore[index]


async def test_equipment_names_a_vehicle_and_begins_none(world, client, guard, person):
    body = {"code": await shown(client, person), **FIRST}
    headers = guard.headers | {"Idempotency-Key": "a"}
    answer = await client.post("/api/v1/gate/scans", json=body, headers=headers)
    assert (answer.status_code, answer.json()["vehicle"]) == (201, None)
    assert await rows(world, "gates_passage where vehicle is not null and plate is not null") == 1


async def test_a_vehicle_has_an_end(monkeypatch, client, guard, family):
    monkeypatch.setattr("yimatong.gates.vehicle.MOST", 1)
    vehicle = await begun(client, guard, family[0])
    full = await scanned(client, guard, family[1], vehicle=vehicle, **NEXT)
    assert problem(full) == (409, "gates.vehicle.full")


async def test_who_turned_red_since_is_refused_in_the_same_vehicle(world, client, guard, family):
    vehicle = await begun(client, guard, family[0])
    await told(world, family[1].person, [("case.confirmed", "registry", 0)])
    answer = await scanned(client, guard, family[1], vehicle=vehicle, **NEXT)
    assert answer.json()["verdict"] == "refuse"
