"""How many persons one worker may open: counted by clock hours, for many workers at once."""

import asyncio
from uuid import UUID

import pytest
from tests.lib.gates import opened, rows, shown
from tests.lib.logins import gate, resident, worker
from tests.lib.paper import asked

from yimatong.access.permissions import Role
from yimatong.access.quota import Count, Quota, take, take_many
from yimatong.kernel.errors import TooMany

ONE, OTHER = UUID(int=1), UUID(int=2)
FEW = Quota(hour=3, day=5)


async def test_an_hour_and_a_day_have_each_their_bound_and_say_how_long_to_wait(tx, clock):
    clock.advance(minutes=20)
    for _ in range(FEW.hour):
        await take(tx, clock, ONE, FEW)
    with pytest.raises(TooMany) as over_the_hour:
        await take(tx, clock, ONE, FEW)
    await take(tx, clock, OTHER, FEW)
    assert over_the_hour.value.retry_after == 40 * 60
    clock.advance(hours=1)
    await take(tx, clock, ONE, FEW)
    with pytest.raises(TooMany):  # the day's
        await take(tx, clock, ONE, FEW)
    clock.advance(hours=14)
    await take(tx, clock, ONE, FEW)


async def test_a_group_is_counted_in_one_statement_and_says_who_is_over(tx, clock):
    await take_many(tx, clock, {OTHER: Count(0, FEW)})  # asyncpg asks about types but once
    statements = []
    tx.add_query_logger(lambda record: statements.append(record.query))
    over = await take_many(tx, clock, {ONE: Count(4, FEW), OTHER: Count(3, FEW)})
    assert await tx.fetchval("select 1") == 1  # by now the logger has heard of all before
    assert over == {ONE}
    assert ["access_quota" in one for one in statements][:2] in ([True], [True, False])
    assert await take_many(tx, clock, {}) == set()


async def test_two_at_once_are_counted_both(database, clock):
    async def scan():
        async with database.transaction() as tx:
            await take(tx, clock, ONE, FEW)

    done = await asyncio.gather(*(scan() for _ in range(5)), return_exceptions=True)
    assert [type(one) for one in done if one].count(TooMany) == 2


async def near_the_bound(world, guard, left):
    quota = world.scenes.named("gate").quota
    async with world.database.transaction() as tx:
        count = Count(quota.hour - left, Quota(quota.hour, quota.day))
        await take_many(tx, world.clock, {guard.staff: count})


async def test_a_guard_scans_and_opens_no_more_than_the_quota(world, client):
    person = await resident(world)
    guard, other = [await worker(world, Role.GUARD, await gate(world), one) for one in (1, 2)]
    await near_the_bound(world, guard, 2)
    code = await shown(client, person)
    scan = {"code": code, "direction": "in", "reason": "home", "felt": "normal"}

    async def scanned(key, by=guard):
        return await asked(client, by, "gate/scans", key, **scan)

    assert (await opened(client, guard, code=code)).status_code == 201
    first, over, again = [await scanned(key) for key in "aba"]
    assert [one.status_code for one in (first, over, again)] == [201, 429, 201]
    assert (over.headers["retry-after"], await rows(world, "gates_passage")) == ("3600", 1)
    assert (await opened(client, guard, code=code)).status_code == 429
    assert (await scanned("c", other)).status_code == 201
    client.cookies.set("session", guard.token)
    page = await client.post("/desk/gate", data={"code": code})
    assert (page.status_code, "太频繁" in page.text) == (429, True)
    world.clock.advance(hours=1)
    scan["code"] = await shown(client, person)
    assert (await scanned("d")).status_code == 201
