import asyncio
import shutil
import tempfile
from pathlib import Path

import asyncpg
import pytest

from yimatong.kernel.errors import Unavailable
from yimatong.storage import Database, embedded, upgrade


async def test_the_application_runs_as_a_role_that_cannot_change_the_schema(database):
    async with database.transaction() as tx:
        assert await tx.fetchval("select current_user") == "yimatong_app"
        with pytest.raises(Exception, match="permission denied"):
            await tx.execute("create table mine (id int)")


async def test_who_makes_the_tables_need_not_be_a_superuser():
    folder = Path(tempfile.mkdtemp(prefix="yimatong-own-", dir="/tmp"))
    with embedded(folder / "pg") as url:
        superuser = await asyncpg.connect(url)
        await superuser.execute("create role keeper login createrole")
        await superuser.execute("create database kept owner keeper")
        await superuser.close()
        own = url.replace("postgres:@/postgres", "keeper:@/kept")
        await asyncio.to_thread(upgrade, own)
        opened = await Database.open(own)
        async with opened.transaction() as tx:
            assert await tx.fetchval("select current_user") == "yimatong_app"
            parts = "select count(*) from pg_inherits where inhparent = 'gates_passage'::regclass"
            assert await tx.fetchval(parts) == 16
        await opened.pool.close()
    shutil.rmtree(folder)


async def test_a_block_that_raises_leaves_nothing_behind(database):
    with pytest.raises(ZeroDivisionError):
        async with database.transaction() as tx:
            await tx.execute("create temporary table kept (id int)")
            raise ZeroDivisionError
    async with database.transaction() as tx:
        assert await tx.fetchval("select to_regclass('pg_temp.kept')") is None


async def test_a_server_that_is_not_there_is_unavailable_with_a_time_to_retry():
    with pytest.raises(Unavailable) as caught:
        await Database.open("postgresql://nobody@127.0.0.1:1/none")
    assert caught.value.retry_after == 5


async def test_a_connection_that_is_cut_off_is_unavailable_and_the_pool_recovers(
    database, database_url
):
    with pytest.raises(Unavailable):
        async with database.transaction() as tx:
            await _cut_off(database_url, await tx.fetchval("select pg_backend_pid()"))
            await tx.execute("select 1")
    async with database.transaction() as tx:
        assert await tx.fetchval("select 1") == 1


async def _cut_off(url: str, backend: int) -> None:
    superuser = await asyncpg.connect(url)
    await superuser.execute("select pg_terminate_backend($1, 1000)", backend)
    await superuser.close()
