"""The steps that residents and workers share: ask for a code, and see where to type it."""

from typing import Any
from uuid import UUID

from litestar.response import Redirect, Template

from yimatong.access import otp, sessions
from yimatong.kernel.errors import BadInput, TooMany, YimatongError
from yimatong.kernel.ids import new_id
from yimatong.kernel.words import Language
from yimatong.people import drafts, login, tickets
from yimatong.people.cookies import end_earlier, next_step, ticket_of
from yimatong.people.phones import masked_phone
from yimatong.people.service import People
from yimatong.people.tickets import CodeTicket
from yimatong.storage import Database, Tx
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import AnyRequest, apps_of, form_again, page
from yimatong.web.ways import onward, way_of

RESIDENTS, DESK, LINK = "/login", "/desk/login", "/login/link"
"""The doors; each path is where one asks for a code. By the third a resident comes whom another
app sent, and whom it will know from then on."""
Answer = Template | Redirect


def address_of(request: AnyRequest) -> str | None:
    """The network address that the request came from, to count by."""
    return request.client.host if request.client else None


async def begun(request: AnyRequest, people: People, tx: Tx, token: str) -> str:
    """A resident's session has begun: the one that this browser had ends, and this is where to go.

    First the form amid which the session ended, then where one wanted to go, else the first page.
    """
    await end_earlier(request, tx)
    actor = await sessions.actor_of(tx, people.clock, token)
    form = await drafts.way_back(people, tx, actor) if actor and actor.person else None
    return form or onward(request, "/")


def phone_page(
    request: AnyRequest, people: People, door: str, error: YimatongError | None = None
) -> Template:
    """Where one types a phone number."""
    return _phone_again(request, people, door, Form({}), error)


async def ask(
    request: AnyRequest, people: People, database: Database, language: Language, door: str
) -> Answer:
    """Sends a code and goes on; the same form sent twice sends one SMS."""
    form = await read_form(request)
    try:
        once = UUID(form["once"])
    except ValueError:
        once = new_id(people.randomness)
    try:
        return await _send(request, people, database, language, door, form["phone"], once)
    except (BadInput, TooMany) as error:
        return _phone_again(request, people, door, form, error)


async def ask_again(
    request: AnyRequest, people: People, database: Database, language: Language, door: str
) -> Answer:
    """Sends another code to the number that the ticket is about."""
    try:
        phone = _opened(request, people).phone
        once = new_id(people.randomness)
        return await _send(request, people, database, language, door, phone, once)
    except TooMany as error:
        return code_page(request, people, door, error)
    except BadInput as error:
        return phone_page(request, people, door, error)


def code_page(
    request: AnyRequest, people: People, door: str, error: YimatongError | None = None
) -> Answer:
    """Where one types the code; back to the phone number where none was asked for."""
    try:
        phone = masked_phone(_opened(request, people).phone)
    except BadInput:
        return Redirect(door, status_code=303)
    shown: dict[str, Any] = {"door": door, "phone": phone, "minutes": otp.LIFE.seconds // 60}
    if error is None:
        return page(request, "login_code.html", **shown)
    return form_again(request, "login_code.html", Form({}), error, **shown)


def _opened(request: AnyRequest, people: People) -> CodeTicket:
    return tickets.read(people.keys, people.clock, ticket_of(request), CodeTicket)


async def _send(
    request: AnyRequest,
    people: People,
    database: Database,
    language: Language,
    door: str,
    phone: str,
    once: UUID,
) -> Redirect:
    async with database.transaction() as tx:
        ticket = await login.ask_code(people, tx, phone, once, address_of(request), language)
    return next_step(request, f"{door}/code", ticket)


def _phone_again(
    request: AnyRequest, people: People, door: str, typed: Form, error: YimatongError | None
) -> Template:
    shown: dict[str, Any] = {
        "door": door,
        "once": new_id(people.randomness),
        "apps": apps_of(request) if door == RESIDENTS else [],
        "sent_here": bool(way_of(request)),
        "kept": "kept" in request.query_params,
        "ended": "ended" in request.query_params and error is None,
    }
    if error is None:
        return page(request, "login.html", **shown)
    return form_again(request, "login.html", typed, error, **shown)
