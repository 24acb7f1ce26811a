"""Passages and reports end with the days that their scene keeps them."""

import pytest
from tests.lib.gates import opened, rows, scanned, shown

from yimatong.doors.worker import forget_all

ENTRY = {"direction": "in", "reason": "home", "felt": "normal"}
HELD = ("gates_passage", "gates_report")


@pytest.mark.requirement("HI-20", "HI-09")
async def test_they_are_erased_once_the_scene_keeps_them_no_longer(world, client, guard, person):
    await scanned(client, guard, person, **ENTRY)
    ticket = (await opened(client, guard, code=await shown(client, person))).json()["ticket"]
    report = {"ticket": ticket, "concern": "track", "note": "绕行"}
    await client.post("/api/v1/gate/reports", json=report, headers=guard.headers)
    world.clock.advance(days=world.scenes.named("gate").kept_days)
    await forget_all(world)
    assert [await rows(world, table) for table in HELD] == [2, 1]
    world.clock.advance(seconds=1)
    await forget_all(world)
    assert [await rows(world, table) for table in HELD] == [0, 0]
