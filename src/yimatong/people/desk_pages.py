"""Pages by which workers log in: phone, code, second factor."""

from typing import Any
from urllib.parse import quote

import segno
from litestar import get, post
from litestar.response import Redirect

from yimatong.access import sessions
from yimatong.access.otp import OtpResult
from yimatong.access.permissions import Permission
from yimatong.access.totp import TotpResult
from yimatong.kernel.errors import BadInput, NotAllowed, YimatongError
from yimatong.kernel.words import Language
from yimatong.people import login, steps
from yimatong.people.cookies import end_earlier, logged_in, logged_out, next_step, ticket_of
from yimatong.people.refusals import refusal
from yimatong.people.service import People
from yimatong.people.steps import DESK, Answer
from yimatong.storage import Database
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import AnyRequest, form_again, page
from yimatong.web.routes import PUBLIC, allowed
from yimatong.web.ways import onward

WORK = "/desk"
"""Leads on to the post's own work."""


@get("/desk/login", opt=allowed(PUBLIC), include_in_schema=False)
async def phone(request: AnyRequest, people: People) -> Answer:
    """Asks for the worker's phone number."""
    return steps.phone_page(request, people, DESK)


@post("/desk/login", opt=allowed(PUBLIC), include_in_schema=False)
async def send(
    request: AnyRequest, people: People, database: Database, language: Language
) -> Answer:
    """Sends a code, whoever the number belongs to."""
    return await steps.ask(request, people, database, language, DESK)


@post("/desk/login/again", opt=allowed(PUBLIC), include_in_schema=False)
async def send_again(
    request: AnyRequest, people: People, database: Database, language: Language
) -> Answer:
    """Sends another code."""
    return await steps.ask_again(request, people, database, language, DESK)


@get("/desk/login/code", opt=allowed(PUBLIC), include_in_schema=False)
async def code(request: AnyRequest, people: People) -> Answer:
    """Asks for the code."""
    return steps.code_page(request, people, DESK)


@post("/desk/login/code", opt=allowed(PUBLIC), include_in_schema=False)
async def try_code(request: AnyRequest, people: People, database: Database) -> Answer:
    """Tries the code; right, and of a worker, it leads on to the second factor."""
    form = await read_form(request)
    try:
        async with database.transaction() as tx:
            entered = await login.enter_desk(people, tx, ticket_of(request), form["code"])
    except BadInput as error:
        return steps.code_page(request, people, DESK, error)
    if entered.result is not OtpResult.RIGHT:
        return steps.code_page(request, people, DESK, refusal(entered.result))
    if not entered.ticket:
        return steps.phone_page(request, people, DESK, NotAllowed.of("people.desk.no_post"))
    return next_step(request, "/desk/login/second", entered.ticket)


@get("/desk/login/second", opt=allowed(PUBLIC), include_in_schema=False)
async def second(request: AnyRequest, people: People, database: Database) -> Answer:
    """Asks for the second factor; the first time it shows what to enrol."""
    return await _second_page(request, people, database)


@post("/desk/login/second", opt=allowed(PUBLIC), include_in_schema=False)
async def try_second(request: AnyRequest, people: People, database: Database) -> Answer:
    """Tries the second factor; right, it begins a session of the post."""
    form = await read_form(request)
    try:
        async with database.transaction() as tx:
            entered = await login.enter_second(people, tx, ticket_of(request), form["code"])
            if entered.token:
                await end_earlier(request, tx)
    except (BadInput, NotAllowed) as error:
        return await _second_page(request, people, database, error)
    if entered.result is not TotpResult.RIGHT:
        return await _second_page(request, people, database, refusal(entered.result))
    return logged_in(request, onward(request, WORK), entered.token, sessions.STAFF_LIFE)


@post("/desk/logout", opt=allowed(Permission.END_SESSION), include_in_schema=False)
async def log_out(request: AnyRequest, database: Database) -> Answer:
    """Ends the session."""
    async with database.transaction() as tx:
        await sessions.end(tx, request.auth)
    return logged_out(request, DESK)


async def _second_page(
    request: AnyRequest, people: People, database: Database, error: YimatongError | None = None
) -> Answer:
    """Where the second factor is typed; at the first log-in with what to put into the app."""
    try:
        async with database.transaction() as tx:
            secret = await login.secret_to_enrol(people, tx, ticket_of(request))
    except BadInput:
        return Redirect(DESK, status_code=303)
    shown: dict[str, Any] = {"secret": secret, "picture": _picture(secret) if secret else ""}
    if error is None:
        return page(request, "login_second.html", **shown)
    return form_again(request, "login_second.html", Form({}), error, **shown)


def _picture(secret: str) -> str:
    """The secret as authenticator apps scan it (Key Uri Format), as a data URI."""
    label = quote("一码通 Yimatong")
    uri = f"otpauth://totp/{label}?secret={secret}&issuer={label}"
    return segno.make(uri, error="m").svg_data_uri(scale=5, border=4, light="#fff")


ROUTES = [phone, send, send_again, code, try_code, second, try_second, log_out]
