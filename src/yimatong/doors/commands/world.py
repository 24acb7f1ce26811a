"""What a command does that needs the database."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from yimatong.doors.config import Config
from yimatong.doors.world import World, database_url, open_world

T = TypeVar("T")


def run_in_world(work: Callable[[World], Awaitable[T]]) -> T:
    """Runs `work` in a world of the configured database and key file, and closes it again.

    Misconfigured without a key file, Unavailable where the database does not answer.
    """
    config = Config()
    with database_url(config) as url:
        return asyncio.run(_run(config, url, work))


async def _run(config: Config, url: str, work: Callable[[World], Awaitable[T]]) -> T:
    async with open_world(config, url) as world:
        return await work(world)
