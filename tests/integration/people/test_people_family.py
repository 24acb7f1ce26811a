"""Acting for the family: a guardian registers, an adult agrees by SMS, either side ends."""

import re
from datetime import date

import pytest
from tests.lib.logins import Login, number, resident

from yimatong.access import sessions
from yimatong.messages.service import recent
from yimatong.people.family import Relation, add_agreed

GRANDMOTHER = "13900030001"


def a_card(serial: int, born: str, name: str = "田试禾") -> dict:
    return {"name": name, "document_kind": "resident_id", "ethnic_group": "01", "region": "hunan",
            "document_number": number(serial, date.fromisoformat(born))}  # fmt: skip


async def child(client, login: Login, card: dict, **more):
    body = {"card": card, "relation": "child", "promise": PROMISE, **more}
    return await client.post("/api/v1/family/children", json=body, headers=login.headers)


PROMISE = "I am this child's guardian and what I enter is true; I answer for it before the law."


async def family(client, login: Login) -> list[dict]:
    return (await client.get("/api/v1/family", headers=login.headers)).json()


async def sms(world, phone: str) -> str:
    async with world.database.transaction() as tx:
        found = await recent(tx, world.keys, 20)
    return next(one.text for one in found if one.phone.endswith(phone))


async def asked(client, login: Login, phone: str, whom: str = "adult"):
    body = {"phone": phone, "whom": whom, "relation": "grandparent"}
    return await client.post("/api/v1/family/consents", json=body, headers=login.headers)


async def agreed(world, client, login: Login, phone: str, whom: str = "adult") -> dict:
    ticket = (await asked(client, login, phone, whom)).json()["ticket"]
    code = re.search(r"\d{6}", await sms(world, phone))[0]
    body = {"ticket": ticket, "code": code}
    answer = await client.post("/api/v1/family/consents/code", json=body, headers=login.headers)
    return answer.json()


def problem(answer) -> str:
    return answer.json()["problems"][0]["code"]


async def switch(client, login: Login, person) -> int:
    body = {"person": str(person)}
    answer = await client.put("/api/v1/family/acting", json=body, headers=login.headers)
    return answer.status_code


@pytest.mark.requirement("HB-06", "YN-07")
async def test_a_guardian_registers_a_child_and_shows_the_childs_code(world, client):
    login = await resident(world)
    person = (await child(client, login, a_card(2, "2015-03-04"))).json()["person"]
    assert [one["relation"] for one in await family(client, login)] == ["self", "child"]
    assert await switch(client, login, person) == 204
    standing = (await client.get("/api/v1/standing", headers=login.headers)).json()
    assert (standing["name"], standing["state"]) == ("田*", "undeclared")
    page = await client.get("/", headers={**login.headers, "Accept-Language": "en"})
    assert "You are acting for a family member" in page.text


@pytest.mark.requirement("HB-06")
async def test_a_child_sent_twice_is_one_and_ends_when_grown_up(world, client):
    login = await resident(world)
    card = a_card(2, "2015-03-04")
    first, again = [(await child(client, login, card)).json() for _ in range(2)]
    assert first == again
    world.clock.advance(days=8 * 365)
    later = await resident_again(world, login)
    assert await switch(client, later, first["person"]) == 404


async def resident_again(world, login: Login) -> Login:
    async with world.database.transaction() as tx:
        token = await sessions.start(
            tx, world.clock, world.randomness, login.account, person=login.person
        )
    return Login(token, login.account, login.person)


@pytest.mark.requirement("HB-06")
async def test_a_child_that_another_guardian_registered_needs_their_consent(world, client):
    first, second = await resident(world, serial=1), await resident(world, serial=2)
    person = (await child(client, first, a_card(9, "2015-03-04"))).json()["person"]
    assert problem(await child(client, second, a_card(9, "2015-03-04"))) == "people.card.held"
    assert (await agreed(world, client, second, "13900010001", "child"))["persons"] == [person]
    assert await switch(client, second, person) == 204


@pytest.mark.requirement("HB-06")
async def test_who_once_acted_for_a_child_by_consent_is_not_its_guardian_by_its_number(
    world, client
):
    first, second = await resident(world, serial=1), await resident(world, serial=2)
    person = (await child(client, first, a_card(9, "2015-03-04"))).json()["person"]
    await agreed(world, client, second, "13900010001", "child")
    await client.delete(f"/api/v1/family/{person}", headers=second.headers)
    assert problem(await child(client, second, a_card(9, "2015-03-04"))) == "people.card.held"
    assert await switch(client, second, person) == 404


