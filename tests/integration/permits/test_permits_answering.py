import asyncio
from decimal import Decimal
from uuid import UUID

import asyncpg
import pytest
from tests.lib.persons import a_card, id_number

from yimatong.access.actor import Actor
from yimatong.access.permissions import Role
from yimatong.codes.standings import Standings
from yimatong.doors.packs import library
from yimatong.kernel.errors import BadInput, Conflict, NotAllowed, NotFound
from yimatong.ledger import NewFact, history, record
from yimatong.people.service import People
from yimatong.permits import Permits, Word

ISSUER = Actor(account=UUID(int=61), role=Role.ISSUER, session=b"")


@pytest.fixture
def people(keys, clock, randomness):
    return People(keys, clock, randomness)


@pytest.fixture
def standings(clock):
    return Standings(library(), clock)


@pytest.fixture
def permits(people, standings):
    return Permits(people, library(), standings)


@pytest.fixture
def resident(database, people):
    """Registers a person with a card in a region; committed."""

    async def make(region="shandong", n=0):
        async with database.transaction() as tx:
            account = await people.account_for(tx, f"+8613900005{n:03}")
            card = a_card(number=id_number(order=f"{n * 2 + 10:03}"), region=region)
            return await people.register_card(tx, account, card)

    return make


@pytest.fixture
def say(clock, randomness):
    """Records facts of one person's own, and lets a minute pass."""

    async def say(tx, person, *kinds, **given):
        known = {"person": person, "source": "self", "recorder": person, **given}
        facts = [NewFact(kind=kind, observed_at=clock.now(), **known) for kind in kinds]
        ids = await record(tx, clock, randomness, facts)
        clock.advance(minutes=1)
        return ids

    return say


@pytest.fixture
async def applicant(database, resident, say):
    """Somebody of Shandong who applied; committed."""
    person = await resident()
    async with database.transaction() as tx:
        await say(tx, person, "declaration", "review.requested")
        await say(tx, person, "temperature", value=Decimal("36.5"))
    return person


@pytest.mark.requirement("SD-05")
async def test_an_issuer_sees_who_waits_masked_and_each_look_is_written_down(
    tx, permits, applicant
):
    [one] = await permits.waiting(tx, ISSUER, "shandong")
    assert (one.person, one.masked.name, one.temperature) == (applicant, "测*", Decimal("36.5"))
    assert one.standing.state == "pending"
    event = await tx.fetchrow("select actor, action, person, purpose from audit_event")
    assert tuple(event) == (ISSUER.account, "permits.list", applicant, "permit_review")


@pytest.mark.requirement("SD-05", "SD-06")
@pytest.mark.parametrize(
    ("word", "reason", "colour"),
    [
        (Word.APPROVED, "", "green"),
        (Word.REFUSED, "不满足条件", "red"),
        (Word.MORE, "请测量体温", "yellow"),
    ],
)
async def test_an_answer_is_a_fact_of_the_issuer_and_turns_the_standing(
    tx, permits, standings, applicant, word, reason, colour
):
    fact = await permits.decide(tx, ISSUER, applicant, word, reason)
    said = (await history(tx, applicant)).facts[-1]
    assert (said.id, said.kind, said.source) == (str(fact), f"review.{word}", "issuer")
    assert (await standings.of(tx, applicant, "shandong")).standing.colour == colour
    assert await tx.fetchval("select recorder from ledger_fact where id = $1", fact) == (
        ISSUER.account
    )
    event = await tx.fetchrow("select actor, action, person from audit_event")
    assert tuple(event) == (ISSUER.account, f"permits.{word}", applicant)


@pytest.mark.requirement("HB-01")
async def test_where_a_policy_has_no_word_for_asking_the_declaration_asks(
    tx, permits, standings, resident, say
):
    person = await resident("hubei")
    with pytest.raises(Conflict, match=r"permits\.nothing_waits"):
        await permits.decide(tx, ISSUER, person, Word.APPROVED, "")
    await say(tx, person, "declaration")
    assert (await standings.of(tx, person, "hubei")).standing.state == "pending"
    assert [one.person for one in await permits.waiting(tx, ISSUER, "hubei")] == [person]
    await permits.decide(tx, ISSUER, person, Word.APPROVED, "")
    assert (await standings.of(tx, person, "hubei")).standing.colour == "green"
    assert await permits.waiting(tx, ISSUER, "hubei") == []


@pytest.mark.parametrize("word", [Word.REFUSED, Word.MORE])
@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
async def test_a_word_that_is_no_approval_gives_its_reason(tx, permits, applicant, word, reason):
    with pytest.raises(BadInput, match=r"permits\.reason"):
        await permits.decide(tx, ISSUER, applicant, word, reason)


@pytest.mark.requirement("YM-09")
async def test_the_person_reads_the_answer_and_its_reason_which_is_kept_sealed(
    tx, permits, applicant, clock, say
):
    me = Actor(account=UUID(int=1), role=Role.RESIDENT, session=b"", person=applicant)
    assert (await permits.own(tx, me)).word is None
    await permits.decide(tx, ISSUER, applicant, Word.REFUSED, "测试甲的同住人发热")
    told = await permits.own(tx, me)
    assert (told.word, told.at, told.reason) == (Word.REFUSED, clock.now(), "测试甲的同住人发热")
    rows = await tx.fetch("select fields from people_note where person = $1", applicant)
    assert not any("测试甲".encode() in row["fields"] for row in rows)
    clock.advance(minutes=1)
    await say(tx, applicant, "review.requested")
    await permits.decide(tx, ISSUER, applicant, Word.APPROVED, "")
    assert (await permits.own(tx, me)).reason == ""


