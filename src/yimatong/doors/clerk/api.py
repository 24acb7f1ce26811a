"""The clerk's desk for programs."""

import hashlib
from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import post
from litestar.params import Body

from yimatong.access import idempotency
from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.codes.paper_api import PaperAnswer
from yimatong.declarations.model import DeclarationSheet
from yimatong.doors.clerk.pages import DOOR
from yimatong.doors.clerk.service import Clerk, must_be_present
from yimatong.kernel.errors import BadInput, Where
from yimatong.people import desk_service
from yimatong.people.desk_service import Why
from yimatong.people.family import Relation
from yimatong.people.model import Card
from yimatong.policy.model import Colour, State
from yimatong.storage import Database
from yimatong.web.routes import IdempotencyKey, allowed


class InPresence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who stands at the desk. `present`: the clerk says that person and document are there."""

    card: Card
    why: Why
    present: bool


class Ticket(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ticket of who stands there, at most half an hour old."""

    ticket: str


class OnPaper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sheet that the person signed on paper on a day within 14 days."""

    ticket: str
    signed_on: date
    sheet: DeclarationSheet


class Relative(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The short code on the phone of a relative who stands there as well."""

    ticket: str
    short: str
    relation: Relation


class NoLonger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The account that is to act for the person no longer."""

    ticket: str
    account: UUID


class HolderAnswer(msgspec.Struct, frozen=True):
    """An account that may act for the person; the owner's name is masked."""

    account: UUID
    name: str
    relation: str


class AtDeskAnswer(msgspec.Struct, frozen=True):
    """Who stands there. `phone`: has a phone registration; `paper`: has a paper code."""

    ticket: str
    name: str
    document_tail: str
    state: State
    colour: Colour | None
    phone: bool
    paper: bool
    holders: list[HolderAnswer]


class Entered(msgspec.Struct, frozen=True):
    """The id of the sheet as it is kept."""

    id: UUID


_MAY = allowed(Permission.CLERK_DESK)


@post("/api/v1/desk/persons", opt=_MAY, dependencies=DOOR, tags=["clerk"])
async def attend(
    data: Annotated[InPresence, Body()], database: Database, actor: Actor, clerk: Clerk
) -> AtDeskAnswer:
    """Registers who stands there, or opens who is registered under this name and document."""
    must_be_present(present=data.present)
    ticket = await desk_service.attend(clerk.people, database, actor, data.card, data.why)
    async with database.transaction() as tx:
        at = await clerk.shown(tx, actor, ticket)
    return AtDeskAnswer(
        ticket,
        at.served.name,
        at.served.document_tail,
        at.standing.state,
        at.standing.colour,
        at.served.phone,
        at.held is not None,
        [HolderAnswer(one.account, one.name, one.relation) for one in at.holders],
    )


@post("/api/v1/desk/declarations", opt=_MAY, dependencies=DOOR, tags=["clerk"])
async def declare(
    data: Annotated[OnPaper, Body()],
    key: IdempotencyKey,
    database: Database,
    actor: Actor,
    clerk: Clerk,
) -> Entered:
    """Enters a declaration that was signed on paper; once under the same Idempotency-Key."""
    acting = clerk.acting(actor, data.ticket)
    body = hashlib.sha256(msgspec.json.encode(data)).digest()
    async with database.transaction() as tx:
        clock = clerk.people.clock
        earlier = await idempotency.begin(tx, clock, actor.account, key, body)
        if earlier:
            return msgspec.json.decode(earlier.body, type=Entered)
        receipt = await clerk.declare(tx, acting, data.sheet, data.signed_on, [])
        entered = Entered(receipt.id)
        await idempotency.finish(tx, actor.account, key, 201, msgspec.json.encode(entered))
    return entered


@post("/api/v1/desk/papers", opt=_MAY, dependencies=DOOR, tags=["clerk"])
async def card(
    data: Annotated[Ticket, Body()],
    key: IdempotencyKey,
    database: Database,
    actor: Actor,
    clerk: Clerk,
) -> PaperAnswer:
    """A new paper code; the one before is revoked at once."""
    async with database.transaction() as tx:
        return PaperAnswer.of(await clerk.card(tx, actor, data.ticket, key))


@post("/api/v1/desk/papers/lost", opt=_MAY, dependencies=DOOR, tags=["clerk"], status_code=204)
async def lost(
    data: Annotated[Ticket, Body()], database: Database, actor: Actor, clerk: Clerk
) -> None:
    """Revokes the card at once."""
    async with database.transaction() as tx:
        await clerk.revoke(tx, actor, data.ticket)


@post("/api/v1/desk/families", opt=_MAY, dependencies=DOOR, tags=["clerk"], status_code=204)
async def relate(
    data: Annotated[Relative, Body()], database: Database, actor: Actor, clerk: Clerk
) -> None:
    """Lets a relative who stands there as well act for the person."""
    async with database.transaction() as tx:
        found = await clerk.relate(tx, actor, data.ticket, data.short, data.relation)
    if not found:
        raise BadInput.of("clerk.short", Where(field="short"))  # after the commit: the try counts


@post("/api/v1/desk/families/end", opt=_MAY, dependencies=DOOR, tags=["clerk"], status_code=204)
async def unrelate(
    data: Annotated[NoLonger, Body()], database: Database, actor: Actor, clerk: Clerk
) -> None:
    """Ends that an account acts for the person."""
    async with database.transaction() as tx:
        await clerk.unrelate(tx, actor, data.ticket, data.account)


ROUTES = [attend, declare, card, lost, relate, unrelate]
