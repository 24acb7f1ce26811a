"""Code, temperature and passage in one request: at the door of programs, many at a time."""

import asyncio

import httpx
import pytest
from tests.lib.gates import rows, shown
from tests.lib.logins import resident, worker
from tests.lib.told import told

from yimatong.access import staff
from yimatong.access.permissions import Role
from yimatong.doors.web import application
from yimatong.places import NewPlace, PlaceType, register

PATH = "/api/v1/gate/scans"
ENTRY = {"direction": "in", "reason": "home", "felt": "normal"}


async def scanned(client, guard, code: str, key: str = "scan-1", **changes):
    headers = guard.headers | {"Idempotency-Key": key}
    return await client.post(PATH, json={"code": code, **ENTRY, **changes}, headers=headers)


@pytest.fixture
async def framework(world):
    """The same product without the short cut."""
    transport = httpx.ASGITransport(application(world))
    async with httpx.AsyncClient(transport=transport, base_url="http://yimatong.test") as opened:
        yield opened


@pytest.mark.requirement("HI-08", "HN-12", "YN-05")
async def test_one_request_opens_decides_and_records(world, client, person, guard):
    answer = await scanned(client, guard, await shown(client, person), temperature="36.5")
    assert (answer.status_code, answer.json()["verdict"]) == (201, "admit")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert await rows(world, "gates_passage where temperature = 36.5") == 1
    assert await rows(world, "ledger_fact where kind = 'temperature' and source = 'gate'") == 1
    assert await rows(world, "audit_event where action = 'gates.scan'") == 1


@pytest.mark.requirement("HB-04")
async def test_a_fever_or_a_new_fact_counts_at_once(world, client, person, guard):
    code = await shown(client, person)
    hot = await scanned(client, guard, code, "a", temperature="38.2")
    assert (hot.json()["verdict"], hot.json()["fever"]) == ("refuse", True)
    await told(world, person.person, [("case.confirmed", "registry", 0)])
    red = await scanned(client, guard, code, "b")
    assert (red.json()["colour"], red.json()["verdict"]) == ("red", "refuse")


async def test_the_same_scan_sent_again_counts_once(world, client, person, guard):
    code = await shown(client, person)
    first = await scanned(client, guard, code)
    world.clock.advance(minutes=5)  # the code has expired since; the answer stays
    again = await scanned(client, guard, code)
    other = await scanned(client, guard, code, direction="out")
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert other.json()["problems"][0]["code"] == "access.idempotency.other_body"
    assert (other.status_code, await rows(world, "gates_passage")) == (422, 1)


async def test_what_arrives_together_is_kept_together_and_each_key_once(world, client, guard):
    people = [await resident(world, serial=serial) for serial in range(2, 8)]
    codes = [await shown(client, one) for one in people]
    sent = [n % 40 for n in range(80)]
    answers = await asyncio.gather(
        *(scanned(client, guard, codes[n % 6], f"scan-{n}") for n in sent)
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({(n, answer.content) for n, answer in zip(sent, answers, strict=True)}) == 40
    assert await rows(world, "gates_passage") == 40


async def test_a_bad_one_among_many_harms_nobody(world, client, person, guard):
    good = await shown(client, person)
    codes = [good, "hello", good, "YM1:" + "A" * 300, good]
    answers = await asyncio.gather(
        *(scanned(client, guard, code, str(n)) for n, code in enumerate(codes))
    )
    assert [answer.status_code for answer in answers] == [201, 422, 201, 422, 201]
    assert await rows(world, "gates_passage") == 3


async def test_nobody_scans_without_a_post_at_an_open_gate(world, client, person, guard):
    code = await shown(client, person)
    stranger = await scanned(client, type(guard)("nobody", guard.account), code)
    own = await scanned(client, person, code)
    new = NewPlace(type=PlaceType.ROAD, division="430100", township="一街道", address="一路",
                   name="未开通的卡口")  # fmt: skip
    async with world.database.transaction() as tx:
        waiting = await register(tx, world.clock, world.randomness, new)
    early = await scanned(client, await worker(world, Role.GUARD, waiting.id, serial=2), code)
    async with world.database.transaction() as tx:
        await staff.remove(tx, world.clock, guard.staff)
    removed = await scanned(client, guard, code)
    answers = (stranger, own, early, removed)
    assert [answer.status_code for answer in answers] == [401, 403, 409, 401]
    assert await rows(world, "gates_passage") == 0


BAD = {
    "code": {"code": "hello"},
    "fever": {"temperature": "390"},
    "plate": {"plate": "emoji 🚗"},
    "neither": {"felt": None},
    "direction": {"direction": "up"},
    "unknown": {"colour": "green"},
    "no text": {"code": 7},
    "more": {"more": {"boat": "x"}},
    "deep": {"more": {"boat": [[["x"]]]}},
}


@pytest.mark.parametrize("name", BAD)
async def test_both_doors_say_the_same_of_what_is_wrong(name, world, client, framework, guard):
    for language in ("zh", "en"):
        for door in (client, framework):
            door.headers["accept-language"] = language
        answers = [
            await scanned(door, guard, **{"code": "x"} | BAD[name]) for door in (client, framework)
        ]
        assert answers[0].status_code == answers[1].status_code == 422
        assert answers[0].json() == answers[1].json()
        assert answers[0].headers["content-type"] == "application/problem+json"
    assert await rows(world, "gates_passage") == 0


async def test_a_body_that_is_nested_too_deeply_is_refused(client, guard):
    body = f'{{"code": "x", "more": {{"boat": {"[" * 20000}{"]" * 20000}}}}}'
    headers = guard.headers | {"Idempotency-Key": "a", "content-type": "application/json"}
    for path in (PATH, "/api/v1/gate/passages"):
        answer = await client.post(path, content=body, headers=headers)
        assert (answer.status_code, answer.json()["problems"][0]["code"]) == (422, "web.too_deep")


async def test_both_doors_record_alike(world, client, framework, person, guard):
    code = await shown(client, person)
    short, long = (
        await scanned(client, guard, code, "a"),
        await scanned(framework, guard, code, "b"),
    )
    assert short.json() | {"passage": ""} == long.json() | {"passage": ""}
    assert await scanned(framework, guard, code, "a") is not None
    assert await rows(world, "gates_passage") == 2


async def test_without_a_key_it_is_refused(client, person, guard):
    body = {"code": await shown(client, person), **ENTRY}
    answer = await client.post(PATH, json=body, headers=guard.headers)
    assert (answer.status_code, "Idempotency-Key" in answer.text) == (422, True)
