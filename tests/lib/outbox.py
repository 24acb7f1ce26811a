"""What went out by SMS, and what residents were told."""

from typing import Any

from yimatong.doors.world import World
from yimatong.messages.service import recent


async def texts(world: World, phone: str = "") -> list[str]:
    """The texts to a number, the oldest first; to everybody where there is none."""
    async with world.database.transaction() as tx:
        found = await recent(tx, world.keys, 2000)
    return [sms.text for sms in reversed(found) if sms.phone.endswith(phone)]


async def watched(world: World) -> None:
    """The watcher goes on until there is nothing to do."""
    while await world.watcher.round():
        pass


async def notices(client: Any, login: Any, language: str = "zh") -> list[dict[str, Any]]:
    """The account's notices, the newest first."""
    headers = {**login.headers, "accept-language": language}
    answer = await client.get("/api/v1/notices", headers=headers)
    assert answer.status_code == 200, answer.text
    listed: list[dict[str, Any]] = answer.json()["notices"]
    return listed
