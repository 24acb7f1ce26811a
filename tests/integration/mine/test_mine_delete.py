"""Deleting an account: names go at once, what counts stays nameless, nothing is washed off."""

from datetime import timedelta

import pytest
from tests.lib.dump import tables_with
from tests.lib.logins import card, resident, worker
from tests.lib.mine import CHILD, STREET, asked, deleted, lived, sms_to, with_child
from tests.lib.told import told

from yimatong.access import sessions
from yimatong.access.permissions import Role
from yimatong.doors.mine.records import RECORDS
from yimatong.doors.packs import library
from yimatong.doors.worker import forget_all
from yimatong.kernel.errors import Conflict
from yimatong.ledger import NewFact, record
from yimatong.people import family, gone
from yimatong.people.family import Relation
from yimatong.people.phones import check_phone


async def found(world, serial: int = 1):
    """Whom the registry finds by the document."""
    known = card(serial=serial)
    async with world.database.transaction() as tx:
        return await world.people.find_by_document(tx, known.document_kind, known.document_number)


async def registered(world, phone: str, serial: int = 1, region: str = "hunan"):
    """The person that a new log-in with the phone gets for the document."""
    async with world.database.transaction() as tx:
        account = await world.people.account_for(tx, check_phone(phone))
        return await world.people.register_card(tx, account, card(region, serial))


@pytest.mark.requirement("YM-08")
async def test_nothing_that_names_anybody_is_left_of_an_account(world, client, database_url):
    login = await lived(world, client)
    child = await with_child(client, login)
    before = await tables_with(database_url, str(login.person))
    assert {"people_person", "people_note", "declarations_sheet", "codes_standing"} <= before
    await deleted(world, client, login)
    kept = {table for one in RECORDS if one.then not in ("now", "hours") for table in one.tables}
    for id in (login.person, child, login.account):
        assert await tables_with(database_url, str(id)) <= kept
    async with world.database.transaction() as tx:
        for table in ("people_person", "people_note", "declarations_sheet"):
            assert await tx.fetchval(f"select count(*) from {table}") == 0, table
        assert await world.people.find_account(tx, check_phone("13900010001")) is None


async def test_sms_are_erased_once_they_are_of_no_use(world, client):
    await deleted(world, client, await resident(world))
    world.clock.advance(minutes=11)
    await forget_all(world)
    async with world.database.transaction() as tx:
        assert await tx.fetchval("select count(*) from messages_sms") == 0


async def test_it_takes_effect_at_once_and_sent_again_answers_the_same(world, client):
    login = await resident(world)
    async with world.database.transaction() as tx:
        other = await sessions.start(tx, world.clock, world.randomness, login.account)
    sent, receipt = await deleted(world, client, login)
    for token in (login.token, other):
        bearer = {"Authorization": f"Bearer {token}"}
        assert (await client.get("/api/v1/mine", headers=bearer)).status_code == 401
    again = await client.post("/api/v1/account/deletion/code", json=sent)
    assert (again.status_code, again.json()) == (200, receipt)
    file = await client.post("/mine/delete/receipt", data=sent)
    assert file.json() == receipt
    assert "attachment" in file.headers["content-disposition"]


async def test_without_promise_or_with_a_wrong_code_nothing_happens(world, client):
    login = await resident(world)
    bare = await client.post(
        "/api/v1/account/deletion", json={"promise": False}, headers=login.headers
    )
    assert bare.status_code == 422
    ticket = (await asked(client, login)).json()["ticket"]
    right = await sms_to(world, "13900010001")
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for made_up in ({"ticket": ticket, "code": wrong}, {"ticket": "x", "code": right}):
        answer = await client.post("/api/v1/account/deletion/code", json=made_up)
        assert answer.status_code == 422
    assert (await client.get("/api/v1/mine", headers=login.headers)).status_code == 200


@pytest.mark.requirement("YM-01", "YM-07")
async def test_registering_again_finds_the_same_facts(world, client):
    login = await resident(world)
    await told(world, login.person, [("declaration", "self", 0), ("case.confirmed", "registry", 0)])
    await deleted(world, client, login)
    assert await found(world) == login.person
    assert await registered(world, "13900010001") == login.person
    async with world.database.transaction() as tx:
        assert (await world.standings.of(tx, login.person, "hunan")).standing.colour == "red"


async def test_another_phone_does_not_open_a_deleted_persons_facts_by_the_number(world, client):
    await deleted(world, client, await resident(world))
    with pytest.raises(Conflict, match=r"people\.card\.held"):
        await registered(world, "13900010077")


async def test_when_nothing_counts_any_more_the_document_leads_nowhere(world, client):
    login = await lived(world, client)
    await deleted(world, client, login)
    world.clock.advance(days=13)
    await forget_all(world)
    assert await found(world) == login.person
    world.clock.advance(days=2)
    await forget_all(world)
    assert await found(world) is None
    async with world.database.transaction() as tx:
        for table in ("gates_passage", "gates_report", "people_gone", "people_document"):
            assert await tx.fetchval(f"select count(*) from {table}") == 0, table
    assert await registered(world, "13900010077", region="hubei") != login.person


