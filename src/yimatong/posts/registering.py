"""Registering a place: whoever will work there does it, and answers for it."""

from yimatong import places
from yimatong.access import staff
from yimatong.access.actor import Actor
from yimatong.access.permissions import Role
from yimatong.kernel.errors import BadInput, Conflict, Where
from yimatong.people import workers
from yimatong.places import NewPlace, Place, PlaceState
from yimatong.posts import store
from yimatong.posts.model import PostTools
from yimatong.storage import Tx

GATE = "gate"


async def register(tx: Tx, tools: PostTools, actor: Actor, name: str, new: NewPlace) -> Place:
    """The place, pending until an administrator of its area opens it, and the post of who did.

    The post logs in at the desk's door with the same phone, where its second factor is set up.
    BadInput of the name, the scene, the place, or a type that the scene has not; Conflict where
    the account has a post, or there is the same place already. Sent twice it is the same place.
    """
    people = tools.people
    own = await staff.of_account(tx, actor.account)
    known = await places.same(tx, new)
    if known is not None and own is not None and own.place == known.id:
        return known
    scene = tools.scenes.by_id.get(new.scene or "")
    if scene is None:
        raise BadInput.of(
            "posts.scene", Where(field="scene"), allowed=", ".join(tools.scenes.by_id)
        )
    if new.type not in scene.types:
        allowed = ", ".join(scene.types)
        raise BadInput.of("posts.type", Where(field="type"), allowed=allowed)
    if known is not None:
        raise Conflict.of("posts.there_already", name=known.name)
    await workers.set_name(people, tx, actor.account, name)
    place = await places.register(tx, people.clock, people.randomness, new, actor.account)
    role = role_of(scene.id)
    await workers.engage(people, tx, actor.account, role, place.id, manager=True)
    return place


def role_of(scene: str | None) -> Role:
    """What those who work at a place of the scene are: the gate has verbs of its own."""
    return Role.GUARD if scene == GATE else Role.WORKER


async def own_place(tx: Tx, actor: Actor) -> Place | None:
    """The place where the account has a post, in whatever state."""
    post = await staff.of_account(tx, actor.account)
    return await places.of(tx, post.place) if post and post.place else None


async def last_refused(tx: Tx, actor: Actor) -> Place | None:
    """The place that the account asked for last, where it was refused."""
    last = await staff.last_place(tx, actor.account)
    place = await places.of(tx, last) if last else None
    return place if place and place.state is PlaceState.REFUSED else None


async def asked_place(tx: Tx, actor: Actor) -> Place | None:
    """The place that the account asks to join."""
    asked = await store.asked(tx, actor.account)
    return await places.of(tx, asked) if asked else None
