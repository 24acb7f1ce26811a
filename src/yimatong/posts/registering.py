"""Registering a place: whoever will work there does it, and answers for it."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from yimatong import places
from yimatong.access import staff
from yimatong.access.actor import Actor
from yimatong.access.permissions import Role
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.kernel.errors import BadInput, Conflict, NotFound, Problem, Where
from yimatong.people import workers
from yimatong.people.names import check_name
from yimatong.places import NewPlace, Place, PlaceState
from yimatong.posts import store
from yimatong.posts.model import Own, PostTools
from yimatong.storage import Tx

GATE = "gate"


async def register(tx: Tx, tools: PostTools, actor: Actor, name: str, new: NewPlace) -> Place:
    """The place, pending until an administrator of its area opens it, and the post of who did.

    The post logs in at the desk's door with the same phone, where its second factor is set up.
    BadInput with every problem of the name, the scene, the type and the place; Conflict where the
    account has a post, or there is the same place already. Sent twice it is the same place.
    """
    people = tools.people
    if problems := [*_name_problems(name), *_scene_problems(tools, new), *places.problems_of(new)]:
        raise BadInput(*problems)
    known = await places.same(tx, new)  # first, since it waits for the same sent a moment ago
    own = await staff.of_account(tx, actor.account)
    if known is not None and own is not None and own.place == known.id:
        return known
    if own is not None:
        raise Conflict.of("posts.has_post")
    if known is not None:
        raise Conflict.of("posts.there_already", name=known.name)
    await workers.set_name(people, tx, actor.account, name)
    await store.drop_of_account(tx, actor.account)
    place = await places.register(tx, people.clock, people.randomness, new, actor.account)
    await workers.engage(people, tx, actor.account, role_of(new.scene), place.id, manager=True)
    await record_of(tx, tools, actor, "posts.register", place.id)
    return place


async def withdraw(tx: Tx, tools: PostTools, actor: Actor) -> Place:
    """Takes back what the account registered and nobody has opened yet; its post ends with it.
    NotFound where it registered none, Conflict where it was decided meanwhile."""
    post = await staff.of_account(tx, actor.account)
    if post is None or post.place is None or not post.manager:
        raise NotFound.of("posts.nothing_registered")
    taken_back = await places.withdraw(tx, tools.people.clock, actor.account, post.place)
    await end_posts(tx, tools, post.place)
    return taken_back


async def end_posts(tx: Tx, tools: PostTools, place: UUID) -> None:
    """Nobody works at the place any more, at once, and nobody joins it."""
    await staff.end_of_place(tx, tools.people.clock, place)
    await store.drop_code(tx, place)
    await store.drop_applicants(tx, place)


def _name_problems(name: str) -> Sequence[Problem]:
    try:
        check_name(name, "worker")
    except BadInput as error:
        return error.problems
    return ()


def _scene_problems(tools: PostTools, new: NewPlace) -> Iterator[Problem]:
    scene = tools.scenes.by_id.get(new.scene or "")
    if scene is None:
        known = ", ".join(tools.scenes.by_id)
        yield Problem("posts.scene", Where(field="scene"), {"allowed": known})
    elif new.type not in scene.types:
        allowed = ", ".join(scene.types)
        yield Problem("posts.type", Where(field="type"), {"allowed": allowed})


def role_of(scene: str | None) -> Role:
    """What those who work at a place of the scene are: the gate has verbs of its own."""
    return Role.GUARD if scene == GATE else Role.WORKER


async def own(tx: Tx, actor: Actor) -> Own:
    """How it stands with what the account registered, or asked for."""
    post = await staff.of_account(tx, actor.account)
    last, asked = await staff.last_place(tx, actor.account), await store.asked(tx, actor.account)
    at = post.place if post else None
    known = await places.several(tx, {one for one in (at, last, asked) if one})
    before = known.get(last) if last else None
    return Own(
        place=known.get(at) if at else None,
        manager=bool(post and post.manager),
        refused=before if before and before.state is PlaceState.REFUSED else None,
        asked=known.get(asked) if asked else None,
    )


async def record_of(
    tx: Tx, tools: PostTools, actor: Actor, action: str, place: UUID | None,
    whom: UUID | None = None,
) -> None:  # fmt: skip
    """On record: what somebody did about a place, and the post or account it was about."""
    event = Event(
        actor=actor.account,
        action=action,
        purpose=Purpose.ADMINISTRATION,
        place=place,
        detail={"whom": whom} if whom else {},
    )
    await audit(tx, tools.people.clock, event)
