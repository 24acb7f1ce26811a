"""Short codes: once, for two minutes, one per person, and nobody gets through by trying."""

from datetime import timedelta
from uuid import UUID

import pytest

from yimatong.codes import short
from yimatong.codes.model import Holder
from yimatong.kernel.errors import TooMany

HOLDER = Holder(UUID(int=5), "hubei")
GUARD = UUID(int=9)


@pytest.fixture
def make(tx, clock, randomness, keys):
    async def made(holder=HOLDER):
        return await short.make(tx, clock, randomness, keys, holder)

    return made


@pytest.fixture
def look_up(tx, clock, keys):
    async def found(typed, worker=GUARD):
        return await short.look_up(tx, clock, keys, typed, worker)

    return found


async def test_a_short_code_stands_for_its_holder_once(make, look_up):
    code = await make()
    assert await look_up(code.text) == HOLDER
    assert await look_up(code.text) is None


@pytest.mark.parametrize(
    "spelt",
    [
        lambda text: text.lower(),
        lambda text: text.replace("-", ""),
        " ".join,
        lambda text: "".join(chr(ord(c) + 0xFEE0) if c != "-" else "－" for c in text),
    ],
)
async def test_it_may_be_typed_in_any_way_that_keeps_its_letters(make, look_up, spelt):
    assert await look_up(spelt((await make()).text)) == HOLDER


async def test_it_is_over_after_two_minutes(make, look_up, clock):
    first = await make()
    clock.advance(seconds=119)
    assert await look_up(first.text) == HOLDER
    second = await make()
    assert second.expires_at == clock.now() + timedelta(minutes=2)
    clock.set(second.expires_at)
    assert await look_up(second.text) is None


async def test_a_new_one_ends_the_earlier_one(make, look_up):
    first, second = await make(), await make()
    assert await look_up(first.text) is None
    assert await look_up(second.text) == HOLDER


async def test_ten_may_be_made_in_ten_minutes(make, clock):
    for _ in range(10):
        await make()
    with pytest.raises(TooMany) as refused:
        await make()
    clock.advance(seconds=refused.value.retry_after)
    assert await make()


@pytest.mark.parametrize("typed", ["", "AAAA-AAAA", "0OIL-2Z5S", "一码通", "AC3D-97KMX"])
async def test_what_was_never_made_stands_for_nobody(make, look_up, typed):
    await make()
    assert await look_up(typed) is None


async def test_a_worker_may_try_twenty_times_in_five_minutes(make, look_up, clock):
    code = await make()
    for _ in range(20):
        await look_up("AAAA-AAAA")
    with pytest.raises(TooMany):
        await look_up(code.text)
    assert await look_up(code.text, UUID(int=10)) == HOLDER


@pytest.mark.requirement("YM-09")
async def test_the_code_itself_is_kept_nowhere(tx, make):
    code = await make()
    [row] = await tx.fetch("select * from codes_short")
    plain = short.plain(code.text)
    assert all(plain not in str(value) for value in row.values())
