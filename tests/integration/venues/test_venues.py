"""Venues: registered, entered by one tap, counted, never telling who; a visit is no fact."""

import pypdfium2
import pytest
import zxingcpp
from tests.integration.venues.conftest import SHOP, opened
from tests.lib.desks import problems
from tests.lib.gates import rows
from tests.lib.logins import administrator, resident
from tests.lib.mine import with_child
from tests.lib.told import told

from yimatong.messages.service import recent
from yimatong.venues import about


async def entered(client, login, poster, **more):
    body = {"poster": poster, **more}
    return await client.post("/api/v1/visits", json=body, headers=login.headers)


@pytest.mark.requirement("YN-01", "YN-02")
async def test_one_tap_checks_in_and_the_screen_says_what_the_policy_says(client, shop, visitor):
    _, poster = shop
    answer = await entered(client, visitor, poster.lower())
    assert answer.status_code == 201
    screen = answer.json()["screen"]
    assert (screen["answer"], screen["past"], len(screen["entered"])) == ("admit", False, 1)
    assert screen["entered"][0]["name"] == "田*"
    page = await client.get(f"/visit/{answer.json()['visit']}", headers=visitor.headers)
    assert "可以进入" in page.text
    assert "visit-admit" in page.text


@pytest.mark.requirement("YN-05")
@pytest.mark.parametrize(
    ("type", "colour", "answer"),
    [("shop", "red", "refuse"), ("bus", "yellow", "refuse"), ("shop", "green", "admit")],
)
async def test_red_and_yellow_may_not_enter_public_places_in_yunnan(
    world, client, type, colour, answer
):
    facts = {
        "red": ("case.confirmed", "registry", 0), "yellow": ("stay.abroad", "self", 0),
        "green": ("checkin.normal", "self", 0),
    }  # fmt: skip
    owner, person = await resident(world, "yunnan", 1), await resident(world, "yunnan", 2)
    await told(world, person.person, [("declaration", "self", 0), facts[colour]])
    more = {"type": type, "division": "530102"}
    if type == "bus":
        more["address"] = "云A12345"
    _, poster = await opened(world, client, owner, **more)
    screen = (await entered(client, person, poster)).json()["screen"]
    assert (screen["entered"][0]["colour"], screen["answer"]) == (colour, answer)


@pytest.mark.requirement("YN-01")
@pytest.mark.parametrize("region", ["hunan", "hainan", "yunnan", "shandong", "hubei"])
async def test_a_photographed_poster_changes_nobodys_standing(world, client, shop, region):
    person = await resident(world, region, 3)
    await told(world, person.person, [("declaration", "self", 0), ("review.approved", "issuer", 0)])
    async with world.database.transaction() as tx:
        before = (await world.standings.of(tx, person.person, region)).standing
        facts = await tx.fetchval("select count(*) from ledger_fact")
    assert (await entered(client, person, shop[1])).status_code == 201
    async with world.database.transaction() as tx:
        assert (await world.standings.of(tx, person.person, region)).standing == before
        assert await tx.fetchval("select count(*) from ledger_fact") == facts


async def test_who_taps_twice_came_once_and_later_again(world, client, shop, visitor):
    first, again = [(await entered(client, visitor, shop[1])).json()["visit"] for _ in range(2)]
    assert first == again
    world.clock.advance(minutes=11)
    assert (await entered(client, visitor, shop[1])).json()["visit"] != first
    assert await rows(world, "venues_visit") == 2


async def test_family_comes_along_and_nobody_else(world, client, shop, visitor):
    child = await with_child(client, visitor)
    stranger = await resident(world, "hainan", 5)
    refused = await entered(client, visitor, shop[1], family=[str(stranger.person)])
    assert problems(refused) == {"with": "venues.not_family"}
    assert await rows(world, "venues_visit") == 0
    screen = (await entered(client, visitor, shop[1], family=[child])).json()["screen"]
    assert len(screen["entered"]) == 2
    assert screen["answer"] == "check"  # the child has not declared


async def test_the_screen_is_past_after_half_an_hour_and_nobody_elses(
    world, client, shop, visitor, owner
):
    visit = (await entered(client, visitor, shop[1])).json()["visit"]
    assert (await client.get(f"/visit/{visit}", headers=owner.headers)).status_code == 404
    world.clock.advance(minutes=31)
    page = await client.get(f"/visit/{visit}", headers=visitor.headers)
    assert ("已过去" in page.text, "visit-admit" in page.text) == (True, False)


@pytest.mark.requirement("YN-01")
async def test_an_owner_reads_counts_and_never_who(world, client, shop, owner, visitor):
    place, poster = shop
    for serial in range(10, 15):
        login = await resident(world, "hainan", serial)
        await entered(client, login, poster)
        if serial == 11:
            few = await client.get(f"/api/v1/venues/{place}/counts", headers=owner.headers)
            assert (few.json()["today"], few.json()["hours"][-1]) == (None, [9, None])
    answers = [
        await client.get(path, headers=owner.headers)
        for path in (f"/api/v1/venues/{place}/counts", "/api/v1/venues", f"/venues/{place}")
    ]
    assert answers[0].json()["today"] == 5
    async with world.database.transaction() as tx:
        people = await tx.fetch("select person, account, id from venues_visit")
    for answer in answers:
        assert "田*" not in answer.text
        assert not [one for row in people for one in row.values() if str(one) in answer.text]
    other = await client.get(f"/api/v1/venues/{place}/counts", headers=visitor.headers)
    assert other.status_code == 404


