"""Joining two registrations: the accounts are people's business, the facts the ledger's, and what
was handed in is the declarations room's."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.di import Provide
from litestar.response import Redirect, Template

from yimatong import ledger
from yimatong.access import sessions
from yimatong.access.actor import Actor
from yimatong.access.otp import OtpResult
from yimatong.access.permissions import Permission
from yimatong.codes.paper import Papers
from yimatong.codes.paper_pages import PAPERS, desk_of
from yimatong.codes.standings import Standings
from yimatong.declarations.pages import declarations_of
from yimatong.declarations.service import Declarations
from yimatong.desks import about as desks
from yimatong.gates import own as gates
from yimatong.kernel.errors import BadInput, Conflict, TooMany, Where, YimatongError
from yimatong.kernel.ids import new_id
from yimatong.kernel.words import Language
from yimatong.people import join
from yimatong.people.cookies import logged_in
from yimatong.people.refusals import refusal
from yimatong.people.service import People
from yimatong.people.steps import address_of
from yimatong.storage import Database
from yimatong.venues import about as venues
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import AnyRequest, form_again, page
from yimatong.web.routes import allowed
from yimatong.web.ways import onward

JOIN: dict[str, Any] = {
    "opt": allowed(Permission.OWN_CARD),
    "include_in_schema": False,
    "dependencies": {**PAPERS, "declarations": Provide(declarations_of, sync_to_thread=False)},
}
REFUSED = (BadInput, Conflict, TooMany)


@get("/card/join", **JOIN)
async def ask_form(request: AnyRequest, people: People) -> Template:
    """Explains what joining does, and asks for the phone of the earlier registration."""
    return _ask_page(request, people, Form({}))


@post("/card/join", status_code=200, **JOIN)
async def ask(
    request: AnyRequest, people: People, database: Database, actor: Actor, language: Language
) -> Template:
    """Sends the code, whoever the number belongs to."""
    form = await read_form(request)
    try:
        if not form.ticked("promise"):
            raise BadInput.of("people.join.promise_missing", Where(field="promise"))
        once, address = _once(form, people), address_of(request)
        async with database.transaction() as tx:
            ticket = await join.ask(people, tx, actor, form["phone"], once, address, language)
    except REFUSED as error:
        return _ask_page(request, people, form, error)
    return page(request, "join_code.html", ticket=ticket, path="/card/join")


@post("/card/join/code", status_code=200, **JOIN)
async def try_code(
    request: AnyRequest,
    people: People,
    database: Database,
    actor: Actor,
    declarations: Declarations,
    standings: Standings,
    papers: Papers,
) -> Template | Redirect:
    """Tries the code; right, there is one account, one person, and a new session."""
    form = await read_form(request)
    error: YimatongError
    try:
        async with database.transaction() as tx:
            joined = await join.join(people, tx, actor, form["ticket"], form["code"])
            if joined.kept and joined.gone:
                clock, randomness = people.clock, people.randomness
                gone, kept = joined.gone, joined.kept
                facts = await ledger.carry_over(tx, clock, randomness, gone, kept)
                await declarations.carry_over(tx, gone, kept, facts)
                await gates.carry_over(tx, gone, kept)
                await venues.carry_over(tx, gone, kept)
                await desks.carry_over(tx, gone, kept, facts)
                await standings.forget(tx, gone)
                # a card of who is gone would go on showing a standing that nobody updates
                await papers.revoke(tx, desk_of(actor), gone)
        if joined.result is OtpResult.RIGHT:
            return logged_in(request, onward(request, "/"), joined.token, sessions.RESIDENT_LIFE)
        error = refusal(joined.result)
    except REFUSED as refused:
        error = refused
    shown = {"ticket": form["ticket"], "path": "/card/join"}
    return form_again(request, "join_code.html", Form({}), error, **shown)


def _once(form: Form, people: People) -> UUID:
    try:
        return UUID(form["once"])
    except ValueError:
        return new_id(people.randomness)


def _ask_page(
    request: AnyRequest, people: People, form: Form, error: YimatongError | None = None
) -> Template:
    shown: dict[str, Any] = {"once": new_id(people.randomness), "path": "/card/join"}
    if error is None:
        return page(request, "join.html", **shown)
    return form_again(request, "join.html", form, error, **shown)


ROUTES = [ask_form, ask, try_code]
