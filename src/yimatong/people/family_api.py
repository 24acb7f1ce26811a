"""The family for programs: whom one may act for, adding somebody, switching, ending."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import delete, get, post, put
from litestar.params import Body

from yimatong.access.actor import Actor
from yimatong.access.otp import OtpResult
from yimatong.access.permissions import Permission
from yimatong.kernel.errors import BadInput, NotFound, Where
from yimatong.kernel.ids import new_id
from yimatong.kernel.words import LANGUAGES, Catalogue, Language
from yimatong.people import consent, family
from yimatong.people.consent import Question
from yimatong.people.family import Guardian, Holder, Member, Relation
from yimatong.people.model import Card
from yimatong.people.refusals import refusal
from yimatong.people.service import People
from yimatong.people.steps import address_of
from yimatong.people.tickets import Whom
from yimatong.storage import Database
from yimatong.web.pages import AnyRequest, site_of
from yimatong.web.routes import allowed

FAMILY: dict[str, Any] = {"opt": allowed(Permission.FAMILY), "tags": ["family"]}


class NewChild(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A child of whom one is the guardian. `promise`: the sentence of the page, word for word."""

    card: Card
    relation: Relation
    promise: str
    born: date | None = None


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose phone is asked. The same `request` (a UUID of yours) sent twice sends one SMS."""

    phone: str
    whom: Whom
    relation: Relation
    request: UUID | None = None


class Code(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ticket of the asking, and the code that the other person told."""

    ticket: str
    code: str


class Registered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The card of who agreed and had none; `ticket` from the code."""

    ticket: str
    card: Card


class Ticket(msgspec.Struct, frozen=True):
    """To be taken to the next step within ten minutes."""

    ticket: str


class Agreed(msgspec.Struct, frozen=True):
    """Who may be acted for now; else the ticket to register them with."""

    persons: list[UUID]
    ticket: str | None


class Acting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For whom the session acts from now on."""

    person: UUID


@get("/api/v1/family", **FAMILY)
async def members(people: People, database: Database, actor: Actor) -> list[Member]:
    """For whom one may act, oneself first."""
    async with database.transaction() as tx:
        return await family.members(people, tx, actor.account)


@get("/api/v1/family/holders", **FAMILY)
async def holders(people: People, database: Database, actor: Actor) -> list[Holder]:
    """Who else may act for one's own person."""
    async with database.transaction() as tx:
        own = await people.person_of(tx, actor.account)
        return await family.holders(people, tx, own) if own else []


@post("/api/v1/family/children", **FAMILY)
async def add_child(
    data: Annotated[NewChild, Body()],
    request: AnyRequest,
    people: People,
    database: Database,
    actor: Actor,
) -> Acting:
    """Registers a child; the person. Sent twice it has one effect."""
    _check_promise(site_of(request).catalogue, data.promise)
    said = Guardian(data.relation, data.born, data.promise)
    async with database.transaction() as tx:
        return Acting(await family.add_child(people, tx, actor.account, data.card, said))


@post("/api/v1/family/consents", status_code=200, **FAMILY)
async def ask(
    data: Annotated[Asked, Body()],
    request: AnyRequest,
    people: People,
    database: Database,
    actor: Actor,
    language: Language,
) -> Ticket:
    """Sends a code to who has to agree. The answer is the same for known and unknown numbers."""
    once = data.request or new_id(people.randomness)
    asked = Question(data.phone, data.whom, data.relation, once)
    async with database.transaction() as tx:
        return Ticket(
            await consent.ask(people, tx, actor.account, asked, address_of(request), language)
        )


@post("/api/v1/family/consents/code", status_code=200, **FAMILY)
async def agree(
    data: Annotated[Code, Body()], people: People, database: Database, actor: Actor
) -> Agreed:
    """Tries the code that the other person told."""
    async with database.transaction() as tx:
        agreed = await consent.agree(people, tx, actor.account, data.ticket, data.code)
    if agreed.result is not OtpResult.RIGHT:
        raise refusal(agreed.result)
    return Agreed(list(agreed.persons), agreed.ticket or None)


@post("/api/v1/family/consents/card", **FAMILY)
async def register(
    data: Annotated[Registered, Body()], people: People, database: Database, actor: Actor
) -> Acting:
    """Registers who agreed and had no card yet; the person."""
    async with database.transaction() as tx:
        person = await consent.register(people, tx, actor.account, data.ticket, data.card)
    return Acting(person)


@put("/api/v1/family/acting", status_code=204, **FAMILY)
async def act(
    data: Annotated[Acting, Body()], people: People, database: Database, actor: Actor
) -> None:
    """Switches the session to somebody of the family, or back to oneself."""
    async with database.transaction() as tx:
        await family.act_for(people, tx, actor, data.person)


@delete("/api/v1/family/{person:uuid}", **FAMILY)
async def end(person: UUID, people: People, database: Database, actor: Actor) -> None:
    """Ends that one acts for somebody; ended twice is no mistake."""
    async with database.transaction() as tx:
        await family.end(people, tx, actor.account, person, by=actor.account)


@delete("/api/v1/family/holders/{account:uuid}", **FAMILY)
async def end_holder(account: UUID, people: People, database: Database, actor: Actor) -> None:
    """Ends that another account acts for one's own person."""
    async with database.transaction() as tx:
        own = await people.person_of(tx, actor.account)
        if own is None:
            raise NotFound.of("people.unknown")
        await family.end(people, tx, account, own, by=actor.account)


def _check_promise(catalogue: Catalogue, promise: str) -> None:
    if promise not in (catalogue.say("people.family.promise", one) for one in LANGUAGES):
        raise BadInput.of("people.family.promise_missing", Where(field="promise"))


ROUTES = [members, holders, add_child, ask, agree, register, act, end, end_holder]
