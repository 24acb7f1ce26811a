"""What arrives together is carried out together, and nobody is answered before it is done."""

import asyncio
from collections.abc import Sequence

import pytest

from yimatong.gates import group
from yimatong.gates.group import Group
from yimatong.kernel.errors import BadInput, Unavailable


class Carrier:
    """Carries numbers when it is told to; refuses 13, breaks on 99 unless it is alone."""

    def __init__(self) -> None:
        self.go, self.sizes = asyncio.Event(), list[int]()

    async def __call__(self, items: Sequence[int]) -> list[int | BadInput]:
        await self.go.wait()
        self.sizes.append(len(items))
        if 99 in items:
            raise RuntimeError("broken")
        if 503 in items:
            raise Unavailable.of("storage.unavailable", seconds=1)
        return [BadInput.of("gates.body") if item == 13 else item * 2 for item in items]


async def submitted(items: list[int]) -> tuple[Carrier, list[int | BaseException]]:
    carrier = Carrier()
    grouped: Group[int, int] = Group(carrier)
    tasks = [asyncio.create_task(grouped.submit(item)) for item in items]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not any(task.done() for task in tasks)
    carrier.go.set()
    return carrier, await asyncio.gather(*tasks, return_exceptions=True)


async def test_whoever_comes_while_a_group_is_under_way_waits_for_the_next():
    carrier, answers = await submitted(list(range(100, 110)))
    assert answers == [item * 2 for item in range(100, 110)]
    assert len(carrier.sizes) <= 3


async def test_each_gets_its_own_answer_or_error():
    _, answers = await submitted([1, 13, 2])
    assert answers[0::2] == [2, 4]
    assert isinstance(answers[1], BadInput)


async def test_a_group_that_breaks_is_tried_one_by_one():
    _, answers = await submitted([1, 2, 99, 3, 4])
    assert [answers[n] for n in (0, 1, 3, 4)] == [2, 4, 6, 8]
    assert isinstance(answers[2], RuntimeError)


async def test_a_database_that_is_away_is_not_asked_once_for_each():
    carrier, answers = await submitted([1, 2, 503, 3, 4, 5])
    assert sum(isinstance(answer, Unavailable) for answer in answers) >= 4
    assert len(carrier.sizes) <= 3


async def test_more_than_can_wait_are_told_to_come_back(monkeypatch):
    monkeypatch.setattr(group, "WAITING", 3)
    carrier = Carrier()
    grouped: Group[int, int] = Group(carrier)
    tasks = [asyncio.create_task(grouped.submit(item)) for item in range(3)]
    await asyncio.sleep(0)
    waiting = [asyncio.create_task(grouped.submit(item)) for item in range(9)]
    await asyncio.sleep(0)
    refused = [task for task in waiting if task.done()]
    assert refused
    for task in refused:
        with pytest.raises(Unavailable) as told:
            await task
        assert told.value.retry_after == 1
    carrier.go.set()
    await asyncio.gather(*tasks, *(task for task in waiting if task not in refused))
