"""Running the web door until somebody ends it."""

import asyncio
import gc
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from yimatong.doors.logs import configure
from yimatong.doors.web import asgi
from yimatong.doors.worker import work
from yimatong.doors.world import World
from yimatong.kernel.errors import Misconfigured

COLLECT = (20_000, 20, 20)
"""Objects between two looks at the youngest, and how many of these make one at the older. At
Python's own 700 a tenth of a gate's time went into looking."""


async def serve(world: World, started: Callable[[int], None]) -> None:
    """Serves until SIGINT or SIGTERM; `started` is told the port when it is open.

    Misconfigured where the port cannot be had.
    """
    configure()
    with listen(world.config.host, world.config.port) as listening:
        await _serve(world, listening, started)


def listen(host: str, port: int) -> socket.socket:
    """An open port; 0 is any. What is accepted there sends at once: an answer is two small writes,
    and a kept connection would otherwise hold back the second until the client's delayed
    acknowledgement, 40 ms later. Misconfigured where the port cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise Misconfigured.of("doors.port", address=f"{host}:{port}", reason=reason) from None
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def settled() -> None:
    """What is in memory by now stays there: the garbage collector need never look at it again. And
    it looks less often, since what a request makes dies with it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT)


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
    settled()
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
