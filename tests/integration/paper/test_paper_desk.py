"""A clerk serves who has no phone: register, declare on paper, a paper code that a gate takes."""

from datetime import timedelta

import pytest
from tests.lib.gates import rows
from tests.lib.logins import Login, number, resident, worker
from tests.lib.mine import deleted
from tests.lib.paper import asked, attended, sheet
from tests.lib.persons import id_number
from tests.lib.told import told

from yimatong.access import sessions
from yimatong.access.permissions import Role
from yimatong.codes.cwt_paper import PaperClaims
from yimatong.codes.verify import verify
from yimatong.kernel.clock import day_of
from yimatong.people import desk_service
from yimatong.people.phones import check_phone

ENTRY = {"direction": "in", "reason": "home", "felt": "normal"}


async def declared(client, clerk, ticket, key="d", days_ago=0, clock=None, **where):
    signed_on = (day_of(clock.now()) - timedelta(days=days_ago)).isoformat()
    body = {"ticket": ticket, "signed_on": signed_on, "sheet": sheet(**where)}
    return await asked(client, clerk, "desk/declarations", key, **body)


async def opening(client, guard, **shown):
    return await client.post("/api/v1/gate/openings", json=shown, headers=guard.headers)


@pytest.fixture
async def ticket(client, clerk):
    return (await attended(client, clerk)).json()["ticket"]


@pytest.fixture
async def printed(client, clerk, ticket):
    return (await asked(client, clerk, "desk/papers", ticket=ticket)).json()


@pytest.mark.requirement("YN-08")
async def test_registered_declared_and_admitted_without_a_phone(
    world, client, clerk, guard, ticket, printed
):
    entered = await declared(client, clerk, ticket, clock=world.clock)
    assert entered.status_code == 201, entered.text
    for shown in ({"code": printed["text"]}, {"short": printed["number"]}):
        opened = (await opening(client, guard, **shown)).json()
        assert (opened["colour"], opened["name"]) == ("green", "田*")
        assert "身份证件" in opened["compare"]
    body = {"code": printed["text"], **ENTRY}
    verdict = await asked(client, guard, "gate/scans", **body)
    assert (verdict.json()["verdict"], bool(verdict.json()["compare"])) == ("admit", True)
    assert await rows(world, "people_account") == 3  # clerk, guard, who opened the places


@pytest.mark.requirement("YN-08")
async def test_a_sheet_on_paper_counts_once_from_its_day_and_keeps_the_promise(
    world, client, clerk, ticket
):
    first = await declared(client, clerk, ticket, days_ago=3, clock=world.clock)
    again = await declared(client, clerk, ticket, days_ago=3, clock=world.clock)
    assert (first.status_code, first.json()) == (201, again.json())
    async with world.database.transaction() as tx:
        [kept] = await tx.fetch("select * from declarations_sheet")
        [fact] = await tx.fetch("select * from ledger_fact where kind = 'declaration'")
    assert (kept["on_paper"], kept["promise_policy"]) == (True, "hunan@2020-03-08")
    assert (fact["source"], fact["recorder"]) == ("self", clerk.account)
    assert fact["observed_at"] < fact["recorded_at"] - timedelta(days=2)


async def test_a_day_too_old_or_to_come_is_named_at_its_field(world, client, clerk, ticket):
    for days_ago in (15, -1):
        answer = await declared(client, clerk, ticket, days_ago=days_ago, clock=world.clock)
        assert answer.json()["problems"][0]["field"] == "signed_on"
    assert await rows(world, "declarations_sheet") == 0


async def test_a_lost_card_is_refused_at_once_and_its_new_one_taken(
    client, clerk, guard, ticket, printed
):
    new = (await asked(client, clerk, "desk/papers", "again", ticket=ticket)).json()
    for shown in ({"code": printed["text"]}, {"short": printed["number"]}):
        refused = await opening(client, guard, **shown)
        assert refused.json()["problems"][0]["code"] == "presence.code.revoked"
    scan = await asked(client, guard, "gate/scans", code=printed["text"], **ENTRY)
    assert scan.json()["problems"][0]["code"] == "presence.code.revoked"
    assert (await opening(client, guard, code=new["text"])).status_code == 201
    await asked(client, clerk, "desk/papers/lost", ticket=ticket)
    assert (await opening(client, guard, code=new["text"])).status_code == 422


async def test_sent_twice_it_is_the_same_card(world, client, clerk, ticket, printed):
    again = await asked(client, clerk, "desk/papers", ticket=ticket)
    assert (again.json(), await rows(world, "codes_paper")) == (printed, 1)


async def test_a_card_has_no_colour_and_a_dump_has_no_card(world, client, clerk, printed):
    found = verify(printed["text"], world.keys.verifiers(), world.clock.now(), {"test"})
    assert isinstance(found.claims, PaperClaims)
    assert (printed["pass_until"], found.claims.pass_until) == (None, None)
    async with world.database.transaction() as tx:
        kept = str(await tx.fetch("select * from codes_paper"))
        kept += str(await tx.fetch("select * from access_idempotency"))
    assert printed["number"].replace("-", "") not in kept
    assert printed["text"] not in kept


