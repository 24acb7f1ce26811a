"""The guard's page: scan, take the temperature, see the answer."""

from typing import Any, get_args

from litestar import get, post
from litestar.di import Provide
from litestar.response import Template

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.audit import Purpose
from yimatong.codes.standings import Standings
from yimatong.gates import service
from yimatong.gates.entry import check_plate, check_reading
from yimatong.gates.model import Concern, Direction, Entry, Felt, Reason, Tools
from yimatong.gates.say import Speaker
from yimatong.kernel.clock import Clock
from yimatong.kernel.errors import (
    BadInput,
    Conflict,
    NotAllowed,
    Problem,
    TooLarge,
    TooMany,
    Where,
    YimatongError,
)
from yimatong.kernel.ids import Randomness
from yimatong.keys import KeyPurpose, KeyRing
from yimatong.people.service import People
from yimatong.policy.library import Library
from yimatong.presence.form import shown_in
from yimatong.presence.model import Present
from yimatong.presence.showing import post_of, present_by
from yimatong.storage import Database
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import AnyRequest, form_again, language_of, page, problem_texts, site_of
from yimatong.web.routes import allowed

TOLD = (BadInput, Conflict, NotAllowed, TooLarge, TooMany)


def tools_of(
    clock: Clock,
    randomness: Randomness,
    keys: KeyRing,
    people: People,
    standings: Standings,
    library: Library,
    accept: frozenset[KeyPurpose],
) -> Tools:
    """What the room's verbs need."""
    return Tools(clock, randomness, keys, people, accept, standings, library)


def speaker_of(request: AnyRequest) -> Speaker:
    """Speaks the reader's language."""
    return Speaker(site_of(request).catalogue, language_of(request))


ROOM = {
    "tools": Provide(tools_of, sync_to_thread=False),
    "speaker": Provide(speaker_of, sync_to_thread=False),
}
SCAN: dict[str, Any] = {
    "opt": allowed(Permission.GATE_SCAN),
    "dependencies": ROOM,
    "include_in_schema": False,
}


@get("/desk/gate", **SCAN)
async def scanner(request: AnyRequest, database: Database, actor: Actor, tools: Tools) -> Template:
    """Camera, picture, short code, or the document in hand; how many passed today."""
    return await _scanner(request, database, actor, tools, None)


@post("/desk/gate", status_code=200, **SCAN)
async def open_person(
    request: AnyRequest, database: Database, actor: Actor, tools: Tools, speaker: Speaker
) -> Template:
    """Opens whoever is there, and asks for the temperature; by a ticket, the person again."""
    form = await read_form(request)
    if form["ticket"]:
        return await _entry(request, database, actor, tools, speaker, form)
    try:
        seen = await shown_in(request, form)
        async with database.transaction() as tx:
            post = await post_of(tx, actor)
            present = await present_by(tx, tools, post, seen, Purpose.GATE_CHECK)
            if isinstance(present, Present):
                opening = await service.opened(tx, tools, post, present, speaker)
        if not isinstance(present, Present):
            raise present  # after the commit: the try counts
    except TOLD as error:
        return await _scanner(request, database, actor, tools, error, form)
    return page(request, "gate_entry.html", opening=opening, kept=_kept(request), path="/desk/gate")


@post("/desk/gate/pass", status_code=200, **SCAN)
async def let_pass(
    request: AnyRequest, database: Database, actor: Actor, tools: Tools, speaker: Speaker
) -> Template:
    """Decides and records; the verdict fills the screen."""
    form = await read_form(request)
    try:
        entry = entry_of(form)
        async with database.transaction() as tx:
            post = await post_of(tx, actor)
            verdict = await service.passed(tx, tools, post, form["ticket"], entry, speaker)
    except (NotAllowed, Conflict) as error:
        return await _scanner(request, database, actor, tools, error)
    except BadInput as error:
        return await _entry(request, database, actor, tools, speaker, form, error)
    shown = page(request, "gate_verdict.html", verdict=verdict, ticket=form["ticket"],
                 path="/desk/gate")  # fmt: skip
    shown.set_cookie("gate", f"{entry.direction}.{entry.reason}", samesite="lax", httponly=True)
    return shown


