"""Connection pools and transactions on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self, TypeAlias

import asyncpg
import msgspec
from asyncpg.pool import PoolConnectionProxy

from yimatong.kernel.errors import Unavailable

Tx: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"
"""A connection inside an open transaction. Who is handed one neither commits nor rolls back."""

APPLICATION_ROLE = "yimatong_app"
RETRY_AFTER = 5
_LOST = (OSError, asyncpg.InterfaceError, asyncpg.PostgresConnectionError, TimeoutError)
_LOST_CODES = ("57P", "53")  # operator intervention, insufficient resources


class Database:
    """One pool. The application's role can neither change the ledger nor the schema."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]", patience: float) -> None:
        self.pool = pool
        self._patience = patience

    @classmethod
    async def open(
        cls, url: str, *, max_size: int = 10, patience: float = 5.0, role: str = APPLICATION_ROLE
    ) -> Self:
        """Opens a pool of up to `max_size` connections.

        `patience` is how many seconds a request may wait for one before it is told to come
        back (Unavailable). Raises Unavailable where the server cannot be reached.
        """
        try:
            pool = await asyncpg.create_pool(
                url,
                min_size=1,
                max_size=max_size,
                init=_speak_json,
                server_settings={"role": role, "timezone": "Asia/Shanghai"},
            )
        except (*_LOST, asyncpg.PostgresError) as error:
            raise unavailable() from error
        return cls(pool, patience)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        """A transaction: committed when the block ends, rolled back when it raises."""
        try:
            async with asyncio.timeout(self._patience):
                connection = await self.pool.acquire()
        except (*_LOST, asyncpg.PostgresError) as error:
            raise unavailable() from error
        try:
            async with connection.transaction():
                yield connection
        except (asyncpg.InterfaceError, asyncpg.PostgresError, ConnectionError) as error:
            if lost(error):
                raise unavailable() from error
            raise
        finally:
            await self.pool.release(connection)

    async def close(self) -> None:
        await self.pool.close()


def lost(error: BaseException) -> bool:
    """Whether the error says that the server went away or has no room, rather than 'no'."""
    code = getattr(error, "sqlstate", None) or ""
    return isinstance(error, _LOST) or code.startswith(_LOST_CODES)


def unavailable() -> Unavailable:
    error = Unavailable.of("storage.unavailable", seconds=RETRY_AFTER)
    error.retry_after = RETRY_AFTER
    return error


async def _speak_json(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: b"\x01" + msgspec.json.encode(value),
        decoder=lambda data: msgspec.json.decode(data[1:]),
        format="binary",
    )
