"""A shift is handed over once, seen by the next guard, and taken over once."""

import uuid

import pytest
from tests.lib.dump import tables_with
from tests.lib.gates import asked, next_shift, problem, resealed, rows, scanned
from tests.lib.logins import worker

from yimatong.access.permissions import Role
from yimatong.doors.worker import forget_all

ENTRY = {"direction": "in", "reason": "home", "felt": "normal"}
OPEN = "孙某说下午带证件再来"


async def handed(client, guard, note: str = OPEN, key: str = "h1"):
    headers = guard.headers | {"Idempotency-Key": key}
    return await client.post("/api/v1/gate/handovers", json={"note": note}, headers=headers)


async def taken(client, guard, handover: str):
    path = f"/api/v1/gate/handovers/{handover}/taking"
    return await client.post(path, headers=guard.headers)


@pytest.fixture
async def second(world, guard):
    """Another guard of the same gate."""
    return await worker(world, Role.GUARD, guard.place, 3)


@pytest.mark.requirement("HI-08")
async def test_a_shift_is_handed_over_with_its_own_counts(world, client, guard, second, person):
    await scanned(client, guard, person, **ENTRY)
    await scanned(client, guard, person, **{**ENTRY, "felt": "abnormal"})
    await scanned(client, second, person, **ENTRY)
    world.clock.advance(hours=8)
    found = (await handed(client, guard)).json()
    assert found["counts"] == {"admit": 1, "check": 0, "refuse": 1}
    assert (found["by"], found["note"], found["mine"]) == ("卫*", OPEN, True)
    assert (found["since"][11:16], found["at"][11:16]) == ("09:00", "17:00")
    world.clock.advance(hours=1)
    await scanned(client, guard, person, **ENTRY)
    again = (await handed(client, guard, "", "h2")).json()
    assert (again["counts"]["admit"], again["since"][11:16]) == (1, "17:00")


async def test_the_next_guard_sees_it_until_it_is_taken_over(world, client, guard, second):
    id = (await handed(client, guard)).json()["id"]
    english = {"accept-language": "en"}
    own = await client.get("/desk/gate", headers=guard.headers | english)
    assert "Left by the last shift" not in own.text
    page = await client.get("/desk/gate", headers=second.headers | english)
    assert ("Left by the last shift" in page.text, OPEN in page.text) == (True, True)
    world.clock.advance(minutes=5)
    first, later = [(await taken(client, second, id)).json() for _ in range(2)]
    assert (first["taken_by"], first["taken_at"][11:16]) == ("卫*", "09:05")
    assert first == later
    page = await client.get("/desk/gate", headers=second.headers | english)
    assert "Left by the last shift" not in page.text


async def test_tapped_twice_it_counts_once(world, client, guard, second):
    first, again = [(await handed(client, guard)).json() for _ in range(2)]
    assert first == again
    other = await handed(client, guard, "其他")
    assert problem(other) == (422, "access.idempotency.other_body")
    client.cookies.set("session", second.token)
    form = {"once": "a", "note": OPEN}
    for _ in range(2):
        done = await client.post("/desk/gate/handover", data=form)
        assert done.status_code == 303
    assert await rows(world, "gates_handover") == 2


async def test_nobody_takes_over_from_the_same_log_in_but_from_an_earlier_one(world, client, guard):
    id = (await handed(client, guard)).json()["id"]
    assert problem(await taken(client, guard, id)) == (409, "gates.handover.own")
    world.clock.advance(hours=12)
    assert (await taken(client, await next_shift(world, guard), id)).status_code == 200


async def test_a_hand_over_of_another_gate_or_none_is_not_found(
    world, client, guard, second, other
):
    id = (await handed(client, guard)).json()["id"]
    for who, wanted in ((other, id), (second, uuid.UUID(int=9))):
        assert problem(await taken(client, who, wanted)) == (404, "gates.handover.unknown")
    assert await asked(client, other, "handovers") == []
    client.cookies.set("session", second.token)
    for wanted in ("", "x", str(uuid.UUID(int=9))):
        form = {"handover": wanted}
        assert (await client.post("/desk/gate/handover/taking", data=form)).status_code == 404
    assert await rows(world, "gates_handover where taken_by is not null") == 0


async def test_a_note_of_501_characters_is_refused_and_nothing_is_kept(world, client, guard):
    assert problem(await handed(client, guard, "记" * 501)) == (422, "gates.note_length")
    client.cookies.set("session", guard.token)
    form = {"once": "a", "note": "记" * 501}
    page = await client.post("/desk/gate/handover", data=form)
    assert (page.status_code, "记" * 501 in page.text) == (422, True)
    assert await rows(world, "gates_handover") == 0
    assert (await handed(client, guard, "记" * 500, "h2")).status_code == 201


async def test_a_closed_gate_hands_nothing_over(world, client, guard):
    async with world.database.transaction() as tx:
        await tx.execute("update places_place set state = 'closed' where id = $1", guard.place)
    assert problem(await handed(client, guard)) == (409, "places.not_open")
    client.cookies.set("session", guard.token)
    for path in ("handover", "handover/taking"):
        assert (await client.post(f"/desk/gate/{path}", data={"once": "a"})).status_code == 409
    assert await rows(world, "gates_handover") == 0


@pytest.mark.requirement("YM-09")
async def test_a_note_is_sealed_and_erased_after_14_days(world, client, database_url, guard):
    id = uuid.UUID((await handed(client, guard)).json()["id"])
    assert await tables_with(database_url, OPEN) == set()
    alone = await resealed(world)
    async with world.database.transaction() as tx:
        note = await tx.fetchval("select note from gates_handover")
    assert alone.open(note, b"gates.handover:" + id.bytes).decode() == OPEN
    world.clock.advance(days=14)
    await forget_all(world)
    assert await rows(world, "gates_handover") == 1
    world.clock.advance(seconds=1)
    await forget_all(world)
    assert await rows(world, "gates_handover") == 0


async def test_the_last_fourteen_are_listed(world, client, guard):
    for number in range(16):
        world.clock.advance(minutes=1)
        await handed(client, guard, str(number), f"h{number}")
    listed = await asked(client, guard, "handovers")
    assert [one["note"] for one in listed] == [str(number) for number in range(15, 1, -1)]