async def test_who_never_asked_has_no_application(tx, permits, resident):
    me = Actor(account=UUID(int=1), role=Role.RESIDENT, session=b"")
    assert await permits.own(tx, me) is None
    asker = Actor(
        account=UUID(int=1), role=Role.RESIDENT, session=b"", person=await resident("hubei")
    )
    assert await permits.own(tx, asker) is None


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ISSUER}))
async def test_nobody_but_an_issuer_sees_or_answers(tx, permits, applicant, role):
    other = Actor(account=UUID(int=62), role=role, session=b"")
    with pytest.raises(NotAllowed, match=r"permits\.not_allowed"):
        await permits.waiting(tx, other, "shandong")
    with pytest.raises(NotAllowed, match=r"permits\.not_allowed"):
        await permits.decide(tx, other, applicant, Word.APPROVED, "")


async def test_an_issuer_does_not_answer_themselves(tx, people, permits, applicant):
    account = await people.find_account(tx, "+8613900005000")
    own = Actor(account=account, role=Role.ISSUER, session=b"")
    with pytest.raises(NotAllowed, match=r"permits\.own"):
        await permits.decide(tx, own, applicant, Word.APPROVED, "")


async def test_an_answered_application_waits_no_more_until_it_is_renewed(
    tx, permits, applicant, clock, say
):
    await permits.decide(tx, ISSUER, applicant, Word.APPROVED, "")
    with pytest.raises(Conflict, match=r"permits\.nothing_waits"):
        await permits.decide(tx, ISSUER, applicant, Word.REFUSED, "改变主意")
    assert await permits.waiting(tx, ISSUER, "shandong") == []
    clock.advance(days=3)
    await say(tx, applicant, "review.requested")
    [one] = await permits.waiting(tx, ISSUER, "shandong")
    assert (one.person, one.standing.colour is not None) == (applicant, True)
    await permits.decide(tx, ISSUER, applicant, Word.APPROVED, "")


async def test_a_withdrawn_application_waits_no_more(tx, permits, resident, say):
    person = await resident()
    [id] = await say(tx, person, "review.requested")
    await say(tx, person, "withdrawn", retracts=id)
    assert await permits.waiting(tx, ISSUER, "shandong") == []
    with pytest.raises(Conflict, match=r"permits\.nothing_waits"):
        await permits.decide(tx, ISSUER, person, Word.APPROVED, "")


async def test_only_those_of_the_region_are_listed_the_longest_waiting_first(
    tx, permits, resident, say
):
    persons = [await resident(region, n) for n, region in enumerate(["shandong", "hubei"] * 2)]
    for person in reversed(persons):
        await say(tx, person, "review.requested")
    again = await permits.waiting(tx, ISSUER, "shandong")
    assert [one.person for one in again] == [persons[2], persons[0]]
    await say(tx, persons[2], "review.requested")
    assert await permits.waiting(tx, ISSUER, "shandong") == again


async def test_where_codes_follow_by_themselves_there_is_nothing_to_answer(tx, permits, resident):
    person = await resident("hunan")
    with pytest.raises(Conflict, match=r"permits\.no_review"):
        await permits.waiting(tx, ISSUER, "hunan")
    with pytest.raises(Conflict, match=r"permits\.no_review"):
        await permits.decide(tx, ISSUER, person, Word.APPROVED, "")
    with pytest.raises(NotFound):
        await permits.decide(tx, ISSUER, UUID(int=404), Word.APPROVED, "")


async def test_two_issuers_at_once_answer_once(database, permits, applicant):
    async def one(number):
        actor = Actor(account=UUID(int=600 + number), role=Role.ISSUER, session=b"")
        async with database.transaction() as tx:
            return await permits.decide(tx, actor, applicant, Word.APPROVED, "")

    answers = await asyncio.gather(*(one(n) for n in range(6)), return_exceptions=True)
    assert sum(isinstance(each, UUID) for each in answers) == 1
    assert sum(isinstance(each, Conflict) for each in answers) == 5


@pytest.mark.requirement("YM-01")
@pytest.mark.parametrize(
    "statement", ["update permits_decision set note = null", "delete from permits_decision"]
)
async def test_what_an_issuer_said_cannot_be_unsaid(tx, statement):
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await tx.execute(statement)


@pytest.mark.requirement("SD-07")
async def test_an_approval_lapses_after_five_days(tx, permits, standings, applicant, clock, say):
    await permits.decide(tx, ISSUER, applicant, Word.APPROVED, "")
    for _ in range(5):
        assert (await standings.of(tx, applicant, "shandong")).standing.colour == "green"
        clock.advance(days=1)
        await say(tx, applicant, "checkin.normal")
    assert (await standings.of(tx, applicant, "shandong")).standing.colour == "yellow"
