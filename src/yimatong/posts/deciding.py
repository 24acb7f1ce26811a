"""An administrator opens, refuses or closes the places of an area; who asked is told by SMS."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from yimatong import places
from yimatong.access import staff
from yimatong.access.actor import Actor
from yimatong.kernel.errors import NotFound
from yimatong.messages import service as messages
from yimatong.messages.wishes import wish_of
from yimatong.people import workers
from yimatong.places import Place, PlaceState
from yimatong.posts.model import PostTools, Waiting
from yimatong.posts.registering import end_posts
from yimatong.storage import Tx

SMS_LIFE = timedelta(hours=24)


async def found(
    tx: Tx, tools: PostTools, actor: Actor, state: PlaceState, name: str, page: int
) -> list[Waiting]:
    """A page of the places in a state within the administrator's area, with who answers for
    each."""
    listed = await places.waiting(tx, state, actor.area, name, page)
    managers = await staff.managers(tx, [one.id for one in listed])
    names = {
        account: await workers.name_of(tools.people, tx, account) for account in managers.values()
    }
    return [Waiting(one, _name(names, managers.get(one.id))) for one in listed]


async def approve(tx: Tx, tools: PostTools, actor: Actor, place: UUID) -> Place:
    """Opens it, and makes its poster's id; the post there begins. As `places.approve`."""
    people = tools.people
    opened = await places.approve(tx, people.clock, actor, place)
    await staff.begin_at(tx, people.clock, place)
    await places.poster_of(tx, people.clock, people.randomness, place)
    await _tell(tx, tools, opened, "messages.text.place_open")
    return opened


async def refuse(tx: Tx, tools: PostTools, actor: Actor, place: UUID, reason: str) -> Place:
    """Refuses it; the post of who asked ends. As `places.refuse`."""
    refused = await places.refuse(tx, tools.people.clock, actor, place, reason)
    await _tell(tx, tools, refused, "messages.text.place_refused")
    await end_posts(tx, tools, place)
    return refused


async def close(tx: Tx, tools: PostTools, actor: Actor, place: UUID) -> Place:
    """Closes it for good; every post there ends at once. As `places.close`."""
    closed = await places.close(tx, tools.people.clock, actor, place)
    await end_posts(tx, tools, place)
    return closed


async def _tell(tx: Tx, tools: PostTools, place: Place, key: str) -> None:
    people = tools.people
    if place.registered_by is None:
        return
    try:
        phone = await people.phone_of(tx, place.registered_by)
    except NotFound:  # the account was deleted, or became part of another, meanwhile
        return
    wish = await wish_of(tx, people.keys, phone)
    link = tools.address + ("/desks/new" if place.scene else "/venues")
    await messages.send(
        tx, people.keys, people.clock, people.randomness, phone, key, wish.language, SMS_LIFE,
        link=link,
    )  # fmt: skip


def _name(names: Mapping[UUID, str], account: UUID | None) -> str:
    return names.get(account, "") if account else ""
