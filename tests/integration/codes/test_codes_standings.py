"""Standings are kept until time or a new fact changes them, and never longer."""

from datetime import timedelta

import msgspec
import pytest
from tests.lib.logins import resident
from tests.lib.told import APPROVED, told

from yimatong.codes.standings import Standings
from yimatong.doors.packs import library
from yimatong.policy.library import Library

RESOLUTION = timedelta(microseconds=1)
DECLARED = [("declaration", "self", 0)]


@pytest.fixture
async def person(world):
    return (await resident(world, region="yunnan")).person


@pytest.fixture
def standing(world, person):
    async def of(region="yunnan", standings=world.standings):
        async with world.database.transaction() as tx:
            return (await standings.of(tx, person, region)).standing

    return of


@pytest.fixture
def cached(world, person):
    """A column of the one kept standing, or None."""

    async def of(column="decided_at"):
        async with world.database.transaction() as tx:
            return await tx.fetchval(
                f"select {column} from codes_standing where person = $1", person
            )

    return of


async def test_nothing_recorded_is_undeclared(standing):
    assert (await standing()).state == "undeclared"


async def test_a_kept_standing_is_used_until_the_moment_it_changes(
    world, person, standing, cached, clock
):
    await told(world, person, DECLARED)
    green = await standing()
    derived_at = await cached()
    clock.set(green.next_change_at - RESOLUTION)
    assert await standing() == green
    assert await cached() == derived_at
    clock.advance(microseconds=1)
    assert (await standing()).state == "expired"
    assert await cached() == clock.now()


async def test_a_new_fact_counts_at_once(world, person, standing, clock):
    await told(world, person, DECLARED)
    assert (await standing()).colour == "green"
    clock.advance(seconds=1)
    await told(world, person, [("case.confirmed", "registry", 0)])
    assert (await standing()).colour == "red"


async def test_a_corrected_policy_file_outdates_what_the_old_one_said(
    world, person, standing, cached, clock
):
    await told(world, person, DECLARED)
    await standing()
    derived_at = await cached()
    clock.advance(minutes=1)
    corrected = Library(
        msgspec.structs.replace(policy, promise=policy.title) for policy in library().policies()
    )
    await standing(standings=Standings(corrected, clock))
    assert await cached() > derived_at


async def test_a_kept_standing_of_another_region_is_another(world, person, standing):
    await told(world, person, APPROVED)
    assert (await standing("yunnan")).policy.startswith("yunnan@")
    assert (await standing("hainan")).policy.startswith("hainan@")


@pytest.mark.requirement("YM-01")
async def test_deriving_again_finds_no_difference(world, person, standing):
    await told(world, person, DECLARED)
    await standing()
    found = await world.standings.rederive(world.database)
    assert (found.checked, found.waiting, found.found) == (1, 0, ())


@pytest.mark.requirement("YM-01")
async def test_a_colour_that_somebody_planted_is_found(world, person, standing, plant):
    await told(world, person, DECLARED)
    await standing()
    await plant("red")
    told_progress = []
    found = await world.standings.rederive(
        world.database, lambda done, total: told_progress.append((done, total))
    )
    [difference] = found.found
    assert (difference.person, difference.region) == (person, "yunnan")
    assert (difference.cached.colour, difference.derived.colour) == ("red", "green")
    assert told_progress == [(1, 1)]


async def test_a_standing_that_is_outlived_is_waiting_and_no_difference(
    world, person, standing, clock
):
    await told(world, person, DECLARED)
    green = await standing()
    clock.set(green.next_change_at)
    found = await world.standings.rederive(world.database)
    assert (found.checked, found.waiting, found.found) == (0, 1, ())