@pytest.mark.requirement("YN-01")
async def test_the_poster_is_a_page_that_a_camera_reads(client, shop, owner):
    place, poster = shop
    answer = await client.get(f"/venues/{place}/poster.pdf", headers=owner.headers)
    assert answer.headers["content-type"] == "application/pdf"
    [page] = pypdfium2.PdfDocument(answer.content)
    assert [round(side) for side in page.get_size()] == [595, 842]
    assert f"{poster[:4]}-{poster[4:].lstrip('-')}" in page.get_textpage().get_text_bounded()
    [found] = zxingcpp.read_barcodes(page.render(scale=1).to_pil())
    assert found.text == f"http://yimatong.test/at/{poster}"


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [({"type": "road"}, "type", "venues.type"), ({"type": "bus"}, "address", "places.plate"),
     ({"name": "长" * 101}, "name", "places.text_length"),
     ({"type": "bus", "address": "😀"}, "address", "places.plate"),
     ({"division": "000000"}, "division", "places.unknown_division")],
)  # fmt: skip
async def test_what_cannot_be_is_told_at_its_field(world, client, owner, change, field, code):
    body = {**SHOP, **change}
    answer = await client.post("/api/v1/venues", json=body, headers=owner.headers)
    assert (answer.status_code, problems(answer)) == (422, {field: code})
    assert await rows(world, "places_place") == 0


async def test_the_same_venue_is_one_and_one_owners(world, client, shop, owner, visitor):
    again = await client.post("/api/v1/venues", json=SHOP, headers=owner.headers)
    assert again.json()["id"] == shop[0]
    other = await client.post("/api/v1/venues", json=SHOP, headers=visitor.headers)
    assert problems(other) == {"": "venues.there_already"}


async def test_a_closed_venues_poster_leads_nowhere(world, client, shop, owner, visitor):
    place, poster = shop
    answer = await client.post(f"/api/v1/venues/{place}/closing", headers=owner.headers)
    assert answer.json()["state"] == "closed"
    assert (await entered(client, visitor, poster)).status_code == 409
    assert (await entered(client, visitor, "AAAA-AAAA")).status_code == 404


async def test_an_owner_is_told_that_it_is_open(world, shop):
    async with world.database.transaction() as tx:
        assert "/venues" in (await recent(tx, world.keys, 1))[0].text


@pytest.mark.requirement("YN-01")
async def test_command_sees_which_posters_are_in_use_within_its_area(world, client, owner, visitor):
    _, poster = await opened(world, client, owner)
    await opened(world, client, owner, name="=演示店", address="演示路 6 号")
    await entered(client, visitor, poster)
    own, other = await administrator(world, "460100", 2), await administrator(world, "430000", 3)
    found = (await client.get("/api/v1/desk/venues", headers=own.headers)).json()
    assert {one["place"]["name"]: one["visits"] for one in found} == {
        "演示便利店": 1,
        "=演示店": 0,
    }
    assert (await client.get("/api/v1/desk/venues", headers=other.headers)).json() == []
    sheet = (await client.get("/desk/venues/list.csv", headers=own.headers)).text
    assert "\r\n'=演示店," in sheet
    assert "没有使用" in (await client.get("/desk/venues", headers=own.headers)).text


async def test_the_pages_lead_from_type_to_poster(client, owner):
    client.cookies.set("session", owner.token)
    assert "公交车" in (await client.get("/venues/new")).text
    form = (await client.get("/venues/new?type=shop&area=460100")).text
    assert "秀英区" in form
    wrong = await client.post("/venues/new", data={**SHOP, "area": "460100", "name": ""})
    assert (wrong.status_code, "演示路 5 号" in wrong.text) == (422, True)
    assert (await client.post("/venues/new", data={**SHOP, "area": "460100"})).status_code == 303
    assert "待批准" in (await client.get("/venues")).text


async def test_a_typed_id_or_a_scanned_address_lead_to_the_poster(client, shop, visitor):
    client.cookies.set("session", visitor.token)
    for shown in ({"short": shop[1]}, {"code": f"http://yimatong.test/at/{shop[1]}"}):
        answer = await client.post("/scan", data=shown)
        assert answer.headers["location"] == f"/at/{shop[1].replace('-', '')}"
    assert (await client.post("/scan", data={"short": "x"})).status_code == 422
    page = (await client.get(f"/at/{shop[1]}")).text
    assert 'action="/visit"' in page
    answer = await client.post("/visit", data={"poster": shop[1]})
    assert answer.headers["location"].startswith("/visit/")


async def test_visits_are_known_to_the_person_and_gone_after_fourteen_days(
    world, client, shop, visitor
):
    await entered(client, visitor, shop[1])
    page = await client.get("/mine", headers=visitor.headers)
    assert "演示便利店" in page.text
    world.clock.advance(days=14, seconds=1)
    async with world.database.transaction() as tx:
        await about.forget(tx, world.clock)
    assert await rows(world, "venues_visit") == 0
