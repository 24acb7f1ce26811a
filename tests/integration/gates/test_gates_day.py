"""A gate's day, its counts and its reports: of its own gate alone, and each look on record."""

from datetime import timedelta

import pytest
from tests.lib.gates import asked, next_shift, opened, problem, rows, scanned, shown
from tests.lib.logins import resident, worker

from yimatong.access import staff
from yimatong.access.permissions import Role

ENTRY = {"direction": "in", "reason": "home", "felt": "normal"}


@pytest.mark.requirement("HI-08")
async def test_the_day_lists_each_passage_masked_and_on_record(world, client, guard, person):
    await scanned(client, guard, person, **ENTRY)
    world.clock.advance(hours=1)
    await scanned(client, guard, person, **ENTRY, plate="湘A12345")
    await scanned(client, guard, person, **{**ENTRY, "direction": "out"}, temperature="38.0")
    lines = await asked(client, guard, "passages")
    told = [(one["direction"], one["verdict"], one["has_plate"], one["vehicle"], one["aboard"])
            for one in lines]  # fmt: skip
    assert sorted(told) == [
        ("in", "admit", False, None, None), ("in", "admit", True, 1, 1),
        ("out", "refuse", False, None, None),
    ]  # fmt: skip
    assert {one["name"] for one in lines} == {"田*"}
    assert not {"person", "document_tail", "plate"} & set(lines[0])
    assert await rows(world, "audit_event where action = 'gates.day' and person is not null") == 1
    stopped = await asked(client, guard, "passages", verdict="refuse")
    assert [one["direction"] for one in stopped] == ["out"]


async def test_counts_are_by_answer_direction_and_hour_and_name_nobody(
    world, client, guard, person
):
    await scanned(client, guard, person, **ENTRY)
    world.clock.advance(hours=2)
    await scanned(client, guard, person, **{**ENTRY, "direction": "out"})
    await scanned(client, guard, person, **{**ENTRY, "felt": "abnormal"})
    counts = await asked(client, guard, "counts")
    assert (counts["count"], counts["directions"]) == (3, {"in": 2, "out": 1})
    assert counts["verdicts"] == {"admit": 2, "check": 0, "refuse": 1}
    assert [(one["hour"], one["count"]) for one in counts["hours"]] == [(9, 1), (11, 2)]
    assert await rows(world, "audit_event where action = 'gates.day'") == 0


async def test_another_gate_sees_none_of_it_on_any_page(world, client, guard, other, person):
    await scanned(client, guard, person, **ENTRY)
    for page in (0, 1, 9999, 10**9):
        assert await asked(client, other, "passages", page=page) == []
        assert await asked(client, other, "reports", page=page) == []
    assert (await asked(client, other, "counts"))["count"] == 0
    assert await asked(client, guard, "passages", page=-1) != []
    assert await rows(world, "audit_event where action = 'gates.day'") == 1


async def test_twenty_stand_on_a_page(world, client, guard):
    people = [await resident(world, serial=serial) for serial in range(10, 31)]
    for one in people:
        await scanned(client, guard, one, **ENTRY)
    pages = [await asked(client, guard, "passages", page=page) for page in (0, 1, 2)]
    assert [len(page) for page in pages] == [20, 1, 0]


@pytest.mark.parametrize(("days", "status"), [(0, 200), (14, 200), (15, 422), (-1, 422)])
async def test_a_day_ahead_or_too_long_ago_is_refused(client, clock, guard, days, status):
    day = clock.now().date() - timedelta(days=days)
    for path in ("passages", "counts"):
        query = {"day": day.isoformat()}
        answer = await client.get(f"/api/v1/gate/{path}", params=query, headers=guard.headers)
        assert answer.status_code == status
    page = await client.get(f"/desk/gate/day?day={day}", headers=guard.headers)
    assert page.status_code == status


async def test_the_page_of_a_day_stands_whatever_its_address_says(client, guard, person):
    await scanned(client, guard, person, **ENTRY, plate="湘A12345")
    for query in ("", "?day=x&page=x&verdict=x", "?page=99999999999", "?verdict=admit&page=0"):
        page = await client.get(f"/desk/gate/day{query}", headers=guard.headers)
        assert (page.status_code, "田*" in page.text) == (200, True)
        assert "12345" not in page.text


@pytest.mark.requirement("HI-09")
async def test_the_reports_of_a_gate_are_read_there_for_14_days(
    world, client, guard, other, person
):
    ticket = (await opened(client, guard, code=await shown(client, person))).json()["ticket"]
    report = {"ticket": ticket, "concern": "track", "note": "绕行"}
    await client.post("/api/v1/gate/reports", json=report, headers=guard.headers)
    [found] = await asked(client, guard, "reports")
    assert (found["name"], found["concern"], found["note"], found["mine"]) == (
        "田*", "track", "绕行", True,
    )  # fmt: skip
    assert await asked(client, other, "reports") == []
    assert await rows(world, "audit_event where action = 'gates.reports'") == 1
    assert "绕行" in (await client.get("/desk/gate/reports", headers=guard.headers)).text
    world.clock.advance(days=14, seconds=1)
    assert await asked(client, await next_shift(world, guard), "reports") == []


@pytest.mark.requirement("HI-09")
async def test_a_guard_reads_the_own_reports_and_who_answers_for_the_gate_all(
    world, client, guard, person
):
    ticket = (await opened(client, guard, code=await shown(client, person))).json()["ticket"]
    report = {"ticket": ticket, "concern": "track", "note": "绕行"}
    await client.post("/api/v1/gate/reports", json=report, headers=guard.headers)
    colleague = await worker(world, Role.GUARD, guard.place, serial=77)
    assert await asked(client, colleague, "reports") == []
    assert "绕行" not in (await client.get("/desk/gate/reports", headers=colleague.headers)).text
    async with world.database.transaction() as tx:
        await staff.set_manager(tx, colleague.staff, manager=True)
    assert [one["mine"] for one in await asked(client, colleague, "reports")] == [False]
    page = await client.get("/desk/gate/reports", headers=colleague.headers)
    assert "绕行" in page.text
    assert "因为您负责本关口" in page.text


@pytest.mark.requirement("HI-09")
async def test_a_track_over_two_prefectures_is_marked_and_refuses_nobody(
    world, client, guard, other, person
):
    await scanned(client, other, person, **ENTRY)
    world.clock.advance(minutes=20)
    assert (await scanned(client, guard, person, **ENTRY)).json()["verdict"] == "admit"
    ticket = (await opened(client, guard, code=await shown(client, person))).json()["ticket"]
    search = {"json": {"ticket": ticket}, "headers": guard.headers}
    seen = (await client.post("/api/v1/gate/passages/search", **search)).json()
    assert [one["mark"] for one in seen] == ["far_apart", "far_apart"]
    page = await client.post("/desk/gate/passages", data={"ticket": ticket}, headers=guard.headers)
    assert "有 2 条值得一看" in page.text
    assert await rows(world, "gates_passage where verdict <> 'admit'") == 0


async def test_a_guard_of_a_closed_gate_reads_nothing(world, client, guard):
    async with world.database.transaction() as tx:
        await tx.execute("update places_place set state = 'closed' where id = $1", guard.place)
    for path in ("scene", "passages", "counts", "reports", "handovers"):
        answer = await client.get(f"/api/v1/gate/{path}", headers=guard.headers)
        assert problem(answer) == (409, "places.not_open")