@post(
    "/desk/gate/passages",
    status_code=200,
    opt=allowed(Permission.GATE_PASSAGES),
    dependencies=ROOM,
    include_in_schema=False,
)
async def passages(request: AnyRequest, database: Database, actor: Actor, tools: Tools) -> Template:
    """The person's passages of 14 days (HI-09), for as long as the ticket lives."""
    form = await read_form(request)
    try:
        async with database.transaction() as tx:
            post = await post_of(tx, actor)
            found = await service.seen(tx, tools, post, form["ticket"])
    except NotAllowed as error:
        return await _scanner(request, database, actor, tools, error)
    return page(request, "gate_passages.html", seen=found, ticket=form["ticket"], path="/desk/gate")


@post("/desk/gate/report", status_code=200, **SCAN)
async def report(
    request: AnyRequest, database: Database, actor: Actor, tools: Tools, speaker: Speaker
) -> Template:
    """Refuses, and keeps why (HI-09)."""
    form = await read_form(request)
    concern = _one_of(form["concern"], Concern, "other")
    try:
        async with database.transaction() as tx:
            post = await post_of(tx, actor)
            verdict = await service.reported(
                tx, tools, post, form["ticket"], concern, form["note"], speaker
            )
    except TOLD as error:
        return await _scanner(request, database, actor, tools, error)
    return page(request, "gate_verdict.html", verdict=verdict, ticket="", path="/desk/gate")


def entry_of(form: Form) -> Entry:
    """What the guard entered. BadInput of temperature or plate."""
    felt: Felt | None = _one_of(form["felt"], Felt, None)
    problems: list[Problem] = []
    try:
        reading = check_reading(form.optional("temperature"), felt)
    except BadInput as error:
        problems += error.problems
    try:
        plate = check_plate(form.optional("plate"))
    except BadInput as error:
        problems += error.problems
    direction: Direction | None = _one_of(form["direction"], Direction, None)
    reason: Reason | None = _one_of(form["reason"], Reason, None)
    if direction is None:
        problems.append(Problem("gates.choose", Where(field="direction")))
    if reason is None:
        problems.append(Problem("gates.choose", Where(field="reason")))
    if problems or direction is None or reason is None:
        raise BadInput(*problems)
    return Entry(reading, direction, reason, plate)


def _one_of(text: str, choices: Any, otherwise: Any) -> Any:
    allowed_values = get_args(choices) or [one.value for one in choices]
    return text if text in allowed_values else otherwise


async def _entry(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    tools: Tools,
    speaker: Speaker,
    form: Form,
    error: YimatongError | None = None,
) -> Template:
    """The person again, with what was typed; the scanner where the scan has run out meanwhile."""
    try:
        async with database.transaction() as tx:
            post = await post_of(tx, actor)
            opening = await service.reopened(tx, tools, post, form["ticket"], speaker)
    except (NotAllowed, Conflict) as over:
        return await _scanner(request, database, actor, tools, over)
    shown: dict[str, Any] = {"opening": opening, "kept": _kept(request), "path": "/desk/gate"}
    if error is None:
        return page(request, "gate_entry.html", **shown)
    return form_again(request, "gate_entry.html", form, error, **shown)


async def _scanner(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    tools: Tools,
    error: YimatongError | None,
    typed: Form | None = None,
) -> Template:
    async with database.transaction() as tx:
        post = await post_of(tx, actor)
        counts = await service.today(tx, tools, post)
    return page(
        request,
        "gate.html",
        error.status if error else 200,
        place=post.place,
        counts=counts,
        path="/desk/gate",
        typed=typed or Form({}),
        problems=problem_texts(request, error) if error else {},
    )


def _kept(request: AnyRequest) -> tuple[str, str]:
    """Direction and reason of the last passage: a queue goes one way."""
    direction, _, reason = request.cookies.get("gate", "").partition(".")
    return _one_of(direction, Direction, "in"), _one_of(reason, Reason, "home")


ROUTES = [scanner, open_person, let_pass, passages, report]
