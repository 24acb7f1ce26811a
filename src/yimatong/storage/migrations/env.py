"""Runs the migrations over asyncpg, the only driver there is."""

import asyncio
from typing import Any

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

LOCK = 0x79696D61  # one migration at a time, however many servers start together


def _run(connection: Connection) -> None:
    connection.exec_driver_sql(f"select pg_advisory_lock({LOCK})")
    connection.commit()
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


async def _connect_and_run(url: str) -> None:
    connected: dict[str, Any] = {"dsn": url}
    engine = create_async_engine(
        "postgresql+asyncpg://", poolclass=NullPool, connect_args=connected
    )
    async with engine.connect() as connection:
        await connection.run_sync(_run)
    await engine.dispose()


asyncio.run(_connect_and_run(context.config.attributes["url"]))