@pytest.mark.requirement("SD-10")
async def test_an_issuers_word_makes_the_card_a_pass_of_the_policys_days(world, client, clerk):
    served = (await attended(client, clerk, region="shandong")).json()
    where = {"region": "shandong", "division": "370100"}
    await declared(client, clerk, served["ticket"], clock=world.clock, **where)
    before = (await asked(client, clerk, "desk/papers", ticket=served["ticket"])).json()
    await approved(world, client, clerk)
    after = (await asked(client, clerk, "desk/papers", "b", ticket=served["ticket"])).json()
    assert before["pass_until"] is None
    assert after["pass_until"].startswith("2026-03-07")  # five days after 2 March
    found = verify(after["text"], world.keys.verifiers(), world.clock.now(), {"test"})
    assert found.claims.pass_until.isoformat() == after["pass_until"]


async def approved(world, client, clerk):
    """An issuer answers on the spot."""
    issuer = await worker(world, Role.ISSUER, serial=7)
    path = "/api/v1/desk/permits?region=shandong"
    [waiting] = (await client.get(path, headers=issuer.headers)).json()
    answer = await asked(client, issuer, f"desk/permits/{waiting['person']}", word="approved")
    assert answer.status_code == 201, answer.text


async def test_a_known_number_with_another_name_opens_nothing_and_is_on_record(
    world, client, clerk, ticket
):
    refused = await attended(client, clerk, name="田试红")
    assert refused.json()["problems"][0]["code"] == "people.desk_service.differs"
    assert await rows(world, "audit_event where action = 'people.desk_refused'") == 1
    again = await attended(client, clerk)
    assert again.status_code == 201
    assert await rows(world, "people_person") == 1


async def test_a_clerk_serves_so_many_an_hour_and_only_who_is_present(world, client, clerk):
    absent = await client.post(
        "/api/v1/desk/persons",
        json={"card": {}, "why": "paper", "present": False},
        headers=clerk.headers,
    )
    assert absent.status_code == 422
    for _ in range(desk_service.AN_HOUR):
        await attended(client, clerk)
    assert (await attended(client, clerk)).status_code == 429


async def test_a_ticket_serves_one_post_for_half_an_hour(world, client, clerk, guard, ticket):
    assert (await asked(client, guard, "desk/papers", ticket=ticket)).status_code == 403
    assert (await asked(client, clerk, "desk/papers", ticket="x")).status_code == 403
    world.clock.advance(minutes=31)
    assert (await asked(client, clerk, "desk/papers", ticket=ticket)).status_code == 403


@pytest.mark.requirement("HB-06", "YN-08")
async def test_a_card_in_hand_takes_somebody_into_the_family_and_the_clerk_ends_it(
    world, client, clerk, ticket, printed
):
    child = await resident(world)
    wrong = await asked(client, child, "family/paper", number="ACDE-FGHJ-KMNP", relation="parent")
    right = await asked(client, child, "family/paper", number=printed["number"], relation="parent")
    assert (wrong.status_code, right.status_code) == (422, 204)
    [holder] = (await attended(client, clerk)).json()["holders"]
    end = {"ticket": ticket, "account": holder["account"]}
    assert (await asked(client, clerk, "desk/families/end", **end)).status_code == 204
    assert (await attended(client, clerk)).json()["holders"] == []


async def test_a_relative_who_stands_there_is_known_by_a_short_code(world, client, clerk, ticket):
    child = await resident(world)
    short = (await asked(client, child, "code/short")).json()["text"]
    body = {"ticket": ticket, "short": short, "relation": "grandparent"}
    assert (await asked(client, clerk, "desk/families", **body)).status_code == 204
    assert (await asked(client, clerk, "desk/families", **body)).status_code == 422  # used
    consent = "consent = 'clerk' and relation = 'grandparent'"
    assert await rows(world, f"people_member where {consent}") == 1


@pytest.mark.requirement("HB-08")
async def test_card_and_document_together_take_a_registration_to_a_phone(
    world, client, ticket, printed
):
    async with world.database.transaction() as tx:
        account = await world.people.account_for(tx, check_phone("13900019999"))
        token = await sessions.start(tx, world.clock, world.randomness, account)
    new = Login(token, account)
    document = {"document_kind": "resident_id", "number": printed["number"]}
    other = await asked(client, new, "card/paper", document_number=id_number(), **document)
    assert other.json()["problems"][0]["code"] == "codes.paper.no_match"
    taken = await asked(client, new, "card/paper", document_number=number(50), **document)
    assert taken.status_code == 204, taken.text
    own = await client.get("/api/v1/card", headers=new.headers)
    assert own.json()["name"] == "田试青"
    again = await asked(client, new, "card/paper", document_number=number(50), **document)
    assert again.status_code == 409


@pytest.mark.requirement("YN-08")
async def test_who_deleted_the_account_is_registered_again_in_presence_with_the_same_facts(
    world, client, clerk
):
    login = await resident(world, "hunan", 50)
    facts = [("declaration", "self", 0), ("quarantine.home", "registry", 0)]
    await told(world, login.person, facts)
    await deleted(world, client, login)
    known = (await attended(client, clerk)).json()
    assert (known["colour"], known["phone"]) == ("yellow", False)
