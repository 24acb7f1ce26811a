"""What goes on beside the requests: carrying out messages, forgetting what has ended."""

import asyncio

import structlog

from yimatong.access.service import forget
from yimatong.doors.mine.forgetting import forget_gone
from yimatong.doors.world import World
from yimatong.kernel.errors import Unavailable
from yimatong.messages import service as messages
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
                await forget_all(world)
        except Unavailable:
            log.warning("worker.waiting", reason="database")
        except Exception as error:
            log.error("worker.broken", error=type(error).__name__, exc_info=error)
        rounds += 1
        await asyncio.sleep(PAUSE)


async def forget_all(world: World) -> None:
    """Erases what has ended: sessions, codes, answers, messages, and deleted persons."""
    async with world.database.transaction() as tx:
        await forget(tx, world.clock)
        await messages.forget(tx, world.clock)
    await forget_gone(world)
