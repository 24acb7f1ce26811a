"""The clerk's pages. Who stands there is known by a ticket in the forms, never by an address."""

import hashlib
from typing import Any

from litestar import get, post
from litestar.di import Provide
from litestar.response import Template

from yimatong.access import idempotency
from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.codes.paper import Papers
from yimatong.codes.paper_pages import PAPERS
from yimatong.codes.paper_print import printed_page
from yimatong.codes.standings import Standings
from yimatong.declarations.drawing import drawn
from yimatong.declarations.forms import in_words
from yimatong.declarations.model import DeclarationSheet
from yimatong.declarations.pages import ROOM as DECLARATIONS
from yimatong.declarations.reading import read
from yimatong.declarations.service import Declarations
from yimatong.doors.clerk.service import Clerk, day_signed, must_be_present
from yimatong.kernel.clock import day_of, minute
from yimatong.kernel.errors import (
    BadInput,
    Conflict,
    NotAllowed,
    NotFound,
    TooMany,
    Where,
    YimatongError,
)
from yimatong.kernel.ids import new_id
from yimatong.people import desk_service
from yimatong.people.card_form import choices, typed_card
from yimatong.people.desk_service import Why
from yimatong.people.ethnic_groups import ETHNIC_GROUPS
from yimatong.people.family_pages import id_in, relation_in, relations
from yimatong.people.service import People
from yimatong.policy.library import Library
from yimatong.storage import Database
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import AnyRequest, form_again, language_of, page
from yimatong.web.routes import allowed


def clerk_of(
    people: People, declarations: Declarations, papers: Papers, standings: Standings
) -> Clerk:
    """The desk's verbs for a request."""
    return Clerk(people, declarations, papers, standings)


DOOR = {**DECLARATIONS, **PAPERS, "clerk": Provide(clerk_of, sync_to_thread=False)}
DESK: dict[str, Any] = {
    "opt": allowed(Permission.CLERK_DESK),
    "dependencies": DOOR,
    "include_in_schema": False,
}
REFUSED = (BadInput, Conflict, NotFound, TooMany)
PATH = "/desk/clerk"


@get("/desk/clerk", **DESK)
async def desk(request: AnyRequest, library: Library) -> Template:
    """Asks for the document of who stands there."""
    return _start(request, library)


@post("/desk/clerk", status_code=200, **DESK)
async def attend(
    request: AnyRequest, database: Database, actor: Actor, clerk: Clerk, library: Library
) -> Template:
    """Registers or opens who stands there; sent twice it is the same person."""
    form = await read_form(request)
    try:
        must_be_present(present=form.ticked("present"))
        card, why = typed_card(form, library), _why(form)
        ticket = await desk_service.attend(clerk.people, database, actor, card, why)
        return await _person(request, database, actor, clerk, ticket)
    except (*REFUSED, NotAllowed) as error:
        return _start(request, library, form, error)


@post("/desk/clerk/person", status_code=200, **DESK)
async def person(
    request: AnyRequest, database: Database, actor: Actor, clerk: Clerk, library: Library
) -> Template:
    """Back to who stands there."""
    form = await read_form(request)
    try:
        return await _person(request, database, actor, clerk, form["ticket"])
    except NotAllowed as over:
        return _start(request, library, Form({}), over)


@post("/desk/clerk/declare", status_code=200, **DESK)
async def declare(
    request: AnyRequest, database: Database, actor: Actor, clerk: Clerk, library: Library
) -> Template:
    """The sheet to copy from paper; filled in, it is recorded once however often it is sent."""
    form, body = await read_form(request), await request.body()
    error: YimatongError | None = None
    try:
        acting = clerk.acting(actor, form["ticket"])
        if form["once"]:
            try:
                await _entered(form, body, database, acting, clerk)
                return await _person(request, database, actor, clerk, form["ticket"], "declared")
            except REFUSED as refused:
                error = refused
        return await _sheet(request, database, acting, clerk, form, error)
    except NotAllowed as over:
        return _start(request, library, Form({}), over)


@post("/desk/clerk/card", status_code=200, **DESK)
async def card(
    request: AnyRequest, database: Database, actor: Actor, clerk: Clerk, library: Library
) -> Template:
    """A new paper code to print; the one before is revoked."""
    form = await read_form(request)
    try:
        async with database.transaction() as tx:
            printed = await clerk.card(tx, actor, form["ticket"], form["once"])
    except REFUSED as error:
        return await _person(request, database, actor, clerk, form["ticket"], "", error)
    except NotAllowed as over:
        return _start(request, library, Form({}), over)
    return printed_page(request, printed, PATH)


