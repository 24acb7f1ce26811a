"""Seeing who stands there: the person as of now, the form that is due, what is known already."""

from uuid import UUID

from yimatong.access import quota
from yimatong.access.actor import Actor
from yimatong.audit import Purpose
from yimatong.codes.model import SHAPES
from yimatong.desks import own, store
from yimatong.desks.model import Course, Desk, DeskTools, Opened
from yimatong.desks.past import past
from yimatong.kernel.clock import day_of
from yimatong.kernel.errors import YimatongError
from yimatong.presence import showing, ticket
from yimatong.presence.document import Quota
from yimatong.presence.model import Present, Shown
from yimatong.scenes import FormName, Scene
from yimatong.scenes.reading import Subject
from yimatong.storage import Tx


async def desk_of(tx: Tx, tools: DeskTools, actor: Actor) -> Desk:
    """The post behind the session, with the scene of its place. NotAllowed without a place,
    Conflict where it is not open, NotFound where the scene's file was taken away."""
    post = await showing.post_of(tx, actor)
    return Desk(post, tools.scenes.named(post.place.scene))


async def present_at(tx: Tx, tools: DeskTools, desk: Desk, shown: Shown) -> Present | YimatongError:
    """Who stands there, by whatever is shown, within the scene's quota of documents. As
    `showing.present_by`."""
    most = desk.scene.quota
    documents = Quota(most.documents_hour, most.documents_day)
    purpose = Purpose(desk.scene.purpose)
    return await showing.present_by(tx, tools, desk.post, shown, purpose, documents)


async def opened(tx: Tx, tools: DeskTools, desk: Desk, present: Present) -> Opened:
    """The person with a new ticket. On record. TooMany beyond the scene's quota."""
    scene = desk.scene.quota
    await quota.take(tx, tools.clock, desk.post.staff, quota.Quota(scene.hour, scene.day))
    pass_on = ticket.issue(present, desk.post, tools.keys, tools.clock, tools.randomness)
    return await _opened(tx, tools, desk, present, pass_on)


async def reopened(tx: Tx, tools: DeskTools, desk: Desk, pass_on: str) -> Opened:
    """The same person again, for a form to be corrected or another one. On record."""
    present = await showing.present_again(tx, tools, desk.post, pass_on)
    return await _opened(tx, tools, desk, present, pass_on)


async def subject_of(tx: Tx, tools: DeskTools, person: UUID) -> Subject:
    """What of the person decides what is asked."""
    today = day_of(tools.clock.now())
    document = await tools.people.document_of(tx, person)
    return Subject(today, document.age(today))


async def _opened(tx: Tx, tools: DeskTools, desk: Desk, present: Present, pass_on: str) -> Opened:
    post, scene, person = desk.post, desk.scene, present.person
    standing = (await tools.standings.of(tx, person, post.place.region)).standing
    await showing.look(tx, tools, post, present, "desks.open", Purpose(scene.purpose))
    course = await store.course_of(tx, person, post.place.id) if scene.times_a_day else None
    own_facts = await own.standing_facts(tx, desk, person)
    age = (await subject_of(tx, tools, person)).age
    forms = _forms(scene, course, has_own=bool(own_facts))
    return Opened(
        ticket=pass_on,
        name=present.name,
        document_tail=present.document_tail,
        how=present.how,
        state=standing.state,
        colour=standing.colour,
        shape=SHAPES[standing.colour],
        form=forms[0],
        forms=forms,
        known=await _known(tx, tools, scene, person, age),
        age=age,
        course=course,
        past=await past(tx, tools, desk, person, course),
        own_facts=tuple(dict.fromkeys(one.fact.kind for one in own_facts)),
    )


def _forms(scene: Scene, course: Course | None, *, has_own: bool) -> tuple[FormName, ...]:
    """What is due comes first. There is nothing to follow up where nothing was recorded here."""
    if scene.times_a_day:
        return ("each", "release") if course else ("open",)
    if "follow_up" in scene.forms and has_own:
        return ("record", "follow_up")
    return ("record",)


async def _known(
    tx: Tx, tools: DeskTools, scene: Scene, person: UUID, age: int | None
) -> dict[str, str]:
    fields = [one for form in scene.forms.values() for one in form.fields if one.known]
    if not fields:
        return {}
    texts = {"residence": await tools.residence(tx, person), "age": "" if age is None else str(age)}
    return {one.id: texts[one.known] for one in fields if one.known}
