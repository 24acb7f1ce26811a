"""What goes on beside the requests: carrying out messages, looking whom to tell, forgetting."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from yimatong.access.service import forget
from yimatong.desks import about as desks
from yimatong.desks import behalf
from yimatong.doors.mine.forgetting import forget_gone
from yimatong.doors.world import World
from yimatong.entrances.service import forget as forget_entrances
from yimatong.gates.forgetting import forget as forget_passages
from yimatong.gates.handover import forget as forget_handovers
from yimatong.invitations.service import forget as forget_invitations
from yimatong.kernel.errors import Unavailable
from yimatong.messages.service import deliver_once
from yimatong.messages.service import forget as forget_messages
from yimatong.notices.service import forget as forget_notices
from yimatong.people import drafts
from yimatong.posts.team import forget as forget_posts
from yimatong.storage import Tx
from yimatong.venues.about import forget as forget_visits

PAUSE = 1.0
"""Seconds between two rounds, and the second that a gateway's limit is for."""
FORGET_EVERY = 3600
"""Rounds between two of forgetting."""
FORGETS = (
    forget,
    drafts.forget,
    forget_messages,
    forget_notices,
    forget_invitations,
    forget_entrances,
    forget_posts,
    forget_visits,
    behalf.forget,
    forget_handovers,
)
"""What each room forgets, in a transaction of its own."""
Part = Callable[[World], Awaitable[float]]
"""Does its part once, and says after how many seconds again."""
log = structlog.get_logger()


async def work(world: World) -> None:
    """Goes on until it is cancelled; a database that is away is waited for."""
    await asyncio.gather(_again(world, _deliver), _again(world, _watch), _again(world, _forget))


async def _deliver(world: World) -> float:
    await deliver_once(
        world.database, world.keys, world.gateway, world.clock, limit=world.sms_a_round
    )
    return PAUSE


async def _watch(world: World) -> float:
    """Goes on at once where there was something to do."""
    return 0 if await world.watcher.round() else PAUSE


async def _forget(world: World) -> float:
    await forget_all(world)
    return PAUSE * FORGET_EVERY


async def forget_all(world: World) -> None:
    """Erases what has ended: sessions, codes, answers, messages, and deleted persons."""
    for part in FORGETS:
        async with world.database.transaction() as tx:
            await part(tx, world.clock)
    await _in_pages(world, lambda tx: desks.forget(tx, world.people, world.clock))
    await _in_pages(world, lambda tx: forget_passages(tx, world.gate_tools))
    await forget_gone(world)


async def _in_pages(world: World, forget_page: Callable[[Tx], Awaitable[int]]) -> None:
    """What a scene keeps no longer: a page is one transaction, until one finds nothing."""
    gone = 1
    while gone:
        async with world.database.transaction() as tx:
            gone = await forget_page(tx)


async def _again(world: World, part: Part) -> None:
    while True:
        pause = PAUSE
        try:
            pause = await part(world)
        except Unavailable:
            log.warning("worker.waiting", reason="database")
        except Exception as error:
            log.error("worker.broken", error=type(error).__name__, exc_info=error)
        await asyncio.sleep(pause)