@post("/desk/clerk/lost", status_code=200, **DESK)
async def lost(
    request: AnyRequest, database: Database, actor: Actor, clerk: Clerk, library: Library
) -> Template:
    """Revokes the card at once."""
    form = await read_form(request)
    try:
        async with database.transaction() as tx:
            await clerk.revoke(tx, actor, form["ticket"])
        return await _person(request, database, actor, clerk, form["ticket"], "revoked")
    except NotAllowed as over:
        return _start(request, library, Form({}), over)


@post("/desk/clerk/family", status_code=200, **DESK)
async def relate(
    request: AnyRequest, database: Database, actor: Actor, clerk: Clerk, library: Library
) -> Template:
    """A relative who stands there as well may act for the person from now on; or no longer."""
    form = await read_form(request)
    try:
        done = await _related(form, database, actor, clerk)
        return await _person(request, database, actor, clerk, form["ticket"], done)
    except REFUSED as error:
        return await _person(request, database, actor, clerk, form["ticket"], "", error, form)
    except NotAllowed as over:
        return _start(request, library, Form({}), over)


async def _related(form: Form, database: Database, actor: Actor, clerk: Clerk) -> str:
    ticket = form["ticket"]
    if form["account"]:
        async with database.transaction() as tx:
            await clerk.unrelate(tx, actor, ticket, id_in(form["account"]))
        return "ended"
    relation = relation_in(form)
    async with database.transaction() as tx:
        found = await clerk.relate(tx, actor, ticket, form["short"], relation)
    if not found:
        raise BadInput.of("clerk.short", Where(field="short"))  # after the commit: the try counts
    return "related"


async def _entered(
    form: Form, body: bytes, database: Database, acting: Actor, clerk: Clerk
) -> None:
    key, digest = f"form:{form['once'][:40]}", hashlib.sha256(body).digest()
    signed_on = day_signed(form["signed_on"])
    async with database.transaction() as tx:
        clock = clerk.people.clock
        if await idempotency.begin(tx, clock, acting.account, key, digest) is None:
            ground = await clerk.declarations.ground(tx, acting, signed_on)
            sheet, unread = read(form, DeclarationSheet, ground.policy.promise)
            await clerk.declare(tx, acting, sheet, signed_on, unread)
            await idempotency.finish(tx, acting.account, key, 200, b"")


async def _sheet(
    request: AnyRequest,
    database: Database,
    acting: Actor,
    clerk: Clerk,
    form: Form,
    error: YimatongError | None,
) -> Template:
    language, ticket = language_of(request), form["ticket"]
    async with database.transaction() as tx:
        try:
            signed = day_signed(form["signed_on"])
            ground = await clerk.declarations.ground(tx, acting, signed)
        except BadInput:  # no such day: the promise is that of today
            ground = await clerk.declarations.ground(tx, acting)
    # nothing is filled in from last time: the paper says it, and the clerk need not know
    shown = drawn(ground, {}, language) | {
        "ticket": ticket,
        "once": new_id(clerk.people.randomness).hex,
        "path": PATH,
        "today": day_of(clerk.people.clock.now()).isoformat(),
    }
    if error is None:
        return page(request, "clerk_declare.html", **shown)
    return form_again(request, "clerk_declare.html", form, in_words(error), **shown)


async def _person(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    clerk: Clerk,
    ticket: str,
    done: str = "",
    error: YimatongError | None = None,
    form: Form | None = None,
) -> Template:
    async with database.transaction() as tx:
        at_desk = await clerk.shown(tx, actor, ticket)
    shown: dict[str, Any] = {
        "at": at_desk,
        "ticket": ticket,
        "done": done,
        "once": new_id(clerk.people.randomness).hex,
        "relations": relations(request),
        "minute": minute,
        "path": PATH,
    }
    if error is None:
        return page(request, "clerk_person.html", **shown)
    return form_again(request, "clerk_person.html", form or Form({}), error, **shown)


def _start(
    request: AnyRequest,
    library: Library,
    form: Form | None = None,
    error: YimatongError | None = None,
) -> Template:
    shown: dict[str, Any] = {
        **choices(library, language_of(request)),
        "family": True,  # a browser must not fill in the clerk's own name
        "han": next(iter(ETHNIC_GROUPS)),
        "reasons": [one.value for one in Why],
        "path": PATH,
    }
    if error is None or form is None:
        return page(request, "clerk.html", **shown)
    return form_again(request, "clerk.html", form, error, **shown)


def _why(form: Form) -> Why:
    try:
        return Why(form["why"])
    except ValueError:
        raise BadInput.of("clerk.why_missing", Where(field="why")) from None


ROUTES = [desk, attend, person, declare, card, lost, relate]
