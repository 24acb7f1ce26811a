"""Recording what a worker hands in: once, whole, or not at all."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from yimatong import ledger
from yimatong.access import idempotency
from yimatong.audit import Purpose
from yimatong.desks import behalf, own, store
from yimatong.desks.model import Course, Desk, DeskTools, Entry, Receipt
from yimatong.desks.opening import subject_of
from yimatong.kernel.errors import BadInput, Conflict, Where
from yimatong.kernel.ids import new_id
from yimatong.ledger import NewFact
from yimatong.policy.admission import admit, warmth
from yimatong.policy.model import Answer
from yimatong.policy.standing import Standing
from yimatong.presence import showing, ticket
from yimatong.presence.ticket import Ticket
from yimatong.scenes import Form, Values, effect_of, read
from yimatong.scenes.listing import read_as
from yimatong.scenes.meaning import Said, felt_warm
from yimatong.scenes.reading import Typed
from yimatong.storage import Tx

SAME_WITHIN = timedelta(minutes=5)
"""The same content about the same person at the same place counts once within this time: a second
scan in a queue, a second tap in another window."""


_CONTEXT = b"desks.answer:"


class Sheet(msgspec.Struct, frozen=True):
    """What was handed in: by which ticket, which form, and how many entries its course had when
    the form was drawn (None: not asked)."""

    ticket: str
    form: str
    typed: Typed
    seen: int | None = None


class _Work(msgspec.Struct, frozen=True):
    """One sheet under way, checked."""

    desk: Desk
    scanned: Ticket
    form: Form
    values: Values
    course: Course | None


async def record(tx: Tx, tools: DeskTools, desk: Desk, sheet: Sheet) -> Receipt:
    """Keeps the entry and records its facts. The same sent again gets the first answer again.
    What is sent late, after a lost network, was so when the person was scanned.

    NotAllowed where the ticket is another's or too old; BadInput of every field; Conflict where
    the form is not due, the course went on meanwhile, or there is nothing to end.
    """
    late = ticket.SENT_LATE
    scanned = ticket.opened(sheet.ticket, desk.post, tools.keys, tools.clock, late=late)
    return await record_of(tx, tools, desk, scanned, sheet)


async def record_of(tx: Tx, tools: DeskTools, desk: Desk, scanned: Ticket, sheet: Sheet) -> Receipt:
    """The same, with the ticket opened."""
    key, body = f"desk:{scanned.id}:{sheet.form[:20]}", _digest(sheet)
    try:
        earlier = await idempotency.begin(tx, tools.clock, desk.post.account, key, body)
    except BadInput:
        raise Conflict.of("desks.used") from None
    if earlier is not None:
        return msgspec.json.decode(
            tools.keys.open(earlier.body, _CONTEXT + key.encode()), type=Receipt
        )
    receipt = await _once(tx, tools, desk, scanned, sheet)
    answer = tools.keys.seal(msgspec.json.encode(receipt), _CONTEXT + key.encode())
    await idempotency.finish(tx, desk.post.account, key, 201, answer)
    return receipt


async def _once(tx: Tx, tools: DeskTools, desk: Desk, scanned: Ticket, sheet: Sheet) -> Receipt:
    place, person = desk.post.place, scanned.person
    await store.lock(tx, person, place.id)
    course = await store.course_of(tx, person, place.id) if desk.scene.times_a_day else None
    form = _due(desk, sheet, course)
    values = read(desk.scene, form, sheet.typed, await subject_of(tx, tools, person))
    digest = tools.keys.match(
        msgspec.json.encode([form.name, values], order="sorted").decode(), "desks.content"
    )
    since = tools.clock.now() - SAME_WITHIN
    before = await store.same(tx, person, place.id, digest, since)
    if before is not None:
        receipt = await _receipt(tx, tools, desk, before, (), ended=0, again=True)
    else:
        receipt = await _kept(tx, tools, _Work(desk, scanned, form, values, course), digest)
    return msgspec.structs.replace(
        receipt,
        read_as=tuple(read_as(desk.scene, form, sheet.typed)),
        asked=bool(effect_of(desk.scene, form, values).theirs),
    )


def _due(desk: Desk, sheet: Sheet, course: Course | None) -> Form:
    """The form, if it may be handed in now. Conflict where it is not, or where somebody else
    wrote into the course since the form was drawn."""
    form = next((one for one in desk.scene.forms.values() if one.name == sheet.form), None)
    if form is None:
        allowed = ", ".join(desk.scene.forms)
        raise BadInput.of("desks.no_form", Where(field="form"), allowed=allowed)
    if form.name == "open" and course is not None:
        raise Conflict.of("desks.open_already")
    if form.name in ("each", "release"):
        if course is None:
            raise Conflict.of("desks.not_open")
        if sheet.seen is not None and sheet.seen != course.entries:
            raise Conflict.of("desks.went_on", added=course.entries - sheet.seen)
    return form


async def _kept(tx: Tx, tools: DeskTools, work: _Work, digest: bytes) -> Receipt:
    desk, person, now = work.desk, work.scanned.person, tools.clock.now()
    effect = effect_of(desk.scene, work.form, work.values)
    ended = await own.endings(tx, tools, desk, person, effect)
    at = work.scanned.moment(now)
    said = [_fact(desk, person, one, at) for one in effect.facts]
    facts = await ledger.record(tx, tools.clock, tools.randomness, [*said, *ended])
    standing = (await tools.standings.of(tx, person, desk.post.place.region)).standing
    id = new_id(tools.randomness)
    entry = Entry(
        id=id,
        person=person,
        at=at,
        recorded_at=now,
        place=desk.post.place.id,
        staff=desk.post.staff,
        scene=desk.scene.id,
        form=work.form.name,
        course=await _course(tx, work, id, now),
        how=work.scanned.how,
        note=await _note(tx, tools, person, work.values),
        facts=tuple(facts[: len(said)]),
        verdict=_verdict(tools, work, standing, effect.facts),
        withdrawn_at=None,
    )
    await store.add(tx, entry, digest, now + timedelta(days=desk.scene.kept_days))
    await behalf.ask(tx, tools, desk, entry, work.form, work.values, effect.theirs)
    purpose = Purpose(desk.scene.purpose)
    await showing.look(tx, tools, desk.post, work.scanned, "desks.record", purpose)
    kinds = tuple(one.kind for one in said)
    return await _receipt(tx, tools, desk, entry, kinds, ended=len(ended))


async def _course(tx: Tx, work: _Work, entry: UUID, now: datetime) -> UUID | None:
    """Opens, goes on with or ends the course that the entry belongs to."""
    if work.form.name == "open":
        opened = Course(
            id=entry,
            person=work.scanned.person,
            place=work.desk.post.place.id,
            scene=work.desk.scene.id,
            opened_at=now,
            released_at=None,
            entries=1,
            last_at=now,
        )
        await store.open_course(tx, opened)
        return entry
    if work.course is None:
        return None
    released = now if work.form.name == "release" else None
    await store.add_to_course(tx, work.course, now, released)
    return work.course.id


async def _note(tx: Tx, tools: DeskTools, person: UUID, values: Values) -> UUID:
    content = {"content": msgspec.json.encode(values).decode()}
    return await tools.people.keep_notes(tx, person, content)


def _fact(desk: Desk, person: UUID, said: Said, now: datetime) -> NewFact:
    return NewFact(
        person=person,
        kind=said.kind,
        observed_at=now,
        source=desk.scene.source,
        value=said.value,
        recorder=desk.post.account,
        place=desk.post.place.id,
    )


def _verdict(
    tools: DeskTools, work: _Work, standing: Standing, said: Sequence[Said]
) -> Answer | None:
    """What the policy's table answers, for scenes that admit, with the temperature just taken."""
    if not work.desk.scene.admits:
        return None
    policy = tools.library.named(standing.policy, tools.clock.now())
    measured = next((one.value for one in said if one.value is not None), None)
    warm = warmth(policy, measured, felt_warm=felt_warm(work.form, work.values))
    return admit(policy, work.desk.post.place.kind.value, standing.colour, warm)


async def _receipt(
    tx: Tx,
    tools: DeskTools,
    desk: Desk,
    entry: Entry,
    kinds: tuple[str, ...],
    *,
    ended: int,
    again: bool = False,
) -> Receipt:
    standing = (await tools.standings.of(tx, entry.person, desk.post.place.region)).standing
    return Receipt(
        id=entry.id,
        at=entry.at,
        form=entry.form,
        facts=kinds,
        ended=ended,
        colour=standing.colour,
        state=standing.state,
        verdict=entry.verdict,
        again=again,
    )


def _digest(sheet: Sheet) -> bytes:
    """Of what was typed; `seen` is the page's, not the worker's."""
    return hashlib.sha256(msgspec.json.encode([sheet.form, sheet.typed], order="sorted")).digest()