async def test_an_open_quarantine_keeps_the_document_until_14_days_after_its_end(world, client):
    login = await resident(world)
    await told(world, login.person, [("quarantine.home", "registry", 0)])
    await deleted(world, client, login)
    world.clock.advance(days=60)
    await forget_all(world)
    assert await found(world) == login.person
    await _end_of_quarantine(world, login.person)
    world.clock.advance(days=13)
    await forget_all(world)
    assert await found(world) == login.person
    world.clock.advance(days=2)
    await forget_all(world)
    assert await found(world) is None


async def _end_of_quarantine(world, person):
    async with world.database.transaction() as tx:
        known = await tx.fetchrow("select * from ledger_fact where person = $1", person)
        fact = NewFact(
            person=person, kind="quarantine.home", observed_at=known["observed_at"],
            ended_at=world.clock.now(), retracts=known["id"], source="registry", recorder=person,
        )  # fmt: skip
        await record(tx, world.clock, world.randomness, [fact])


async def test_a_rule_without_an_end_keeps_it_as_long_as_it_holds(world, client):
    """Hainan's close contact is red until 14 normal days in a row: time alone washes nothing."""
    login = await resident(world, "hainan")
    await told(world, login.person, [("declaration", "self", 0), ("contact.close", "registry", 0)])
    await deleted(world, client, login)
    world.clock.advance(days=100)
    await forget_all(world)
    assert await found(world) == login.person


def test_14_days_are_as_far_back_as_any_policy_looks():
    rules = [rule for policy in library().policies() for rule in policy.rules]
    reach = max(edge.after for rule in rules for edge in rule.ends)
    assert timedelta(0) < reach <= gone.KEPT


async def test_a_child_ends_with_its_only_guardian_and_stays_with_another(world, client):
    first, second = await resident(world, serial=1), await resident(world, serial=2)
    child = await with_child(client, first)
    page = await client.get("/mine/delete", headers=first.headers | {"Accept-Language": "en"})
    assert CHILD["name"] in page.text
    assert "the registration ends with your account" in page.text
    async with world.database.transaction() as tx:
        await family.add_agreed(world.people, tx, second.account, child, Relation.CHILD)
    _, receipt = await deleted(world, client, first)
    assert receipt["persons"] == 1
    _, receipt = await deleted(world, client, second)
    assert receipt["persons"] == 2


async def test_who_acted_for_one_is_told_and_acts_for_oneself_again(world, client):
    login, son = await resident(world, serial=1), await resident(world, serial=2)
    async with world.database.transaction() as tx:
        await family.add_agreed(world.people, tx, son.account, login.person, Relation.PARENT)
    acting = {"person": str(login.person)}
    await client.put("/api/v1/family/acting", json=acting, headers=son.headers)
    await deleted(world, client, login)
    page = await client.get("/family", headers=son.headers | {"Accept-Language": "en"})
    assert "Somebody of your family (parent) deleted their registration" in page.text
    card_now = (await client.get("/api/v1/card", headers=son.headers)).json()
    assert card_now["document_number"] == card(serial=2).document_number
    world.clock.advance(days=31)
    await forget_all(world)
    page = await client.get("/family", headers=son.headers | {"Accept-Language": "en"})
    assert "deleted their registration" not in page.text


async def test_a_post_or_a_proxy_cannot_delete(world, client):
    guard = await worker(world, Role.ISSUER, serial=1)
    async with world.database.transaction() as tx:
        token = await sessions.start(tx, world.clock, world.randomness, guard.account)
    login = await resident(world)
    child = await with_child(client, login)
    await client.put("/api/v1/family/acting", json={"person": child}, headers=login.headers)
    for bearer in (token, login.token):
        headers = {"Authorization": f"Bearer {bearer}"}
        body = {"promise": True}
        answer = await client.post("/api/v1/account/deletion", json=body, headers=headers)
        assert answer.status_code == 409


async def test_the_issuers_desk_goes_on_without_who_is_gone(world, client):
    login = await resident(world, "hubei")
    await told(world, login.person, [("review.requested", "self", 0)])
    await deleted(world, client, login)
    issuer = await worker(world, Role.ISSUER)
    waiting = await client.get("/api/v1/desk/permits?region=hubei", headers=issuer.headers)
    assert (waiting.status_code, waiting.json()) == (200, [])


async def test_a_reason_erased_with_the_account_is_empty_after_registering_again(world, client):
    login = await lived(world, client)
    await deleted(world, client, login)
    assert await registered(world, "13900010001", region="hubei") == login.person
    async with world.database.transaction() as tx:
        account = await world.people.find_account(tx, check_phone("13900010001"))
        token = await sessions.start(
            tx, world.clock, world.randomness, account, person=login.person
        )
    answer = await client.get("/api/v1/mine", headers={"Authorization": f"Bearer {token}"})
    assert [one["reason"] for one in answer.json()["applications"]] == [""]
    assert STREET not in answer.text
