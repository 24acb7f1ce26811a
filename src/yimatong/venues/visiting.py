"""Entering: one tap on the page behind a poster, and the screen that is shown at the door."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from yimatong import places
from yimatong.access.actor import Actor
from yimatong.codes.model import SHAPES
from yimatong.kernel.clock import SHANGHAI
from yimatong.kernel.errors import BadInput, Conflict, NotFound, Where
from yimatong.kernel.ids import new_id
from yimatong.people import family
from yimatong.places import Place
from yimatong.places.posters import at_poster
from yimatong.policy.admission import admit
from yimatong.policy.model import Answer
from yimatong.storage import Tx
from yimatong.venues import store
from yimatong.venues.model import SAME_VISIT, SHOWN_FOR, Entered, Screen, Tools, Visit

_WORST: Sequence[Answer] = ("refuse", "check", "admit")


async def enter(
    tx: Tx, tools: Tools, actor: Actor, poster: str, with_them: Iterable[UUID]
) -> Visit:
    """Whom the session acts for is in, and those of the family who come along. A visit writes no
    fact. Again within SAME_VISIT it is the same visit.

    NotFound or Conflict of the poster; Conflict without a card; BadInput where somebody is none of
    the family.
    """
    place = await at_poster(tx, poster)
    if actor.person is None:
        raise Conflict.of("venues.no_card")
    members = {one.person for one in await family.members(tools.people, tx, actor.account)}
    persons = dict.fromkeys([actor.person, *with_them])
    if not persons.keys() <= {actor.person, *members}:
        raise BadInput.of("venues.not_family", Where(field="with"))
    visits = [await _enter(tx, tools, actor, place, person) for person in persons]
    return visits[0]


async def screen(tx: Tx, tools: Tools, actor: Actor, visit: UUID) -> Screen:
    """What is shown at the door, derived as of now. NotFound where the account did not tap it."""
    now = tools.people.clock.now()
    found = await store.together(tx, actor.account, visit, now - 2 * SHOWN_FOR)
    one = next((each for each in found if each.id == visit), None)
    if one is None:
        raise NotFound.of("venues.no_visit")
    place = await places.of(tx, one.place)
    entered = [await _entered(tx, tools, place, each.person) for each in found]
    return Screen(
        place=place,
        at=one.at.astimezone(SHANGHAI),
        now=now,
        past=now - one.at > SHOWN_FOR,
        entered=entered,
        answer=min((each.answer for each in entered), key=_WORST.index),
    )


async def _enter(tx: Tx, tools: Tools, actor: Actor, place: Place, person: UUID) -> Visit:
    await store.lock(tx, person, place.id)
    now = tools.people.clock.now()
    earlier = await store.latest(tx, person, place.id, now - SAME_VISIT)
    if earlier is not None and earlier.account == actor.account:
        return earlier
    visit = Visit(new_id(tools.people.randomness), person, place.id, actor.account, now)
    await store.add(tx, visit)
    return visit


async def _entered(tx: Tx, tools: Tools, place: Place, person: UUID) -> Entered:
    standing = (await tools.standings.of(tx, person, place.region)).standing
    policy = tools.library.named(standing.policy, tools.people.clock.now())
    masked = await tools.people.masked(tx, person)
    return Entered(
        name=masked.name,
        document_tail=masked.document_tail,
        state=standing.state,
        colour=standing.colour,
        shape=SHAPES[standing.colour],
        answer=admit(policy, place.kind.value, standing.colour, "normal"),
    )
