"""Running a command's work over the configured database and keys."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from yimatong.doors.config import Config
from yimatong.doors.world import World, database_url, open_world

Result = TypeVar("Result")


def run_in_world(
    work: Callable[[World], Awaitable[Result]], config: Config | None = None
) -> Result:
    """What `work` returns. Unavailable where the database cannot be reached, Misconfigured
    where there is no key file."""
    config = config or configured()

    async def run(url: str) -> Result:
        async with open_world(config, url) as world:
            return await work(world)

    with database_url(config) as url:
        return asyncio.run(run(url))


def configured() -> Config:
    """The settings of the environment. Misconfigured names each that is wrong."""
    return Config.read()
