"""Whom an administrator gives a post or takes one from: within the area, as with places."""

from uuid import UUID

from yimatong import places
from yimatong.access import staff
from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission, Role
from yimatong.access.staff import PLACED, Duty, Post
from yimatong.kernel.errors import NotAllowed, NotFound
from yimatong.people import workers
from yimatong.people.model import Worker
from yimatong.people.service import People
from yimatong.storage import Tx


def must_manage(actor: Actor | None) -> Actor:
    """The administrator; NotAllowed where it is none."""
    if actor is None or not actor.may(Permission.STAFF_MANAGE):
        raise NotAllowed.of("access.staff.not_allowed")
    return actor


async def add(
    people: People, tx: Tx, actor: Actor | None, name: str, phone: str, duty: Duty
) -> tuple[UUID, str]:
    """The post's id and its second factor's secret. The very first administrator is added without
    an actor, everybody else by one.

    As `workers.add`; BadInput of an area that is none, NotAllowed where the post would reach
    beyond the actor's area, NotFound where its place lies outside.
    """
    if duty.area is not None:
        places.division(duty.area)
    first = actor is None and duty.role is Role.ADMINISTRATOR and not await _has_administrator(tx)
    if not first:
        await _check_area(tx, must_manage(actor), duty)
    return await workers.add(
        people, tx, name, phone, duty.role, duty.place, duty.area, manager=duty.manager
    )


async def remove(people: People, tx: Tx, actor: Actor | None, post: UUID) -> None:
    """Takes a post away, at once. NotFound where there is none within the actor's area."""
    administrator, found = must_manage(actor), await staff.named(tx, post)
    if found is None or not await _seen(tx, administrator, [found]):
        raise NotFound.of("access.staff.unknown", staff=post)
    await staff.remove(tx, people.clock, post)


async def everyone(people: People, tx: Tx, actor: Actor | None) -> list[Worker]:
    """Who works within the actor's area, of the first page of posts."""
    administrator = must_manage(actor)
    seen = {post.id for post in await _seen(tx, administrator, await staff.posts(tx))}
    return [one for one in await workers.everyone(people, tx) if one.staff in seen]


async def _check_area(tx: Tx, actor: Actor, duty: Duty) -> None:
    """A post at a place reaches as far as the place; of the others only an administrator's can
    be for an area."""
    if actor.area is None:
        return
    if duty.role in PLACED:
        if duty.place is not None:
            await places.in_area(tx, actor.area, duty.place)
    elif duty.role is not Role.ADMINISTRATOR or not _reaches(actor.area, duty.area):
        raise NotAllowed.of("posts.beyond_area")


async def _seen(tx: Tx, actor: Actor, posts: list[Post]) -> list[Post]:
    """Those that an administrator may know of: all, or those of the area."""
    if actor.area is None:
        return posts
    area, at = actor.area, await places.several(tx, {one.place for one in posts if one.place})
    return [
        one
        for one in posts
        if (places.within(area, at[one.place].division) if one.place else _reaches(area, one.area))
    ]


def _reaches(area: str, other: str | None) -> bool:
    """Whether a post for the other area reaches no further than this one."""
    return other is not None and places.within(area, other)


async def _has_administrator(tx: Tx) -> bool:
    return any(post.role is Role.ADMINISTRATOR for post in await staff.posts(tx))
