import asyncio
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import asyncpg
import pytest

from yimatong.kernel.errors import BadInput, NotFound
from yimatong.ledger import (
    Asked,
    History,
    NewFact,
    heads,
    histories,
    history,
    record,
    unanswered,
)

ANNA, BORIS, DESK = UUID(int=1), UUID(int=2), UUID(int=99)


@pytest.fixture
def fact(clock):
    def make(kind="declaration", **given):
        known = {"person": ANNA, "observed_at": clock.now(), "source": "self", "recorder": DESK}
        return NewFact(kind=kind, **{**known, **given})

    return make


async def test_a_fact_comes_back_as_it_was_recorded(tx, clock, randomness, fact):
    given = fact("temperature", value=Decimal("36.9"), source="gate", place=UUID(int=5))
    [id] = await record(tx, clock, randomness, [given])
    [read] = (await history(tx, ANNA)).facts
    assert (read.id, read.person, read.kind) == (str(id), str(ANNA), "temperature")
    assert (read.value, read.source, read.retracts) == (Decimal("36.9"), "gate", None)
    assert read.observed_at == read.recorded_at == clock.now()
    assert read.observed_at.utcoffset() == timedelta(hours=8)


async def test_a_person_without_facts_has_an_empty_history_of_version_zero(tx):
    assert await history(tx, ANNA) == History([], 0)
    assert await histories(tx, [ANNA]) == await heads(tx, [ANNA]) == {}


async def test_many_persons_are_recorded_and_read_at_once(tx, clock, randomness, fact):
    given = [fact(), fact(person=BORIS), fact("checkin.normal")]
    ids = await record(tx, clock, randomness, given)
    read = await histories(tx, [ANNA, BORIS])
    assert {each.id for each in read[ANNA].facts} == {str(ids[0]), str(ids[2])}
    assert [each.id for each in read[BORIS].facts] == [str(ids[1])]
    assert await heads(tx, [ANNA, BORIS]) == {ANNA: 2, BORIS: 1}


async def test_recording_nothing_changes_nothing(tx, clock, randomness):
    assert await record(tx, clock, randomness, []) == []


async def test_one_wrong_fact_and_none_is_recorded(tx, clock, randomness, fact):
    with pytest.raises(BadInput):
        await record(tx, clock, randomness, [fact(), fact("declared")])
    assert await heads(tx, [ANNA]) == {}


async def test_a_fact_of_a_clock_that_runs_ahead_is_recorded_when_it_was_so(
    tx, clock, randomness, fact
):
    soon = clock.now() + timedelta(minutes=4)
    await record(tx, clock, randomness, [fact(observed_at=soon)])
    [read] = (await history(tx, ANNA)).facts
    assert read.observed_at == read.recorded_at == soon


async def test_a_fact_can_be_withdrawn_by_its_own_person_only(tx, clock, randomness, fact):
    [id] = await record(tx, clock, randomness, [fact()])
    with pytest.raises(NotFound, match=r"ledger\.nothing_to_retract"):
        await record(tx, clock, randomness, [fact("withdrawn", person=BORIS, retracts=id)])
    await record(tx, clock, randomness, [fact("withdrawn", retracts=id)])
    assert [each.retracts for each in (await history(tx, ANNA)).facts].count(str(id)) == 1


@pytest.mark.parametrize("source", ["appeal", "exchange"])
async def test_a_correction_puts_only_a_fact_of_the_same_kind_in_its_place(
    tx, clock, randomness, fact, source
):
    given = fact("contact.close", source="registry")
    [id] = await record(tx, clock, randomness, [given])
    with pytest.raises(BadInput, match=r"ledger\.corrects_another_kind"):
        await record(tx, clock, randomness, [fact("case.fever", source=source, retracts=id)])
    await record(tx, clock, randomness, [fact("contact.close", source=source, retracts=id)])
    assert (await heads(tx, [ANNA]))[ANNA] == 2


async def test_thirty_recordings_at_once_leave_no_gap_in_the_version(
    database, clock, randomness, fact
):
    async def one():
        async with database.transaction() as tx:
            await record(tx, clock, randomness, [fact(), fact(person=BORIS)])

    await asyncio.gather(*(one() for _ in range(30)))
    async with database.transaction() as tx:
        read = await histories(tx, [ANNA, BORIS])
    assert [(len(each.facts), each.version) for each in read.values()] == [(30, 30), (30, 30)]


async def test_who_asked_and_was_not_answered_since_is_found_page_by_page(
    tx, clock, randomness, fact
):
    answers = ("review.approved",)
    for person in (ANNA, BORIS, DESK):
        await record(tx, clock, randomness, [fact("review.requested", person=person)])
        clock.advance(minutes=1)
    said = fact("review.approved", person=BORIS, source="issuer")
    [answer] = await record(tx, clock, randomness, [said])
    [first] = await unanswered(tx, "review.requested", answers, None, 1)
    assert first == Asked(clock.now() - timedelta(minutes=3), ANNA)
    assert [one.person for one in await unanswered(tx, "review.requested", answers, first, 9)] == [
        DESK
    ]
    taken_back = fact("withdrawn", person=BORIS, source="issuer", retracts=answer)
    await record(tx, clock, randomness, [taken_back])
    found = await unanswered(tx, "review.requested", answers, None, 9)
    assert [one.person for one in found] == [ANNA, BORIS, DESK]


@pytest.mark.requirement("YM-01")
@pytest.mark.parametrize(
    "statement",
    [
        "update ledger_fact set kind = 'case.confirmed'",
        "update ledger_fact_1 set kind = 'case.confirmed'",
        "delete from ledger_fact",
        "delete from ledger_fact_0",
        "truncate ledger_fact",
        "delete from ledger_head",
        "truncate ledger_head",
        "update audit_event set action = 'nothing'",
        "delete from audit_event",
        "truncate audit_event",
        "alter table ledger_fact add colour text",
    ],
)
async def test_the_application_can_neither_change_nor_remove_what_is_recorded(tx, statement):
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await tx.execute(statement)


@pytest.mark.requirement("YM-01")
async def test_the_database_itself_refuses_to_retract_what_another_person_has(
    tx, clock, randomness, fact
):
    [id] = await record(tx, clock, randomness, [fact()])
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await tx.execute(
            "insert into ledger_fact (person, id, kind, observed_at, recorded_at, source, retracts)"
            " values ($1, gen_random_uuid(), 'withdrawn', now(), now(), 'self', $2)",
            BORIS,
            id,
        )
