"""Logging in and one's own card, for programs. The token goes into `Authorization: Bearer`."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, post, put
from litestar.params import Body

from yimatong.access import sessions
from yimatong.access.actor import Actor
from yimatong.access.otp import OtpResult
from yimatong.access.permissions import Permission
from yimatong.access.totp import TotpResult
from yimatong.kernel.errors import NotAllowed, NotFound
from yimatong.kernel.ids import new_id
from yimatong.kernel.words import Language
from yimatong.people import family_api, login, own_card
from yimatong.people.model import Card
from yimatong.people.refusals import refusal
from yimatong.people.service import People
from yimatong.people.steps import address_of
from yimatong.policy.library import Library
from yimatong.storage import Database
from yimatong.web.pages import AnyRequest
from yimatong.web.routes import PUBLIC, allowed


class AskedFor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to send a code. The same `request` (a UUID of yours) sent twice sends one SMS."""

    phone: str
    request: UUID | None = None


class Step(msgspec.Struct, frozen=True):
    """The ticket to take to the next step, within ten minutes."""

    ticket: str


class Tried(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A code of six digits and the ticket of the step it belongs to."""

    ticket: str
    code: str


class Session(msgspec.Struct, frozen=True):
    """The token of the new session."""

    token: str


@post("/api/v1/login", opt=allowed(PUBLIC), status_code=200)
async def ask(
    data: Annotated[AskedFor, Body()],
    request: AnyRequest,
    people: People,
    database: Database,
    language: Language,
) -> Step:
    """Sends a code by SMS. The answer is the same for known and unknown numbers."""
    once = data.request or new_id(people.randomness)
    async with database.transaction() as tx:
        ticket = await login.ask_code(people, tx, data.phone, once, address_of(request), language)
    return Step(ticket)


@post("/api/v1/login/code", opt=allowed(PUBLIC), status_code=200)
async def enter(data: Annotated[Tried, Body()], people: People, database: Database) -> Session:
    """Tries a resident's code; the first time this registers an account."""
    async with database.transaction() as tx:
        entered = await login.enter(people, tx, data.ticket, data.code)
    if entered.result is not OtpResult.RIGHT:
        raise refusal(entered.result)
    return Session(entered.token)


@post("/api/v1/desk/login/code", opt=allowed(PUBLIC), status_code=200)
async def enter_desk(data: Annotated[Tried, Body()], people: People, database: Database) -> Step:
    """Tries a worker's code; the ticket leads to the second factor."""
    async with database.transaction() as tx:
        entered = await login.enter_desk(people, tx, data.ticket, data.code)
    if entered.result is not OtpResult.RIGHT:
        raise refusal(entered.result)
    if not entered.ticket:
        raise NotAllowed.of("people.desk.no_post")
    return Step(entered.ticket)


@post("/api/v1/desk/login/second", opt=allowed(PUBLIC), status_code=200)
async def enter_second(
    data: Annotated[Tried, Body()], people: People, database: Database
) -> Session:
    """Tries the second factor; the token is of a session of the post."""
    async with database.transaction() as tx:
        entered = await login.enter_second(people, tx, data.ticket, data.code)
    if entered.result is not TotpResult.RIGHT:
        raise refusal(entered.result)
    return Session(entered.token)


@post("/api/v1/logout", opt=allowed(Permission.END_SESSION), status_code=204)
async def log_out(request: AnyRequest, database: Database) -> None:
    """Ends the session whose token was sent."""
    async with database.transaction() as tx:
        await sessions.end(tx, request.auth)


@get("/api/v1/card", opt=allowed(Permission.OWN_CARD))
async def card(people: People, database: Database, actor: Actor) -> Card:
    """One's own card in full."""
    async with database.transaction() as tx:
        found = await own_card.read(people, tx, actor)
    if found is None:
        raise NotFound.of("people.unknown")
    return found


@put("/api/v1/card", opt=allowed(Permission.OWN_CARD), status_code=204)
async def keep_card(
    data: Annotated[Card, Body()],
    people: People,
    database: Database,
    library: Library,
    actor: Actor,
) -> None:
    """Registers the card or changes what may change of it; sent twice it has one effect."""
    await own_card.keep(people, database, library, actor, data)


ROUTES = [ask, enter, enter_desk, enter_second, log_out, card, keep_card, *family_api.ROUTES]
