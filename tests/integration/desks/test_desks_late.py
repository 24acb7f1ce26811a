"""Who is scanned without a network is recorded once, as of the scan, if the code was good then."""

import uuid

import pytest
from tests.lib.desks import VISIT, desk, opening, problems
from tests.lib.gates import rows, shown
from tests.lib.logins import next_shift, resident
from tests.lib.told import told

from yimatong.places import PlaceType

ONCE = str(uuid.UUID(int=7))
SALE = {
    "temperature": "36.5", "medicines": [{"name": "blf", "quantity": 1}], "residence": "试验路",
    "risk_area": False, "fever_contact": False,
}  # fmt: skip
FORM = {
    "temperature": "36.5", "medicines.0.name": "blf", "medicines.0.quantity": "1",
    "residence": "试验路", "risk_area": "no", "fever_contact": "no",
}  # fmt: skip


@pytest.fixture
async def person(world):
    login = await resident(world, "hainan")
    await told(world, login.person, [("declaration", "self", 0)])
    return login


@pytest.fixture
async def shop(world):
    return await desk(world, "pharmacy", "460105")


async def sent(client, at, code, seconds, once=ONCE, values=SALE):
    body = {"code": code, "seconds": seconds, "once": once, "values": values}
    return await client.post("/api/v1/desk/entries/late", json=body, headers=at.headers)


async def told_at(world) -> list[str]:
    async with world.database.transaction() as tx:
        found = await tx.fetch("select observed_at from ledger_fact where source = 'pharmacy'")
    return sorted({f"{row[0].astimezone(world.clock.now().tzinfo):%H:%M}" for row in found})


@pytest.mark.requirement("HI-13")
async def test_it_is_recorded_once_as_of_the_scan(world, client, person, shop):
    code = await shown(client, person)
    world.clock.advance(hours=3)
    shop = await next_shift(world, shop)
    first = await sent(client, shop, code, 3 * 3600)
    again = await sent(client, shop, code, 3 * 3600 + 20)
    assert (first.status_code, first.json()) == (201, again.json())
    assert "pharmacy.fever_medicine" in first.json()["facts"]
    assert await told_at(world) == ["09:00"]
    assert await rows(world, "desks_entry") == 1
    assert await rows(world, "audit_event where action = 'desks.record'") == 1


@pytest.mark.parametrize(
    ("hours", "seconds", "code"),
    [(1, 0, "presence.code.expired"), (1, 3600 - 200, "presence.code.expired"),
     (1, 3600 + 400, "presence.code.not_yet_valid"), (1, -1, "desks.late.when"),
     (25, 25 * 3600, "desks.late.when")],
)  # fmt: skip
async def test_a_moment_that_the_code_does_not_bear_out_is_refused(
    world, client, person, shop, hours, seconds, code
):
    text = await shown(client, person)
    world.clock.advance(hours=hours)
    answer = await sent(client, await next_shift(world, shop), text, seconds)
    assert (answer.status_code, code in problems(answer).values()) == (422, True)
    assert await rows(world, "desks_entry") == 0


async def test_it_is_for_desks_that_need_no_answer_at_once(world, client, person):
    ward = await desk(world, "observation", serial=2)
    answer = await sent(client, ward, await shown(client, person), 0)
    assert (answer.status_code, problems(answer)) == (409, {"": "desks.late.not_here"})
    assert 'id="late"' not in (await client.get("/desk/record", headers=ward.headers)).text


async def test_what_is_wrong_comes_back_to_be_corrected_without_the_person(
    world, client, person, shop
):
    code = await shown(client, person)
    world.clock.advance(hours=1)
    late = {"code": code, "seconds": "3600", "once": ONCE, "form": "record"}
    shop = await next_shift(world, shop)
    client.cookies.set("session", shop.token)
    page = await client.post("/desk/record/late", data={**late, **FORM, "temperature": "98.6"})
    assert page.status_code == 422
    assert "像是华氏度" in page.text
    assert "田*" not in page.text
    ticket = page.text.split('name="ticket" value="')[1].split('"')[0]
    again = {"ticket": ticket, "form": "record", **FORM}
    wrong = await client.post("/desk/record/save", data={**again, "temperature": "98.6"})
    assert (wrong.status_code, "没有网络时登记的一条" in wrong.text) == (422, True)
    assert "已登记" in (await client.post("/desk/record/save", data=again)).text
    assert await told_at(world) == ["09:00"]


async def test_each_counts_towards_the_quota(world, client, person, shop):
    code = await shown(client, person)
    most = world.scenes.named("pharmacy").quota.hour
    async with world.database.transaction() as tx:
        await tx.execute(
            "insert into access_quota (staff, hour, count) values ($1, $2, $3)",
            shop.staff, world.clock.now(), most,
        )  # fmt: skip
    assert (await sent(client, shop, code, 0)).status_code == 429
    assert await rows(world, "desks_entry") == 0


async def test_a_clinic_asks_the_guardian_of_a_child_who_was_scanned_late(world, client):
    child = await resident(world, "hunan", 3)
    clinic = await desk(world, "fever-clinic", serial=3, type=PlaceType.CLINIC)
    assert (await opening(client, clinic, child))["form"] == "record"
    answer = await sent(client, clinic, await shown(client, child), 0, values=VISIT)
    assert answer.status_code == 201
