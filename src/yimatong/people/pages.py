"""Pages by which residents log in and register their card. Workers' are in `desk_pages`."""

from litestar import get, post
from litestar.response import Redirect

from yimatong.access import sessions
from yimatong.access.actor import Actor
from yimatong.access.otp import OtpResult
from yimatong.access.permissions import Permission
from yimatong.kernel.errors import BadInput, Conflict, TooMany, YimatongError
from yimatong.kernel.words import Language
from yimatong.people import (
    consent_pages,
    desk_pages,
    family_pages,
    login,
    own_card,
    steps,
)
from yimatong.people.card_form import choices, typed_card
from yimatong.people.cookies import logged_in, logged_out, ticket_of
from yimatong.people.refusals import refusal
from yimatong.people.service import People
from yimatong.people.steps import RESIDENTS, Answer
from yimatong.policy.library import Library
from yimatong.storage import Database
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import AnyRequest, form_again, page
from yimatong.web.routes import PUBLIC, allowed
from yimatong.web.ways import onward


@get("/login", opt=allowed(PUBLIC), include_in_schema=False)
async def phone(request: AnyRequest, people: People) -> Answer:
    """Asks for the phone number."""
    return steps.phone_page(request, people, RESIDENTS)


@post("/login", opt=allowed(PUBLIC), include_in_schema=False)
async def send(
    request: AnyRequest, people: People, database: Database, language: Language
) -> Answer:
    """Sends a code; the answer is the same for a known and an unknown number."""
    return await steps.ask(request, people, database, language, RESIDENTS)


@post("/login/again", opt=allowed(PUBLIC), include_in_schema=False)
async def send_again(
    request: AnyRequest, people: People, database: Database, language: Language
) -> Answer:
    """Sends another code."""
    return await steps.ask_again(request, people, database, language, RESIDENTS)


@get("/login/code", opt=allowed(PUBLIC), include_in_schema=False)
async def code(request: AnyRequest, people: People) -> Answer:
    """Asks for the code."""
    return steps.code_page(request, people, RESIDENTS)


@post("/login/code", opt=allowed(PUBLIC), include_in_schema=False)
async def try_code(request: AnyRequest, people: People, database: Database) -> Answer:
    """Tries the code; right, it begins a session, and registers whoever is new (HI-01)."""
    form, where = await read_form(request), "/"
    try:
        async with database.transaction() as tx:
            entered = await login.enter(people, tx, ticket_of(request), form["code"])
            if entered.token:
                where = await steps.begun(request, people, tx, entered.token)
    except BadInput as error:
        return steps.code_page(request, people, RESIDENTS, error)
    if entered.result is not OtpResult.RIGHT:
        return steps.code_page(request, people, RESIDENTS, refusal(entered.result))
    return logged_in(request, where, entered.token, sessions.RESIDENT_LIFE)


@post("/logout", opt=allowed(Permission.END_SESSION), include_in_schema=False)
async def log_out(request: AnyRequest, database: Database) -> Answer:
    """Ends the session."""
    async with database.transaction() as tx:
        await sessions.end(tx, request.auth)
    return logged_out(request, "/")


@get("/card", opt=allowed(Permission.OWN_CARD), include_in_schema=False)
async def card(
    request: AnyRequest,
    people: People,
    database: Database,
    library: Library,
    actor: Actor,
    language: Language,
) -> Answer:
    """One's own card, or the form that registers it (HN-01)."""
    async with database.transaction() as tx:
        found = await own_card.read(people, tx, actor)
    return page(request, "card.html", card=found, **choices(library, language))


@post("/card", opt=allowed(Permission.OWN_CARD), include_in_schema=False)
async def keep_card(
    request: AnyRequest,
    people: People,
    database: Database,
    library: Library,
    actor: Actor,
    language: Language,
) -> Answer:
    """Registers the card or changes what may change of it; sent twice it has one effect."""
    form = await read_form(request)
    try:
        await own_card.keep(people, database, library, actor, typed_card(form, library))
    except (BadInput, Conflict, TooMany) as error:
        return await _card_again(request, people, database, library, actor, language, form, error)
    return Redirect(onward(request, "/"), status_code=303)


async def _card_again(
    request: AnyRequest,
    people: People,
    database: Database,
    library: Library,
    actor: Actor,
    language: Language,
    form: Form,
    error: YimatongError,
) -> Answer:
    async with database.transaction() as tx:
        found = await own_card.read(people, tx, actor)
    held = error.problems[0].code == "people.card.held"
    shown = {"card": found, "held": held, **choices(library, language)}
    return form_again(request, "card.html", form, error, **shown)


ROUTES = [
    phone,
    send,
    send_again,
    code,
    try_code,
    log_out,
    card,
    keep_card,
    *desk_pages.ROUTES,
    *family_pages.ROUTES,
    *consent_pages.ROUTES,
]
