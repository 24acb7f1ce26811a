from uuid import UUID

import pytest

from yimatong.audit import Event, Look, Purpose, looks_at, record, record_many

ANNA, DESK, GATE = UUID(int=1), UUID(int=99), UUID(int=7)


def event(purpose=Purpose.GATE_CHECK, **given):
    return Event(**{"actor": DESK, "action": "gates.scan", "purpose": purpose, **given})


@pytest.mark.requirement("YM-07")
async def test_a_person_sees_who_looked_when_and_why(tx, clock):
    await record(tx, clock, event(person=ANNA, place=GATE))
    looks = await looks_at(tx, ANNA)
    assert looks == [Look(clock.now(), "gates.scan", Purpose.GATE_CHECK, GATE)]


async def test_looks_come_newest_first_and_no_more_than_asked_for(tx, clock):
    for action in ("first", "second", "third"):
        await record(tx, clock, event(person=ANNA, action=action))
        clock.advance(minutes=1)
    assert [look.action for look in await looks_at(tx, ANNA, 2)] == ["third", "second"]


async def test_a_persons_own_looks_and_other_persons_are_left_out(tx, clock):
    others = event(person=UUID(int=2))
    await record_many(tx, clock, [event(Purpose.OWN, person=ANNA), others, event()])
    assert await looks_at(tx, ANNA) == []


async def test_details_are_kept_with_each_of_many_events(tx, clock):
    given = [event(detail={"rows": 3}), event(detail={"kinds": ["a", "b"]}), event()]
    await record_many(tx, clock, given)
    rows = await tx.fetch("select detail from audit_event order by id")
    assert [row["detail"] for row in rows] == [{"rows": 3}, {"kinds": ["a", "b"]}, {}]


async def test_an_act_that_fails_leaves_no_event(database, clock):
    with pytest.raises(OSError, match="failed"):
        await fail_after_recording(database, clock)
    async with database.transaction() as tx:
        assert await looks_at(tx, ANNA) == []


async def fail_after_recording(database, clock):
    async with database.transaction() as tx:
        await record(tx, clock, event(person=ANNA))
        raise OSError("failed")
