"""The publishing desk: what there is, a new entry, a correction, a withdrawal."""

import hashlib
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.response import Redirect, Template

from yimatong.access import idempotency
from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.information.checks import LONGEST, checked
from yimatong.information.model import Kind
from yimatong.information.reading import read_draft, read_id, read_query
from yimatong.information.service import Information
from yimatong.information.shown import ROOM, asked, shared
from yimatong.kernel.clock import Clock
from yimatong.kernel.errors import BadInput, Conflict, NotFound, YimatongError
from yimatong.kernel.ids import Randomness, new_id
from yimatong.kernel.words import Language
from yimatong.places import divisions, provinces
from yimatong.storage import Database
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import AnyRequest, page, problem_texts
from yimatong.web.routes import allowed

DESK = "/desk/information"
MAY = allowed(Permission.INFORMATION_PUBLISH)


@get(DESK, opt=MAY, dependencies=ROOM, include_in_schema=False)
async def every(
    request: AnyRequest,
    database: Database,
    information: Information,
    actor: Actor,
    language: Language,
) -> Template:
    """All that was ever published, and what became of it."""
    query = read_query(request.query_params)
    async with database.transaction() as tx:
        found = await information.every(tx, actor, query)
    return page(
        request,
        "information_desk.html",
        found=found,
        done=request.query_params.get("done", ""),
        **asked(query, DESK, language),
        **shared(information, language),
    )


@get(f"{DESK}/new", opt=MAY, dependencies=ROOM, include_in_schema=False)
async def new(request: AnyRequest, information: Information, language: Language) -> Template:
    """An empty form."""
    empty = Form({"valid_from": [information.today.isoformat()]})
    return _form(request, empty, language)


@get(DESK + "/{entry:uuid}", opt=MAY, dependencies=ROOM, include_in_schema=False)
async def one(
    request: AnyRequest,
    database: Database,
    information: Information,
    actor: Actor,
    language: Language,
    entry: UUID,
) -> Template:
    """One entry as it stands, to be corrected or withdrawn."""
    return await _one(request, database, information, language, entry)


@get(DESK + "/{entry:uuid}/correct", opt=MAY, dependencies=ROOM, include_in_schema=False)
async def correct(
    request: AnyRequest,
    database: Database,
    information: Information,
    language: Language,
    entry: UUID,
) -> Template:
    """The form with what the entry says."""
    async with database.transaction() as tx:
        found = await information.one(tx, entry)
    fields = {name: getattr(found, name) for name in found.__struct_fields__}
    typed = {name: [str(value)] for name, value in fields.items() if value is not None}
    return _form(request, Form(typed | {"replaces": [str(entry)]}), language)


@post(DESK, opt=MAY, dependencies=ROOM, include_in_schema=False, status_code=200)
async def hand_in(
    request: AnyRequest,
    database: Database,
    information: Information,
    actor: Actor,
    clock: Clock,
    randomness: Randomness,
    language: Language,
) -> Template | Redirect:
    """By the button that was pressed: shows the draft as it will look, goes back to the form, or
    publishes. Sent twice it is published once."""
    form = await read_form(request)
    if form["step"] == "change":
        return _form(request, form, language)
    try:
        draft, unread = read_draft(form, information.today)
        ready = checked(draft, information.today, unread)
        if form["step"] != "publish" or not form["once"]:
            shown: dict[str, Any] = {"one": ready, "typed": form, "once": new_id(randomness).hex}
            shown |= shared(information, language)
            return page(request, "information_preview.html", **shown)
        await _publish(database, information, actor, clock, form)
    except (BadInput, Conflict, NotFound) as error:
        return _form(request, form, language, error)
    done = "corrected" if form["replaces"] else "published"
    return Redirect(f"{DESK}?done={done}", status_code=303)


@post(DESK + "/{entry:uuid}/withdraw", opt=MAY, dependencies=ROOM, include_in_schema=False)
async def withdraw(
    request: AnyRequest,
    database: Database,
    information: Information,
    actor: Actor,
    language: Language,
    entry: UUID,
) -> Template | Redirect:
    """Takes the entry down; when stays visible."""
    try:
        async with database.transaction() as tx:
            await information.withdraw(tx, actor, entry)
    except Conflict as error:
        return await _one(request, database, information, language, entry, error)
    return Redirect(f"{DESK}?done=withdrawn", status_code=303)


async def _publish(
    database: Database, information: Information, actor: Actor, clock: Clock, form: Form
) -> None:
    draft, _ = read_draft(form, information.today)
    key = f"information:{form['once'][:40]}"
    said = "\x00".join(f"{name}={form[name]}" for name in sorted(form))
    digest = hashlib.sha256(said.encode()).digest()
    async with database.transaction() as tx:
        if await idempotency.begin(tx, clock, actor.account, key, digest) is None:
            await information.publish(tx, actor, draft, read_id(form["replaces"]))
            await idempotency.finish(tx, actor.account, key, 303, b"")


def _form(
    request: AnyRequest, typed: Form, language: Language, error: YimatongError | None = None
) -> Template:
    names = provinces()
    choices = [
        (code, f"{names[one.region].said_in(language)} · {one.words.said_in(language)}")
        for code, one in divisions().items()
        if not code.endswith("0000")
    ]
    return page(
        request,
        "information_form.html",
        error.status if error else 200,
        typed=typed,
        problems=problem_texts(request, error) if error else {},
        kinds=list(Kind),
        regions=[(region, words.said_in(language)) for region, words in names.items()],
        divisions=choices,
        longest=LONGEST,
    )


async def _one(
    request: AnyRequest,
    database: Database,
    information: Information,
    language: Language,
    entry: UUID,
    error: YimatongError | None = None,
) -> Template:
    async with database.transaction() as tx:
        found = await information.one(tx, entry)
    shown: dict[str, Any] = shared(information, language)
    status = error.status if error else 200
    problems = problem_texts(request, error) if error else {}
    return page(request, "information_desk_one.html", status, one=found, problems=problems, **shown)


ROUTES = [every, new, one, correct, hand_in, withdraw]
