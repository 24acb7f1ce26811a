"""Running the web door until somebody ends it."""

import asyncio
import signal
import sys
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from yimatong.doors.logs import configure
from yimatong.doors.web import asgi
from yimatong.doors.worker import work
from yimatong.doors.world import World


async def serve(world: World, started: Callable[[], None]) -> None:
    """Serves until SIGINT or SIGTERM; `started` is called when the port is open."""
    configure()
    config = world.config
    server = uvicorn.Server(
        uvicorn.Config(
            asgi(world),
            host=config.host,
            port=config.port,
            access_log=False,
            log_level="warning",
            server_header=False,
            lifespan="on",
            timeout_graceful_shutdown=5,
        )
    )
    beside = asyncio.create_task(work(world))
    telling = asyncio.create_task(_tell(server, started))
    try:
        await server.serve()
    finally:
        for task in (beside, telling):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def _tell(server: uvicorn.Server, started: Callable[[], None]) -> None:
    while not server.started:  # noqa: ASYNC110  uvicorn has no event for it
        await asyncio.sleep(0.05)
    started()


def end_on_sigterm() -> None:
    """SIGTERM unwinds like Ctrl-C, so that an embedded database is stopped as well."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
