"""Pages of the paper code for who is logged in: have it printed, report it lost, use one in hand.

A card in hand takes its owner into a family, or the owner's registration to a phone.
"""

from typing import Any

from litestar import get, post
from litestar.di import Provide
from litestar.response import Redirect, Template

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.audit import Purpose
from yimatong.codes.mint import Mint
from yimatong.codes.paper import Desk, Papers
from yimatong.codes.paper_print import printed_page
from yimatong.codes.paper_use import add_to_family, once_printed, take_to_phone
from yimatong.codes.service import person_of
from yimatong.codes.standings import Standings
from yimatong.kernel.clock import minute
from yimatong.kernel.errors import BadInput, Conflict, TooMany, YimatongError
from yimatong.kernel.ids import new_id
from yimatong.people.card_form import LONGEST
from yimatong.people.documents import DocumentKind
from yimatong.people.family_pages import FAMILY, relation_in, relations
from yimatong.people.service import People
from yimatong.policy.library import Library
from yimatong.storage import Database
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import AnyRequest, form_again, page
from yimatong.web.routes import allowed

REFUSED = (BadInput, Conflict, TooMany)


def papers_of(people: People, standings: Standings, mint: Mint, library: Library) -> Papers:
    """The verbs of cards for a request."""
    return Papers(people, standings, mint, library)


PAPERS = {"papers": Provide(papers_of, sync_to_thread=False)}
OWN: dict[str, Any] = {
    "opt": allowed(Permission.OWN_CODE),
    "dependencies": PAPERS,
    "include_in_schema": False,
}
TAKE: dict[str, Any] = {"opt": allowed(Permission.OWN_CARD), "include_in_schema": False}


def desk_of(actor: Actor) -> Desk:
    """A resident's, for oneself or for somebody of the family."""
    return Desk(actor.account, None, Purpose.FAMILY if actor.proxy else Purpose.OWN)


@get("/code/paper", **OWN)
async def own(
    request: AnyRequest, database: Database, actor: Actor, papers: Papers, people: People
) -> Template | Redirect:
    """Whether there is a card; prints one, or reports it lost."""
    if actor.person is None:
        return Redirect("/card", status_code=303)
    async with database.transaction() as tx:
        held = await papers.held(tx, actor.person)
    once = new_id(people.randomness).hex
    return page(request, "paper_own.html", held=held, once=once, minute=minute)


@post("/code/paper", status_code=200, **OWN)
async def issue(
    request: AnyRequest, database: Database, actor: Actor, papers: Papers, people: People
) -> Template:
    """A new card to print; sent twice it is the same card."""
    form, person = await read_form(request), person_of(actor)
    try:
        async with database.transaction() as tx:
            printed = await once_printed(tx, people, papers, desk_of(actor), person, form["once"])
    except REFUSED as error:
        async with database.transaction() as tx:
            held = await papers.held(tx, person)
        shown = {"held": held, "once": new_id(people.randomness).hex, "minute": minute}
        return form_again(request, "paper_own.html", Form({}), error, **shown)
    return printed_page(request, printed, "/code/paper")


@post("/code/paper/lost", **OWN)
async def lost(database: Database, actor: Actor, papers: Papers) -> Redirect:
    """Revokes the card at once."""
    async with database.transaction() as tx:
        await papers.revoke(tx, desk_of(actor), person_of(actor))
    return Redirect("/code/paper", status_code=303)


@get("/family/paper", **FAMILY)
async def family_form(request: AnyRequest) -> Template:
    """Asks for the number on the card of who is taken into the family."""
    return page(request, "paper_family.html", relations=relations(request))


@post("/family/paper", **FAMILY)
async def family_add(
    request: AnyRequest, people: People, database: Database, actor: Actor
) -> Template | Redirect:
    """Adds the owner of the card in hand. Sent twice it has one effect."""
    form = await read_form(request)
    try:
        relation = relation_in(form)
        async with database.transaction() as tx:
            added = await add_to_family(tx, people, actor, form["number"], relation)
        if added is None:
            raise BadInput.of("codes.paper.unknown")  # after the commit: the try counts
    except REFUSED as error:
        return form_again(request, "paper_family.html", form, error, relations=relations(request))
    return Redirect("/family", status_code=303)


@get("/card/paper", **TAKE)
async def take_form(request: AnyRequest) -> Template:
    """Explains how a registration on paper is taken to this phone."""
    return page(request, "paper_take.html", **_kinds())


@post("/card/paper", **TAKE)
async def take(
    request: AnyRequest, people: People, database: Database, actor: Actor
) -> Template | Redirect:
    """Makes the registration of the card in hand this account's own."""
    form = await read_form(request)
    kinds = {kind.value: kind for kind in DocumentKind}
    kind = kinds.get(form["document_kind"], DocumentKind.RESIDENT_ID)
    error: YimatongError
    try:
        async with database.transaction() as tx:
            if await take_to_phone(
                tx, people, actor, form["number"], kind, form["document_number"]
            ):
                return Redirect("/", status_code=303)
        error = BadInput.of("codes.paper.no_match")
    except REFUSED as refused:
        error = refused
    return form_again(request, "paper_take.html", form, error, **_kinds())


def _kinds() -> dict[str, Any]:
    return {"kinds": [kind.value for kind in DocumentKind], "longest": LONGEST}


ROUTES = [own, issue, lost, family_form, family_add, take_form, take]
