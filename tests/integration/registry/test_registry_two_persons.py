import asyncio
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest
from tests.integration.registry.conftest import NUMBER, actor

from yimatong.access.permissions import Role
from yimatong.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, TooMany
from yimatong.ledger import heads, history
from yimatong.people.documents import DocumentKind
from yimatong.registry import (
    Origin,
    approve,
    find_person,
    propose,
    propose_end,
    reject,
    waiting,
)


@pytest.fixture
def proposed(clock, randomness, maker, proposal):
    async def make(tx, **given):
        return await propose(tx, clock, randomness, maker, proposal(**given))

    return make


@pytest.mark.requirement("YM-01")
async def test_what_one_person_alone_says_never_reaches_the_ledger(tx, person, checker, proposed):
    id = await proposed(tx)
    assert await heads(tx, [person]) == {}
    assert [each.id for each in await waiting(tx, checker)] == [id]


@pytest.mark.requirement("YM-01")
async def test_with_a_second_person_it_does_and_both_are_written_down(
    tx, clock, randomness, person, maker, checker, proposed
):
    id = await proposed(tx)
    fact = await approve(tx, clock, randomness, checker, id)
    [read] = (await history(tx, person)).facts
    assert (read.id, read.kind, read.source) == (str(fact), "case.confirmed", "registry")
    rows = await tx.fetch("select actor, action from audit_event order by id")
    assert [tuple(row) for row in rows] == [
        (maker.account, "registry.propose"),
        (checker.account, "registry.approve"),
    ]
    assert await waiting(tx, checker) == []


@pytest.mark.requirement("YM-01")
async def test_the_same_account_in_both_roles_is_refused(tx, clock, randomness, maker, proposed):
    id = await proposed(tx)
    turned = actor(Role.REGISTRY_CHECKER, maker.account.int)
    with pytest.raises(NotAllowed, match=r"registry\.same_person"):
        await approve(tx, clock, randomness, turned, id)
    with pytest.raises(NotAllowed, match=r"registry\.same_person"):
        await reject(tx, clock, turned, id)


@pytest.mark.requirement("YM-01")
async def test_the_database_itself_refuses_a_checker_who_is_the_maker(tx, maker, proposed):
    id = await proposed(tx)
    with pytest.raises(asyncpg.CheckViolationError):
        await tx.execute(
            "update registry_proposal set state = 'rejected', checker = $2 where id = $1",
            id,
            maker.account,
        )


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.REGISTRAR}))
async def test_only_a_registrar_proposes(tx, clock, randomness, proposal, role):
    with pytest.raises(NotAllowed, match=r"registry\.not_allowed"):
        await propose(tx, clock, randomness, actor(role, 5), proposal())


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.REGISTRY_CHECKER}))
async def test_only_a_checker_approves_rejects_or_sees(tx, clock, randomness, proposed, role):
    id, other = await proposed(tx), actor(role, 5)
    with pytest.raises(NotAllowed):
        await approve(tx, clock, randomness, other, id)
    with pytest.raises(NotAllowed):
        await reject(tx, clock, other, id)
    with pytest.raises(NotAllowed):
        await waiting(tx, other)


async def test_two_approvals_at_once_count_once(
    database, clock, randomness, person, checker, proposed
):
    async with database.transaction() as tx:
        id = await proposed(tx)

    async def one(number):
        async with database.transaction() as tx:
            return await approve(
                tx, clock, randomness, actor(Role.REGISTRY_CHECKER, 80 + number), id
            )

    answers = await asyncio.gather(*(one(n) for n in range(6)), return_exceptions=True)
    assert sum(isinstance(each, UUID) for each in answers) == 1
    assert sum(isinstance(each, Conflict) for each in answers) == 5
    async with database.transaction() as tx:
        assert await heads(tx, [person]) == {person: 1}


async def test_what_was_rejected_stays_so(tx, clock, randomness, person, checker, proposed):
    id = await proposed(tx)
    await reject(tx, clock, checker, id)
    with pytest.raises(Conflict, match=r"registry\.decided"):
        await approve(tx, clock, randomness, checker, id)
    assert await heads(tx, [person]) == {}


async def test_what_nobody_proposed_is_not_found(tx, clock, randomness, checker):
    with pytest.raises(NotFound, match=r"registry\.unknown_proposal"):
        await approve(tx, clock, randomness, checker, UUID(int=404))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kind": "exposure.case"}, "ledger.not_said_by"),
        ({"kind": "case.imagined"}, "ledger.unknown_kind"),
        ({"origin": Origin(" ", "1")}, "registry.origin_missing"),
        ({"origin": Origin("演示疾控中心", "")}, "registry.origin_missing"),
    ],
)
async def test_what_the_registry_cannot_say_is_refused_at_once(tx, proposed, given, code):
    with pytest.raises(BadInput) as caught:
        await proposed(tx, **given)
    assert caught.value.problems[0].code == code


async def test_to_end_a_fact_is_to_record_it_again_with_its_end(
    tx, clock, randomness, person, maker, checker, proposed
):
    began = await approve(tx, clock, randomness, checker, await proposed(tx))
    clock.advance(days=10)
    origin = Origin("演示疾控中心", "2026-0312")
    [id] = await propose_end(
        tx, clock, randomness, maker, person, "case.confirmed", clock.now(), origin
    )
    await approve(tx, clock, randomness, checker, id)
    ended = (await history(tx, person)).facts[-1]
    assert (ended.retracts, ended.ended_at) == (str(began), clock.now())
    assert ended.observed_at == clock.now() - timedelta(days=10)
    with pytest.raises(NotFound, match=r"registry\.nothing_open"):
        await propose_end(
            tx, clock, randomness, maker, person, "case.confirmed", clock.now(), origin
        )


async def test_a_person_is_found_by_document_and_the_look_is_written_down(
    tx, people, person, maker
):
    found = await find_person(tx, people, maker, DocumentKind.RESIDENT_ID, NUMBER)
    assert found == person
    event = await tx.fetchrow("select actor, action, person, purpose from audit_event")
    assert tuple(event) == (maker.account, "registry.look_up", person, "registry")


async def test_after_twenty_look_ups_in_an_hour_there_are_no_more(tx, people, maker, person):
    for _ in range(20):
        await find_person(tx, people, maker, DocumentKind.RESIDENT_ID, NUMBER)
    with pytest.raises(TooMany):
        await find_person(tx, people, maker, DocumentKind.RESIDENT_ID, NUMBER)
