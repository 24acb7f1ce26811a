"""What goes on beside the requests: carrying out messages, forgetting what has ended."""

import asyncio

import structlog

from yimatong.access.service import forget
from yimatong.doors.world import World
from yimatong.entrances import service as entrances
from yimatong.kernel.errors import Unavailable
from yimatong.messages.service import deliver_once

PAUSE = 1.0
"""Seconds between two looks into the outbox."""
FORGET_EVERY = 3600
"""Looks into the outbox between two rounds of forgetting."""
log = structlog.get_logger()


async def work(world: World) -> None:
    """Goes on until it is cancelled; a database that is away is waited for."""
    rounds = 0
    while True:
        try:
            await deliver_once(world.database, world.keys, world.gateway, world.clock)
            if rounds % FORGET_EVERY == 0:
                async with world.database.transaction() as tx:
                    await forget(tx, world.clock)
                    await entrances.forget(tx, world.clock)
        except Unavailable:
            log.warning("worker.waiting", reason="database")
        except Exception as error:
            log.error("worker.broken", error=type(error).__name__, exc_info=error)
        rounds += 1
        await asyncio.sleep(PAUSE)
