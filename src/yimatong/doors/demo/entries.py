"""What the demo's command office has published, from `information.toml`."""

import tomllib
from datetime import datetime, timedelta
from importlib import resources
from typing import Any

from yimatong.access import staff
from yimatong.access.actor import Actor
from yimatong.access.permissions import Role
from yimatong.doors.demo.model import Cast
from yimatong.doors.world import World
from yimatong.information import Draft, Information, Kind
from yimatong.kernel.clock import FixedClock, day_of
from yimatong.people.phones import check_phone
from yimatong.storage import Tx


async def publish(world: World, tx: Tx, people: Cast) -> None:
    """Publishes every entry as of its day, as the demo's administrator; then corrects and takes
    down those that say so."""
    administrator = await _administrator(world, tx, people)
    text = resources.files("yimatong.doors.demo").joinpath("information.toml").read_text("utf-8")
    for told in tomllib.loads(text)["entry"]:
        moment = world.clock.now() - timedelta(days=told.pop("days_ago"))
        room = Information(FixedClock(moment), world.randomness)
        corrected, withdrawn = told.pop("corrected", None), told.pop("withdrawn", False)
        draft = _draft(told, moment)
        entry = await room.publish(tx, administrator, draft)
        later = Information(FixedClock(moment + timedelta(hours=2)), world.randomness)
        if corrected:
            await later.publish(tx, administrator, _draft(told | corrected, moment), entry)
        if withdrawn:
            await later.withdraw(tx, administrator, entry)


def _draft(told: dict[str, Any], moment: datetime) -> Draft:
    fields = told | {"kind": Kind(told["kind"])}
    return Draft(valid_from=day_of(moment), **fields)


async def _administrator(world: World, tx: Tx, people: Cast) -> Actor:
    phone = next(one.phone for one in people.staff if one.role is Role.ADMINISTRATOR)
    account = await world.people.account_for(tx, check_phone(phone))
    post = await staff.of_account(tx, account)
    assert post is not None
    return Actor(account, post.role, b"", staff=post.id)
