"""A desk's pages: scan, the scene's form ready under the person, what became of it, the day."""

from datetime import date

from litestar import get, post
from litestar.response import Template

from yimatong.access.actor import Actor
from yimatong.desks import (
    course_pages,
    late,
    opening,
    purchase_pages,
    recording,
    today,
    withdrawing,
)
from yimatong.desks.late import Late
from yimatong.desks.model import Desk, DeskTools, Receipt
from yimatong.desks.pages_parts import (
    MAY,
    PATH,
    REMEMBERED,
    late_page,
    person_page,
    without_row,
)
from yimatong.desks.recording import Sheet
from yimatong.desks.wiring import id_in
from yimatong.kernel.clock import day_of
from yimatong.kernel.errors import (
    BadInput,
    Conflict,
    NotAllowed,
    NotFound,
    TooLarge,
    TooMany,
    YimatongError,
)
from yimatong.presence import ticket
from yimatong.presence.form import shown_in
from yimatong.presence.model import Present
from yimatong.storage import Database
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import AnyRequest, form_again, page, problem_texts

TOLD = (BadInput, Conflict, NotAllowed, TooLarge, TooMany)
OURS = (*("ticket", "once", "form", "seen", "more", "less", "other", "code", "seconds", "waiting"),)
"""Fields of the page around the scene's own."""


@get(PATH, **MAY)
async def scanner(
    request: AnyRequest, database: Database, actor: Actor, tools: DeskTools
) -> Template:
    """Camera, picture, short code or document; how many were recorded today."""
    return await _scanner(request, database, actor, tools, None)


@post(PATH, status_code=200, **MAY)
async def open_person(
    request: AnyRequest, database: Database, actor: Actor, tools: DeskTools
) -> Template:
    """Whoever shows a code, with the form that is due; by a ticket, the person again."""
    form = await read_form(request)
    if form["ticket"]:
        return await _again(request, database, actor, tools, form)
    try:
        shown = await shown_in(request, form)
        async with database.transaction() as tx:
            desk = await opening.desk_of(tx, tools, actor)
            present = await opening.present_at(tx, tools, desk, shown)
            if isinstance(present, Present):
                opened = await opening.opened(tx, tools, desk, present)
        if not isinstance(present, Present):
            raise present  # after the commit: the try counts
    except TOLD as error:
        return await _scanner(request, database, actor, tools, error, form)
    return page(
        request, "desk_person.html", **person_page(request, tools, desk, opened, opened.form)
    )


@post(PATH + "/save", status_code=200, **MAY)
async def save(request: AnyRequest, database: Database, actor: Actor, tools: DeskTools) -> Template:
    """Records it, and says so; or the form again with what was wrong."""
    form = await read_form(request)
    if form["more"] or form["less"] or form["other"]:
        left = without_row(form, form["less"])
        return await _again(request, database, actor, tools, left)
    try:
        async with database.transaction() as tx:
            desk = await opening.desk_of(tx, tools, actor)
            receipt = await recording.record(tx, tools, desk, _sheet(form))
    except NotAllowed as error:
        return await _scanner(request, database, actor, tools, error)
    except (BadInput, Conflict) as error:
        return await _again(request, database, actor, tools, form, error)
    return _recorded(request, desk, receipt, form)


@post(PATH + "/late", status_code=200, **MAY)
async def save_late(
    request: AnyRequest, database: Database, actor: Actor, tools: DeskTools
) -> Template:
    """Records whom the page scanned without a network; or says what was wrong."""
    form = await read_form(request)
    seconds = int(form["seconds"]) if form["seconds"].isdecimal() else -1
    scan = Late(form["code"], seconds, id_in(form["once"]))
    try:
        async with database.transaction() as tx:
            desk = await opening.desk_of(tx, tools, actor)
            scanned = await late.scanned(tx, tools, desk, scan)
    except TOLD as error:
        return await _scanner(request, database, actor, tools, error)
    pass_on = ticket.text_of(scanned, desk.post, tools.keys)
    try:
        async with database.transaction() as tx:
            receipt = await recording.record_of(tx, tools, desk, scanned, _sheet(form))
    except (BadInput, Conflict) as error:
        return _late(request, tools, desk, form, error, pass_on)
    return _recorded(request, desk, receipt, form)


@get(PATH + "/day", **MAY)
async def day(request: AnyRequest, database: Database, actor: Actor, tools: DeskTools) -> Template:
    """The place's entries of a day, each to be taken back."""
    return await _day(request, database, actor, tools)


