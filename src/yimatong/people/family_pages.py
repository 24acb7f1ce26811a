"""Pages of the family: for whom one may act, and who may act for one (HB-06, YN-07)."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.response import Redirect

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.kernel.errors import BadInput, Conflict, NotFound, TooMany, Where, YimatongError
from yimatong.kernel.words import Language
from yimatong.people import family
from yimatong.people.card_form import choices, typed_card
from yimatong.people.family import Guardian, Relation
from yimatong.people.gone import told
from yimatong.people.service import People
from yimatong.people.steps import Answer
from yimatong.policy.library import Library
from yimatong.storage import Database
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import AnyRequest, form_again, language_of, page, site_of
from yimatong.web.routes import allowed

HOME = "/family"
FAMILY: dict[str, Any] = {"opt": allowed(Permission.FAMILY), "include_in_schema": False}
REFUSED = (BadInput, Conflict, NotFound, TooMany)


@get("/family", **FAMILY)
async def overview(request: AnyRequest, people: People, database: Database, actor: Actor) -> Answer:
    """For whom one may act; who may act for one."""
    return await shown(request, people, database, actor)


@post("/family/act", **FAMILY)
async def act(request: AnyRequest, people: People, database: Database, actor: Actor) -> Answer:
    """Switches to somebody of the family, or back to oneself, and shows the start page."""
    form = await read_form(request)
    try:
        async with database.transaction() as tx:
            await family.act_for(people, tx, actor, id_in(form["person"]))
    except NotFound as error:
        return await shown(request, people, database, actor, error)
    return Redirect("/", status_code=303)


@post("/family/end", **FAMILY)
async def end(request: AnyRequest, people: People, database: Database, actor: Actor) -> Answer:
    """Ends that one acts for somebody."""
    form = await read_form(request)
    async with database.transaction() as tx:
        await family.end(people, tx, actor.account, id_in(form["person"]), by=actor.account)
    return Redirect(HOME, status_code=303)


@post("/family/holders/end", **FAMILY)
async def end_holder(
    request: AnyRequest, people: People, database: Database, actor: Actor
) -> Answer:
    """Ends that somebody else acts for one's own person."""
    form = await read_form(request)
    async with database.transaction() as tx:
        own = await people.person_of(tx, actor.account)
        if own is not None:
            await family.end(people, tx, id_in(form["account"]), own, by=actor.account)
    return Redirect(HOME, status_code=303)


@get("/family/child", **FAMILY)
async def child_form(request: AnyRequest, library: Library, language: Language) -> Answer:
    """The form that registers a child."""
    return page(request, "family_child.html", **_child_choices(request, library, language))


@post("/family/child", **FAMILY)
async def add_child(
    request: AnyRequest,
    people: People,
    database: Database,
    library: Library,
    actor: Actor,
    language: Language,
) -> Answer:
    """Registers a child; sent twice it has one effect."""
    form = await read_form(request)
    try:
        async with database.transaction() as tx:
            said = _guardian(request, form, language)
            await family.add_child(people, tx, actor.account, typed_card(form, library), said)
    except REFUSED as error:
        shown_again = _child_choices(request, library, language)
        return form_again(request, "family_child.html", form, error, **shown_again)
    return Redirect(HOME, status_code=303)


async def shown(
    request: AnyRequest,
    people: People,
    database: Database,
    actor: Actor,
    error: YimatongError | None = None,
) -> Answer:
    """The overview, with what went wrong where something did."""
    async with database.transaction() as tx:
        found = await family.members(people, tx, actor.account)
        own = next((one.person for one in found if one.own), None)
        holders = await family.holders(people, tx, own) if own else []
        gone = await told(tx, actor.account)
    if own is None:
        return Redirect("/card", status_code=303)
    context: dict[str, Any] = {
        "members": found,
        "holders": holders,
        "most": family.MOST,
        "gone": gone,
    }
    if error is None:
        return page(request, "family.html", path=HOME, **context)
    return form_again(request, "family.html", Form({}), error, path=HOME, **context)


def id_in(text: str) -> UUID:
    """The id that a form sent. NotFound where it is none."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound.of("people.unknown") from None


def relations(request: AnyRequest) -> list[tuple[str, str]]:
    """Relations to choose from, in the reader's language."""
    say, language = site_of(request).catalogue.say, language_of(request)
    return [(one.value, say(f"people.relation.{one}", language)) for one in Relation]


def relation_in(form: Form) -> Relation:
    """BadInput where it is none of the list."""
    try:
        return Relation(form["relation"])
    except ValueError:
        raise BadInput.of("people.family.relation_missing", Where(field="relation")) from None


def _guardian(request: AnyRequest, form: Form, language: Language) -> Guardian:
    relation = relation_in(form)
    if not form.ticked("promise"):
        raise BadInput.of("people.family.promise_missing", Where(field="promise"))
    promise = site_of(request).catalogue.say("people.family.promise", language)
    try:
        born = date.fromisoformat(form["born"]) if form["born"] else None
    except ValueError:
        raise BadInput.of("people.family.born_missing", Where(field="born")) from None
    return Guardian(relation, born, promise)


def _child_choices(request: AnyRequest, library: Library, language: Language) -> dict[str, Any]:
    return {**choices(library, language), "relations": relations(request), "family": True}


ROUTES = [overview, act, end, end_holder, child_form, add_child]
