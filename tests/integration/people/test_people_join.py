"""Two registrations of one person become one by proof of both phones, never silently."""

import re
from uuid import UUID

import pytest
from tests.lib.logins import card, resident
from tests.lib.mine import STREET, lived
from tests.lib.sheets import check_in
from tests.lib.told import told

from yimatong.access import sessions
from yimatong.access.permissions import Role
from yimatong.messages.service import recent
from yimatong.people import workers
from yimatong.people.phones import check_phone
from yimatong.web.session import session_cookie

EARLIER, LATER = "13900010001", "13900010002"


async def newcomer(world) -> str:
    """The token of somebody who logged in with another phone and has no card yet."""
    async with world.database.transaction() as tx:
        account = await world.people.account_for(tx, check_phone(LATER))
        return await sessions.start(tx, world.clock, world.randomness, account)


async def joined(world, client, token: str, phone: str = EARLIER):
    client.cookies.set(session_cookie(secure=False), token)
    form = {"phone": phone, "promise": "yes"}
    page = (await client.post("/card/join", data=form)).text
    async with world.database.transaction() as tx:
        sent = next(one.text for one in await recent(tx, world.keys, 9) if phone in one.phone)
    code = re.search(r"\d{6}", sent)[0]
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)[1]
    return await client.post("/card/join/code", data={"ticket": ticket, "code": code})


async def owner(world, phone: str):
    async with world.database.transaction() as tx:
        account = await world.people.find_account(tx, check_phone(phone))
        return account and await world.people.person_of(tx, account)


@pytest.mark.requirement("HB-07")
async def test_the_same_document_under_another_phone_leads_to_joining(world, client):
    first = await resident(world, serial=1)
    client.cookies.set(session_cookie(secure=False), await newcomer(world))
    typed = {"name": "田试青", "document_kind": "resident_id", "ethnic_group": "01",
             "region": "hunan", "document_number": card(serial=1).document_number}  # fmt: skip
    refused = await client.post("/card", data=typed)
    assert (refused.status_code, "/card/join" in refused.text) == (409, True)
    assert (await joined(world, client, await newcomer(world))).status_code == 303
    assert await owner(world, LATER) == first.person
    assert await owner(world, EARLIER) is None


@pytest.mark.requirement("HB-07")
async def test_two_cards_become_one_person_with_the_facts_of_both(world, client):
    first, second = await resident(world, serial=1), await resident(world, serial=2)
    facts = [("declaration", "self", 0), ("case.confirmed", "registry", 0)]
    await told(world, second.person, facts)
    assert (await joined(world, client, second.token)).status_code == 303
    assert await owner(world, LATER) == first.person
    async with world.database.transaction() as tx:
        standing = (await world.standings.of(tx, first.person, "hunan")).standing
        number = card(serial=2)
        found = await world.people.find_by_document(
            tx, number.document_kind, number.document_number
        )
    assert (standing.colour, found) == ("red", first.person)


@pytest.mark.requirement("HB-07")
async def test_what_was_handed_in_and_passed_before_joining_is_known_afterwards(world, client):
    second = await lived(world, client, serial=2)
    await resident(world, serial=1)
    world.clock.advance(minutes=2)
    answer = await joined(world, client, second.token)
    token = answer.cookies[session_cookie(secure=False)]
    known = await client.get("/api/v1/mine", headers={"Authorization": f"Bearer {token}"})
    found = known.json()
    assert (len(found["sheets"]), len(found["passages"]), len(found["reports"])) == (1, 2, 1)
    assert (STREET in known.text, found["documents"]) == (True, 2)


async def test_other_names_a_post_or_nothing_there_are_told_and_change_nothing(world, client):
    await resident(world, serial=1)
    async with world.database.transaction() as tx:
        account = await world.people.account_for(tx, check_phone("13900010005"))
        await world.people.register_card(tx, account, card(serial=5, name="周试禾"))
        other = await sessions.start(tx, world.clock, world.randomness, account)
        await workers.add(world.people, tx, "卫试岗", LATER, Role.ISSUER, None)
    for token, phone, told_off in (
        (other, EARLIER, "姓名不同"),
        (await newcomer(world), "13900010005", "岗位账号"),
        (other, "13900010009", "没有登记过"),
    ):
        answer = await joined(world, client, token, phone)
        assert (answer.status_code, told_off in answer.text) == (409, True)
        world.clock.advance(minutes=2)
    assert await owner(world, EARLIER) is not None


async def test_what_was_handed_in_under_the_later_one_is_shown_under_the_earlier(world, client):
    first, second = await resident(world, "hainan", 1), await resident(world, "hainan", 2)
    for once in ("a", "b"):
        form = check_in(world, once=once, notes=f"备注{once}", conditions="fever")
        await client.post("/checkin", data=form, headers=second.headers)
    sheets = (await client.get("/api/v1/check-ins", headers=second.headers)).json()
    await client.post(f"/api/v1/records/{sheets[0]['id']}/withdrawal", headers=second.headers)
    assert (await joined(world, client, second.token)).status_code == 303
    shown = (await client.get("/api/v1/check-ins")).json()
    assert {one["id"] for one in shown} == {one["id"] for one in sheets}
    [standing] = [one for one in shown if one["taken_back_at"] is None]
    assert {UUID(fact) for fact in standing["facts"]} <= await facts_of(world, first.person)
    page = await client.get("/records", headers={"Accept-Language": "zh"})
    assert "备注a" in page.text
    again = await client.post(f"/api/v1/records/{standing['id']}/withdrawal")
    assert again.json()["taken_back_at"] is not None


async def facts_of(world, person):
    async with world.database.transaction() as tx:
        rows = await tx.fetch("select id from ledger_fact where person = $1", person)
    return {row["id"] for row in rows}