@post(PATH + "/withdraw", status_code=200, **MAY)
async def withdraw(
    request: AnyRequest, database: Database, actor: Actor, tools: DeskTools
) -> Template:
    """Takes an entry back."""
    form = await read_form(request)
    try:
        async with database.transaction() as tx:
            desk = await opening.desk_of(tx, tools, actor)
            await withdrawing.withdraw(tx, tools, desk, id_in(form["entry"]))
    except (Conflict, NotFound) as error:
        return await _day(request, database, actor, tools, error)
    return await _day(request, database, actor, tools)


def _sheet(form: Form) -> Sheet:
    typed = {name: form.many(name) for name in form if name not in OURS}
    seen = int(form["seen"]) if form["seen"].isdigit() else None
    return Sheet(form["ticket"], form["form"], typed, seen)


async def _again(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    tools: DeskTools,
    form: Form,
    error: YimatongError | None = None,
) -> Template:
    """The person with the form as it was typed, or with another of the scene's forms."""
    try:
        async with database.transaction() as tx:
            desk = await opening.desk_of(tx, tools, actor)
            opened = await opening.reopened(tx, tools, desk, form["ticket"])
    except (NotAllowed, Conflict) as over:
        if error is not None and isinstance(over, NotAllowed):  # it was sent late, and is wrong
            return _late(request, tools, desk, form, error, form["ticket"])
        return await _scanner(request, database, actor, tools, over)
    wanted = form["other"] or form["form"]
    name = next((one for one in opened.forms if one == wanted), opened.form)
    shown = person_page(request, tools, desk, opened, name)
    if error is not None:
        return form_again(request, "desk_person.html", form, error, **shown)
    typed = Form({}) if form["other"] else form
    return page(request, "desk_person.html", **shown, typed=typed)


def _late(
    request: AnyRequest,
    tools: DeskTools,
    desk: Desk,
    form: Form,
    error: YimatongError,
    pass_on: str,
) -> Template:
    """What was sent late, to be corrected: without the person, who is there no longer."""
    shown = late_page(request, tools, desk, form["form"] or "record")
    return form_again(request, "desk_late.html", form, error, ticket=pass_on, **shown)


def _recorded(request: AnyRequest, desk: Desk, receipt: Receipt, form: Form) -> Template:
    may_wait = late.offered(desk.scene)
    shown = page(
        request,
        "desk_recorded.html",
        desk=desk,
        receipt=receipt,
        may_wait=may_wait,
        typed=form,
        path=PATH,
    )
    kept = [
        f"{one.id}-{form[one.id]}"
        for one in desk.scene.forms[receipt.form].fields
        if one.remembered and form[one.id] in {option.id for option in one.options}
    ]
    if kept:
        shown.set_cookie(REMEMBERED, ".".join(kept), samesite="lax", httponly=True)
    return shown


async def _scanner(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    tools: DeskTools,
    error: YimatongError | None,
    typed: Form | None = None,
) -> Template:
    async with database.transaction() as tx:
        desk = await opening.desk_of(tx, tools, actor)
        counts = await today.counts(tx, tools, desk)
    return page(
        request,
        "desk_scan.html",
        error.status if error else 200,
        counts=counts,
        typed=typed or Form({}),
        may_wait=late.offered(desk.scene),
        **late_page(request, tools, desk, "record"),
        problems=problem_texts(request, error) if error else {},
    )


async def _day(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    tools: DeskTools,
    error: YimatongError | None = None,
) -> Template:
    now = day_of(tools.clock.now())
    wanted = _day_in(request.query_params.get("day", ""), now)
    number = request.query_params.get("page", "0")
    at = int(number) if number.isdigit() and len(number) < 5 else 0
    async with database.transaction() as tx:
        desk = await opening.desk_of(tx, tools, actor)
        found = await today.lines(tx, tools, desk, wanted, at)
    return page(
        request,
        "desk_day.html",
        error.status if error else 200,
        desk=desk,
        day=wanted,
        today=now,
        lines=found,
        at=at,
        more=len(found) == today.PAGE,
        path=PATH,
        problems=problem_texts(request, error) if error else {},
    )


def _day_in(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


ROUTES = [
    scanner,
    open_person,
    save,
    save_late,
    day,
    withdraw,
    *course_pages.ROUTES,
    *purchase_pages.ROUTES,
]
