"""Running the web door until somebody ends it."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from yimatong.doors.config import Config
from yimatong.doors.logs import configure
from yimatong.doors.web import asgi
from yimatong.doors.worker import work
from yimatong.doors.world import World
from yimatong.kernel.errors import Misconfigured


async def serve(world: World, started: Callable[[int], None]) -> None:
    """Serves until SIGINT or SIGTERM; `started` is told the port when it is open.

    Misconfigured where the port cannot be had.
    """
    configure()
    with _listening(world.config) as listening:
        await _serve(world, listening, started)


def _listening(config: Config) -> socket.socket:
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    try:
        return socket.create_server((config.host, config.port), family=family, backlog=2048)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        address = f"{config.host}:{config.port}"
        raise Misconfigured.of("doors.port", address=address, reason=reason) from None


async def _serve(world: World, listening: socket.socket, started: Callable[[int], None]) -> None:
    server = uvicorn.Server(
        uvicorn.Config(
            asgi(world),
            access_log=False,
            log_level="warning",
            server_header=False,
            lifespan="on",
            timeout_graceful_shutdown=5,
        )
    )
    beside = asyncio.create_task(work(world))
    port = listening.getsockname()[1]
    telling = asyncio.create_task(_tell(server, lambda: started(port)))
    try:
        await server.serve(sockets=[listening])
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
