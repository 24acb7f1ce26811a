"""Carrying out together what arrived together.

Whoever comes while a group is under way waits for the next; nobody waits for a group to fill.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from yimatong.kernel.errors import Unavailable, YimatongError

Item = TypeVar("Item")
Result = TypeVar("Result")

WAITING = 1024
"""More than this many waiting are told to come back: some 0.2 s of one worker's work."""
LARGEST = 128
LANES = 2
"""Groups under way at once: while one waits for the database the next is prepared."""
RETRY_AFTER = 1


class Group(Generic[Item, Result]):
    """`carry` carries out many items, all or none; its results stand in their order.

    A result that is an error is raised to whoever submitted its item. When a whole group
    fails, its members are tried one by one, so that one bad item harms nobody else.
    """

    def __init__(
        self, carry: Callable[[Sequence[Item]], Awaitable[Sequence[Result | YimatongError]]]
    ) -> None:
        self._carry = carry
        self._waiting: deque[tuple[Item, asyncio.Future[Result]]] = deque()
        self._lanes: set[asyncio.Task[None]] = set()

    async def submit(self, item: Item) -> Result:
        """The item's own result; Unavailable where too many wait already."""
        if len(self._waiting) >= WAITING:
            error = Unavailable.of("gates.busy", seconds=RETRY_AFTER)
            error.retry_after = RETRY_AFTER
            raise error
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if len(self._lanes) < LANES:
            lane = asyncio.create_task(self._work())
            self._lanes.add(lane)
            lane.add_done_callback(self._lanes.discard)
        return await future

    async def _work(self) -> None:
        while self._waiting:
            size = min(len(self._waiting), LARGEST)
            await self._carry_out([self._waiting.popleft() for _ in range(size)])

    async def _carry_out(self, members: list[tuple[Item, asyncio.Future[Result]]]) -> None:
        try:
            results = await self._carry([item for item, _ in members])
        except Exception as error:
            await self._failed(members, error)
            return
        for (_, future), result in zip(members, results, strict=True):
            _settle(future, result)

    async def _failed(
        self, members: list[tuple[Item, asyncio.Future[Result]]], error: Exception
    ) -> None:
        """One by one, unless the database is away or there was only one."""
        if len(members) == 1 or isinstance(error, Unavailable):
            for _, future in members:
                _settle(future, error)
            return
        for member in members:
            await self._carry_out([member])


def _settle(future: "asyncio.Future[Result]", result: Result | Exception) -> None:
    """A submitter that has gone away is not told."""
    if future.done():
        return
    if isinstance(result, Exception):
        future.set_exception(result)
    else:
        future.set_result(result)
