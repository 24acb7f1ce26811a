"""Logging in by another app: to it, back from it, and once the phone that it is linked to."""

from datetime import timedelta

import structlog
from litestar import get, post
from litestar.response import Redirect, Template

from yimatong.access import sessions
from yimatong.access.otp import OtpResult
from yimatong.entrances import service, tickets
from yimatong.entrances.model import Apps, Failed, Failure
from yimatong.entrances.tickets import Stranger
from yimatong.kernel.errors import BadInput
from yimatong.kernel.words import Language
from yimatong.people import links, login, steps
from yimatong.people.cookies import logged_in, ticket_of
from yimatong.people.links import Channel
from yimatong.people.refusals import refusal
from yimatong.people.service import People
from yimatong.people.steps import LINK, Answer
from yimatong.storage import Database
from yimatong.web.cookies import cookie, dropped, read
from yimatong.web.forms import read_form
from yimatong.web.pages import AnyRequest, absolute, page
from yimatong.web.routes import PUBLIC, allowed

WITH = "/login/with/"
_ASKED, _STRANGER = "asked", "stranger"
_SERVER_SIDE = frozenset({Failure.AWAY, Failure.BROKEN})
log = structlog.get_logger()


@get(WITH + "{channel:str}", opt=allowed(PUBLIC), include_in_schema=False)
async def ask(request: AnyRequest, people: People, apps: Apps, channel: str) -> Redirect:
    """Sends the browser to the app."""
    app = apps.named(channel)
    there, ticket = service.ask(people, app, absolute(request, f"{WITH}{channel}/back"))
    carried = cookie(request, _ASKED, ticket, service.LIFE)
    headers = {"cache-control": "no-store", "referrer-policy": "no-referrer"}
    return Redirect(there, status_code=303, cookies=[carried], headers=headers)


@get(WITH + "{channel:str}/back", opt=allowed(PUBLIC), include_in_schema=False)
async def back(
    request: AnyRequest, people: People, database: Database, apps: Apps, channel: str
) -> Answer:
    """The app's answer: a session for whom it is known to name, else the phone, once."""
    app, told = apps.named(channel), request.query_params
    try:
        state, code = told.get("state", ""), told.get(app.code_field, "")
        stranger = await service.answered(people, database, app, read(request, _ASKED), state, code)
    except Failed as failed:
        return _failed(request, app.channel, failed.why)
    async with database.transaction() as tx:
        account = await links.account_of(people, tx, stranger.matches)
        token = "" if account is None else await login.begin(people, tx, account)
        where = await steps.begun(request, people, tx, token) if token else ""
    if token:
        entered = logged_in(request, where, token, sessions.RESIDENT_LIFE)
    else:
        kept = cookie(request, _STRANGER, tickets.write(people.keys, stranger), service.LIFE)
        entered = Redirect(LINK, status_code=303, cookies=[kept])
    entered.cookies.append(dropped(request, _ASKED))
    return entered


@get(LINK, opt=allowed(PUBLIC), include_in_schema=False)
async def phone(request: AnyRequest, people: People) -> Answer:
    """Asks for the phone whose account the app shall lead to."""
    if _stranger(request, people) is None:
        return Redirect("/login", status_code=303)
    return steps.phone_page(request, people, LINK)


@post(LINK, opt=allowed(PUBLIC), include_in_schema=False)
async def send(
    request: AnyRequest, people: People, database: Database, language: Language
) -> Answer:
    """Sends a code; the answer is the same for a known and an unknown number."""
    return await steps.ask(request, people, database, language, LINK)


@post(f"{LINK}/again", opt=allowed(PUBLIC), include_in_schema=False)
async def send_again(
    request: AnyRequest, people: People, database: Database, language: Language
) -> Answer:
    """Sends another code."""
    return await steps.ask_again(request, people, database, language, LINK)


@get(f"{LINK}/code", opt=allowed(PUBLIC), include_in_schema=False)
async def code_form(request: AnyRequest, people: People) -> Answer:
    """Asks for the code."""
    return steps.code_page(request, people, LINK)


@post(f"{LINK}/code", opt=allowed(PUBLIC), include_in_schema=False)
async def try_code(request: AnyRequest, people: People, database: Database) -> Answer:
    """Tries the code; right, the app leads to the phone's account from now on."""
    form, stranger, where = await read_form(request), _stranger(request, people), "/"
    if stranger is None:
        return Redirect("/login", status_code=303)
    try:
        async with database.transaction() as tx:
            entered = await login.enter(people, tx, ticket_of(request), form["code"])
            if entered.account:
                where = await steps.begun(request, people, tx, entered.token)
                match = stranger.matches[0]
                await links.link(people, tx, entered.account, stranger.channel, match)
    except BadInput as error:
        return steps.code_page(request, people, LINK, error)
    if entered.result is not OtpResult.RIGHT:
        return steps.code_page(request, people, LINK, refusal(entered.result))
    done = logged_in(request, where, entered.token, sessions.RESIDENT_LIFE)
    done.cookies.append(dropped(request, _STRANGER))
    return done


def _stranger(request: AnyRequest, people: People) -> Stranger | None:
    return tickets.read(people.keys, people.clock, read(request, _STRANGER), Stranger)


def _failed(request: AnyRequest, channel: Channel, why: Failure) -> Template:
    """What happened, and the log-in that always works."""
    ours = why in _SERVER_SIDE
    if ours:
        log.warning("entrances.failed", app=channel.value, why=why.value)
    shown = page(request, "app_failed.html", 503 if ours else 422, app=channel.value, why=why.value)
    shown.cookies.append(cookie(request, _ASKED, "", timedelta()))
    return shown


ROUTES = [ask, back, phone, send, send_again, code_form, try_code]
