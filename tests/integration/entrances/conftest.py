"""A world whose residents may log in by WeChat and Alipay, played by a stand-in on a socket."""

import re
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from tests.lib.standins import StandIn, stand_in

from yimatong.doors.config import Config
from yimatong.doors.world import World, open_world
from yimatong.messages.service import recent

PHONE = "13900020001"


@pytest.fixture(scope="module")
def standing_in() -> Iterator[StandIn]:
    with stand_in() as one:
        yield one


@pytest.fixture
def app(standing_in) -> StandIn:
    """The stand-in, in good health whatever the test before did to it."""
    standing_in.declines = standing_in.away = standing_in.forges = False
    standing_in.who = "oTester001"
    standing_in.backs = {"yimatong.test"}
    return standing_in


@pytest.fixture
async def world(database_url, keys, clock, randomness, app, tmp_path) -> AsyncIterator[World]:
    config = Config(
        database_url=database_url, secure_cookies=False, accept_keys="test",
        public_url="http://yimatong.test", **app.settings(tmp_path),
    )  # fmt: skip
    async with open_world(config, database_url, keys, clock, randomness) as opened:
        yield opened


async def asked(client: httpx.AsyncClient, channel: str) -> str:
    """Where the app sends the browser back to."""
    sent = await client.get(f"/login/with/{channel}")
    async with httpx.AsyncClient() as elsewhere:
        answer = await elsewhere.get(sent.headers["location"])
    return answer.headers.get("location", answer.text)


async def entered(client: httpx.AsyncClient, channel: str) -> httpx.Response:
    """What the product answers to a log-in by an app."""
    return await client.get(await asked(client, channel))


async def sms(world: World, phone: str = PHONE) -> str:
    async with world.database.transaction() as tx:
        found = await recent(tx, world.keys, 20)
    text = next(one.text for one in found if one.phone.endswith(phone))
    return re.search(r"\d{6}", text)[0]


async def linked(world: World, client: httpx.AsyncClient, channel: str) -> httpx.Response:
    """A first log-in by an app, confirmed by phone."""
    await entered(client, channel)
    await client.post("/login/link", data={"phone": PHONE})
    return await client.post("/login/link/code", data={"code": await sms(world)})