@pytest.mark.requirement("HB-06")
@pytest.mark.parametrize(
    ("card", "code"),
    [
        (a_card(3, "1990-03-04"), "people.family.grown_up"),
        ({**a_card(3, "2015-03-04"), "document_kind": "passport", "document_number": "E1234567",
          "sex": "female"}, "people.family.born_missing"),
    ],
)  # fmt: skip
async def test_who_is_no_child_is_not_registered_by_somebody_else(world, client, card, code):
    login = await resident(world)
    assert problem(await child(client, login, card)) == code
    assert len(await family(client, login)) == 1


async def test_a_childs_document_is_no_card_of_an_account(world, client):
    login = await resident(world)
    async with world.database.transaction() as tx:
        await tx.execute("delete from people_member")
        await tx.execute("update access_session set person = null")
    answer = await client.put("/api/v1/card", json=a_card(4, "2020-01-02"), headers=login.headers)
    assert problem(answer) == "people.card.child"


@pytest.mark.requirement("HB-06", "YN-08")
async def test_an_adult_with_a_phone_agrees_by_sms_and_is_registered(world, client):
    login = await resident(world)
    ticket = (await agreed(world, client, login, GRANDMOTHER))["ticket"]
    body = {"ticket": ticket, "card": a_card(5, "1940-03-04")}
    answer = await client.post("/api/v1/family/consents/card", json=body, headers=login.headers)
    assert await switch(client, login, answer.json()["person"]) == 204
    assert "田*" in await sms(world, GRANDMOTHER)


@pytest.mark.requirement("HB-06")
async def test_the_answer_tells_nothing_of_whose_phone_it_is(world, client):
    login = await resident(world, serial=1)
    await resident(world, serial=2)
    known, unknown = [await asked(client, login, phone) for phone in ("13900010002", "13900039999")]
    assert known.status_code == unknown.status_code == 200
    assert set(known.json()) == set(unknown.json()) == {"ticket"}


@pytest.mark.requirement("HB-06")
async def test_either_side_ends_it_and_sessions_go_back_at_once(world, client):
    login, other = await resident(world, serial=1), await resident(world, serial=2)
    [person] = (await agreed(world, client, login, "13900010002"))["persons"]
    await switch(client, login, person)
    [holder] = (await client.get("/api/v1/family/holders", headers=other.headers)).json()
    path = f"/api/v1/family/holders/{holder['account']}"
    assert (await client.delete(path, headers=other.headers)).status_code == 204
    assert await switch(client, login, person) == 404
    standing = (await client.get("/api/v1/card", headers=login.headers)).json()
    assert standing["document_number"] == number(1)


async def test_a_session_without_membership_opens_nobody(world, client):
    login, other = await resident(world, serial=1), await resident(world, serial=2)
    assert await switch(client, login, other.person) == 404


async def test_at_most_eight(world, client):
    login = await resident(world)
    for serial in range(8):
        await world_claims(world)
        answer = await child(client, login, a_card(20 + serial, "2016-03-04"))
        assert answer.status_code == 201
    await world_claims(world)
    assert problem(await child(client, login, a_card(40, "2016-03-04"))) == "people.family.too_many"


async def world_claims(world) -> None:
    """Another day, as far as the limit of documents goes."""
    async with world.database.transaction() as tx:
        await tx.execute("delete from access_limit where name = 'people.claims'")


@pytest.mark.requirement("YN-07")
async def test_the_card_of_the_family_is_edited_once_a_day(world, client):
    login = await resident(world)
    card = a_card(2, "2015-03-04")
    await switch(client, login, (await child(client, login, card)).json()["person"])
    world.clock.advance(minutes=1)
    for region, status in (("hubei", 204), ("hubei", 204), ("hainan", 429)):
        changed = {**card, "region": region}
        answer = await client.put("/api/v1/card", json=changed, headers=login.headers)
        assert answer.status_code == status


async def test_the_audit_says_who_ended_it_whoever_acted(world, client):
    login, mother = await resident(world, serial=1), await resident(world, serial=2)
    async with world.database.transaction() as tx:
        await add_agreed(world.people, tx, login.account, mother.person, Relation.PARENT)
    ended = f"/api/v1/family/holders/{login.account}"
    assert (await client.delete(ended, headers=mother.headers)).status_code == 204
    async with world.database.transaction() as tx:
        actor = await tx.fetchval(
            "select actor from audit_event where action = 'people.family_ended'"
        )
    assert actor == mother.account
