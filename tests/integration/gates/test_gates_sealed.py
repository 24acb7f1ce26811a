"""What gates keep sealed opens with the old key, and after sealing anew without it."""

import pytest
from tests.lib.dump import tables_with
from tests.lib.gates import resealed
from tests.lib.mine import PLATE, STREET, lived

from yimatong.gates import own


@pytest.mark.requirement("YM-09")
async def test_a_verdict_kept_for_a_repeated_scan_names_nobody(world, client, database_url):
    await lived(world, client)
    assert await tables_with(database_url, "田**") == set()
    for secret in ("田*", PLATE, STREET):
        assert await tables_with(database_url, secret) == set()


@pytest.mark.requirement("YM-09")
async def test_after_a_rotation_everything_opens_without_the_old_key(world, client):
    login = await lived(world, client)
    alone = await resealed(world)
    async with world.database.transaction() as tx:
        assert {one.plate for one in await own.passages(tx, alone, login.person)} == {PLATE, None}
        report = await tx.fetchrow("select id, note from gates_report")
        assert alone.open(report["note"], b"gates.note:" + report["id"].bytes).decode() == STREET
