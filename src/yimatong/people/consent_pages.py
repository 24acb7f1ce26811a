"""Pages by which somebody agrees, by an SMS code, that another acts for them or their children."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.response import Redirect

from yimatong.access.actor import Actor
from yimatong.access.otp import OtpResult
from yimatong.kernel.errors import Conflict, YimatongError
from yimatong.kernel.ids import new_id
from yimatong.kernel.words import Language
from yimatong.people import consent
from yimatong.people.card_form import choices, typed_card
from yimatong.people.consent import Question
from yimatong.people.family_pages import FAMILY, HOME, REFUSED, relation_in, relations
from yimatong.people.refusals import refusal
from yimatong.people.service import People
from yimatong.people.steps import Answer, address_of
from yimatong.policy.library import Library
from yimatong.storage import Database
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import AnyRequest, form_again, page


@get("/family/agree", **FAMILY)
async def ask_form(request: AnyRequest, people: People) -> Answer:
    """Asks whose phone is to be asked."""
    return _ask_page(request, people, Form({}))


@post("/family/agree", status_code=200, **FAMILY)
async def ask(
    request: AnyRequest, people: People, database: Database, actor: Actor, language: Language
) -> Answer:
    """Sends the code, whoever the number belongs to, and asks for it."""
    form = await read_form(request)
    try:
        asked = Question(form["phone"], _whom(form), relation_in(form), _once(form, people))
        async with database.transaction() as tx:
            ticket = await consent.ask(
                people, tx, actor.account, asked, address_of(request), language
            )
    except REFUSED as error:
        return _ask_page(request, people, form, error)
    return page(request, "family_code.html", ticket=ticket, path="/family/agree")


@post("/family/agree/code", status_code=200, **FAMILY)
async def agree(
    request: AnyRequest,
    people: People,
    database: Database,
    library: Library,
    actor: Actor,
    language: Language,
) -> Answer:
    """Tries the code; right, the person is of the family, or is registered first."""
    form = await read_form(request)
    try:
        async with database.transaction() as tx:
            agreed = await consent.agree(people, tx, actor.account, form["ticket"], form["code"])
    except REFUSED as error:
        return _code_again(request, form, error)
    if agreed.result is not OtpResult.RIGHT:
        return _code_again(request, form, refusal(agreed.result))
    if agreed.ticket:
        return page(request, "family_card.html", ticket=agreed.ticket, path="/family/agree",
                    family=True, **choices(library, language))  # fmt: skip
    if not agreed.persons:
        return _ask_page(request, people, form, Conflict.of("people.family.no_child"))
    return Redirect(HOME, status_code=303)


@post("/family/agree/card", status_code=200, **FAMILY)
async def register(
    request: AnyRequest,
    people: People,
    database: Database,
    library: Library,
    actor: Actor,
    language: Language,
) -> Answer:
    """Registers who agreed and had no card yet; sent twice it has one effect."""
    form = await read_form(request)
    try:
        async with database.transaction() as tx:
            card = typed_card(form, library)
            await consent.register(people, tx, actor.account, form["ticket"], card)
    except REFUSED as error:
        return form_again(request, "family_card.html", form, error, ticket=form["ticket"],
                          path="/family/agree", family=True,
                          **choices(library, language))  # fmt: skip
    return Redirect(HOME, status_code=303)


def _whom(form: Form) -> Any:
    return "child" if form["whom"] == "child" else "adult"


def _once(form: Form, people: People) -> UUID:
    try:
        return UUID(form["once"])
    except ValueError:
        return new_id(people.randomness)


def _ask_page(
    request: AnyRequest, people: People, form: Form, error: YimatongError | None = None
) -> Answer:
    shown: dict[str, Any] = {
        "relations": relations(request),
        "once": new_id(people.randomness),
        "path": "/family/agree",
    }
    if error is None:
        return page(request, "family_agree.html", **shown)
    return form_again(request, "family_agree.html", form, error, **shown)


def _code_again(request: AnyRequest, form: Form, error: YimatongError) -> Answer:
    shown = {"ticket": form["ticket"], "path": "/family/agree"}
    return form_again(request, "family_code.html", Form({}), error, **shown)


ROUTES = [ask_form, ask, agree, register]
