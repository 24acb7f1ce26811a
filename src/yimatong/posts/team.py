"""Who works at a place: joining by its code, being let in, leaving, being removed."""

from datetime import timedelta
from uuid import UUID

from yimatong import places
from yimatong.access import limits, staff
from yimatong.access.actor import Actor
from yimatong.access.staff import Post
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.kernel.clock import SHANGHAI, Clock
from yimatong.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Where
from yimatong.kernel.ids import READABLE, plain, readable
from yimatong.people import workers
from yimatong.places import Place
from yimatong.posts import store
from yimatong.posts.model import Applicant, Member, PostTools, Team
from yimatong.posts.registering import role_of
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
    await limits.take(
        tx, clock, "posts.join", actor.account.bytes, TRIES_AN_HOUR, timedelta(hours=1)
    )
    if await staff.of_account(tx, actor.account):
        raise Conflict.of("access.staff.has_post")
    typed = plain(code)
    known = len(typed) == LENGTH and set(typed) <= set(READABLE)
    place = await store.place_of_code(tx, typed, clock.now()) if known else None
    if place is None:
        return None
    await workers.set_name(people, tx, actor.account, name)
    await store.ask(tx, actor.account, place, clock.now())
    return await places.of(tx, place)


async def accept(tx: Tx, tools: PostTools, actor: Actor, applicant: UUID) -> None:
    """Lets somebody in who asked: from now on they log in at the desk's door. NotFound where they
    ask no longer; Conflict where they have a post by now."""
    place = await places.open_place(tx, _managed(actor))
    if not await store.drop_applicant(tx, place.id, applicant):
        raise NotFound.of("posts.no_applicant")
    role = role_of(place.scene)
    await workers.engage(tools.people, tx, applicant, role, place.id, manager=False)
    await _record(tx, tools, actor, "posts.accept")


async def turn_away(tx: Tx, tools: PostTools, actor: Actor, applicant: UUID) -> None:
    """Does not let them in. NotFound where they ask no longer."""
    if not await store.drop_applicant(tx, _managed(actor), applicant):
        raise NotFound.of("posts.no_applicant")
    await _record(tx, tools, actor, "posts.turn_away")


async def remove(tx: Tx, tools: PostTools, actor: Actor, member: UUID) -> None:
    """Ends somebody's post here at once: one's own, or as who answers for the place anybody's.

    NotFound where it is no post of this place; Conflict where nobody would answer for it then.
    """
    place = _place(actor)
    if member != actor.staff:
        _managed(actor)
    posts = {one.id: one for one in await staff.of_place(tx, place)}
    if member not in posts:
        raise NotFound.of("posts.no_member")
    if not any(one.manager for id, one in posts.items() if id != member):
        raise Conflict.of("posts.last_manager")
    await staff.remove(tx, tools.people.clock, member)
    await _record(tx, tools, actor, "posts.leave" if member == actor.staff else "posts.remove")


async def share(tx: Tx, tools: PostTools, actor: Actor, member: UUID) -> None:
    """Somebody else answers for the place as well, and may let this one go. NotFound where it is
    no post of this place."""
    place = _managed(actor)
    if member not in {one.id for one in await staff.of_place(tx, place)}:
        raise NotFound.of("posts.no_member")
    await staff.set_manager(tx, member, manager=True)
    await _record(tx, tools, actor, "posts.share")


async def forget(tx: Tx, clock: Clock) -> None:
    """Codes that are outlived, and who asked too long ago to be let in."""
    await store.forget(tx, clock.now(), clock.now() - ASKED_LIFE)


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


def _place(actor: Actor) -> UUID:
    if actor.place is None:
        raise NotAllowed.of("posts.no_place")
    return actor.place


def _managed(actor: Actor) -> UUID:
    if not actor.manager:
        raise NotAllowed.of("posts.not_manager")
    return _place(actor)


async def _record(tx: Tx, tools: PostTools, actor: Actor, action: str) -> None:
    event = Event(
        actor=actor.account, action=action, purpose=Purpose.ADMINISTRATION, place=actor.place
    )
    await audit(tx, tools.people.clock, event)
