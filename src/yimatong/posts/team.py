"""Who works at a place: joining by its code, being let in, leaving, being removed."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from yimatong import places
from yimatong.access import limits, staff
from yimatong.access.actor import Actor
from yimatong.access.staff import Post
from yimatong.kernel.clock import SHANGHAI, Clock
from yimatong.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Where
from yimatong.kernel.ids import READABLE, plain, readable
from yimatong.people import workers
from yimatong.people.names import check_name
from yimatong.places import Place
from yimatong.posts import store
from yimatong.posts.model import Applicant, Member, PostTools, Team
from yimatong.posts.registering import record_of, role_of
from yimatong.storage import Tx

LENGTH = 8
CODE_LIFE = timedelta(days=7)
ASKED_LIFE = timedelta(days=7)
TRIES_AN_HOUR = 10
MOST_APPLICANTS = 50
_CODE = Where(field="code")


async def team(tx: Tx, tools: PostTools, actor: Actor) -> Team:
    """The place of the post, with who works there. NotAllowed for a post without a place."""
    place = await places.of(tx, _place(actor))
    posts = await staff.of_place(tx, place.id)
    code = None
    applicants: list[Applicant] = []
    if actor.manager:
        code = await store.code_of(tx, place.id, tools.people.clock.now())
        applicants = await _applicants(tx, tools, place.id)
    return Team(
        place=place,
        manages=actor.manager,
        members=[await _member(tx, tools, actor, one) for one in posts],
        applicants=applicants,
        code=spelled(code["code"]) if code else None,
        code_until=code["expires_at"].astimezone(SHANGHAI) if code else None,
    )


async def new_code(tx: Tx, tools: PostTools, actor: Actor) -> str:
    """A new join code; the one before is worth nothing from now on."""
    people, place = tools.people, _managed(actor)
    until = people.clock.now() + CODE_LIFE
    code = readable(LENGTH, people.randomness)
    while not await store.set_code(tx, place, code, until):
        code = readable(LENGTH, people.randomness)
    await _record(tx, tools, actor, "posts.code")
    return spelled(code)


async def ask(tx: Tx, tools: PostTools, actor: Actor, code: str, name: str) -> Place | None:
    """Asks to join the place of a code; None where the code is none, is outlived, or its place is
    not open: all the same, and the caller commits, since the try counts.

    BadInput of the name; Conflict where the account has a post; TooMany after TRIES_AN_HOUR.
    """
    people, clock = tools.people, tools.people.clock
    check_name(name, "worker")
    if await staff.of_account(tx, actor.account):
        raise Conflict.of("posts.has_post")
    await limits.take(
        tx, clock, "posts.join", actor.account.bytes, TRIES_AN_HOUR, timedelta(hours=1)
    )
    typed = plain(code)
    known = len(typed) == LENGTH and set(typed) <= set(READABLE)
    place = await store.place_of_code(tx, typed, clock.now()) if known else None
    if place is None:
        return None
    await workers.set_name(people, tx, actor.account, name)
    await store.ask(tx, actor.account, place, clock.now())
    await record_of(tx, tools, actor, "posts.ask", place)
    return await places.of(tx, place)


async def accept(tx: Tx, tools: PostTools, actor: Actor, applicant: UUID) -> None:
    """Lets somebody in who asked: from now on they log in at the desk's door. NotFound where they
    ask no longer; Conflict where they have a post by now, or the place is not open."""
    place = places.must_be_open(await places.held(tx, _managed(actor)))
    if not await store.drop_applicant(tx, place.id, applicant):
        raise NotFound.of("posts.no_applicant")
    role = role_of(place.scene)
    post = await workers.engage(tools.people, tx, applicant, role, place.id, manager=False)
    await _record(tx, tools, actor, "posts.accept", post)


async def turn_away(tx: Tx, tools: PostTools, actor: Actor, applicant: UUID) -> None:
    """Does not let them in. NotFound where they ask no longer."""
    if not await store.drop_applicant(tx, _managed(actor), applicant):
        raise NotFound.of("posts.no_applicant")
    await _forget_name(tx, applicant)
    await _record(tx, tools, actor, "posts.turn_away", applicant)


async def remove(tx: Tx, tools: PostTools, actor: Actor, member: UUID) -> None:
    """Ends somebody's post here at once: one's own, or as who answers for the place anybody's.

    NotFound where it is no post of this place; Conflict where nobody would answer for it then.
    """
    if member != actor.staff:
        _managed(actor)
    posts = await _team_of(tx, actor, member)
    _must_leave_one(posts, member)
    await staff.remove(tx, tools.people.clock, member)
    done = "posts.leave" if member == actor.staff else "posts.remove"
    await _record(tx, tools, actor, done, member)


async def share(tx: Tx, tools: PostTools, actor: Actor, member: UUID) -> None:
    """Somebody else answers for the place as well, and may let this one go. NotFound where it is
    no post of this place."""
    _managed(actor)
    await _team_of(tx, actor, member)
    await staff.set_manager(tx, member, manager=True)
    await _record(tx, tools, actor, "posts.share", member)


async def step_down(tx: Tx, tools: PostTools, actor: Actor, member: UUID) -> None:
    """One goes on working here, and answers for the place no longer. NotFound for anybody but
    oneself; Conflict where nobody would answer for it then."""
    _managed(actor)
    posts = await _team_of(tx, actor, member)
    if member != actor.staff:
        raise NotFound.of("posts.no_member")
    _must_leave_one(posts, member)
    await staff.set_manager(tx, member, manager=False)
    await _record(tx, tools, actor, "posts.step_down", member)


async def forget(tx: Tx, clock: Clock) -> None:
    """Codes that are outlived, and who asked too long ago to be let in."""
    for account in await store.forget(tx, clock.now(), clock.now() - ASKED_LIFE):
        await _forget_name(tx, account)


async def forget_account(tx: Tx, account: UUID) -> None:
    """An account that is gone asks no longer."""
    await store.drop_of_account(tx, account)


def spelled(code: str) -> str:
    """In two halves, as it is read out."""
    return f"{code[:4]}-{code[4:]}"


def refused() -> BadInput:
    """What whoever typed a code is told, whatever was wrong with it."""
    return BadInput.of("posts.code", _CODE)


async def _applicants(tx: Tx, tools: PostTools, place: UUID) -> list[Applicant]:
    rows = await store.applicants(tx, place, MOST_APPLICANTS)
    return [
        Applicant(
            row["account"],
            await workers.name_of(tools.people, tx, row["account"]),
            row["asked_at"].astimezone(SHANGHAI),
        )
        for row in rows
    ]


async def _member(tx: Tx, tools: PostTools, actor: Actor, post: Post) -> Member:
    return Member(
        staff=post.id,
        name=await workers.name_of(tools.people, tx, post.account),
        since=post.added_at.astimezone(SHANGHAI),
        enrolled=post.enrolled,
        manager=post.manager,
        this=post.id == actor.staff,
    )


async def _team_of(tx: Tx, actor: Actor, member: UUID) -> Mapping[UUID, Post]:
    """The posts of the actor's place, which stay so until the transaction ends. NotFound where
    the member is none of them."""
    place = await places.held(tx, _place(actor))
    posts = {one.id: one for one in await staff.of_place(tx, place.id)}
    if member not in posts:
        raise NotFound.of("posts.no_member")
    return posts


def _must_leave_one(posts: Mapping[UUID, Post], member: UUID) -> None:
    """Conflict where the member alone answers for the place."""
    if not any(one.manager for id, one in posts.items() if id != member):
        raise Conflict.of("posts.last_manager")


def _place(actor: Actor) -> UUID:
    if actor.place is None:
        raise NotAllowed.of("posts.no_place")
    return actor.place


def _managed(actor: Actor) -> UUID:
    if not actor.manager:
        raise NotAllowed.of("posts.not_manager")
    return _place(actor)


async def _forget_name(tx: Tx, account: UUID) -> None:
    """Of who asked, and has never worked anywhere."""
    if not await staff.ever(tx, account):
        await workers.forget_name(tx, account)


async def _record(
    tx: Tx, tools: PostTools, actor: Actor, action: str, whom: UUID | None = None
) -> None:
    """`whom`: the post or the account that it was about."""
    await record_of(tx, tools, actor, action, actor.place, whom)
