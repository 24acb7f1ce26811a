"""The four forms of a resident, what follows from them, and what was handed in."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.di import Provide
from litestar.response import Redirect, Template

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.codes.standings import Standings
from yimatong.declarations.forms import Answer, Forms
from yimatong.declarations.service import Declarations
from yimatong.declarations.taking_back import A_DAY, in_time, take_back
from yimatong.declarations.telling import told
from yimatong.declarations.working import may_work
from yimatong.kernel.clock import Clock, minute
from yimatong.kernel.errors import BadInput, Conflict, NotFound, TooMany, YimatongError
from yimatong.kernel.ids import Randomness
from yimatong.kernel.words import Language
from yimatong.people.service import People
from yimatong.policy.library import Library
from yimatong.storage import Database
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import AnyRequest, form_again, page, site_of
from yimatong.web.routes import allowed

KEEPS_TYPED = "keeps_typed"
"""In a route's `opt`: what is sent without a session is kept for whom the form was drawn for."""


def declarations_of(
    people: People, library: Library, clock: Clock, randomness: Randomness
) -> Declarations:
    """The room's verbs for a request."""
    return Declarations(people, library, clock, randomness)


def forms_of(
    people: People,
    library: Library,
    clock: Clock,
    randomness: Randomness,
    database: Database,
) -> Forms:
    """The pages' verbs for a request."""
    return Forms(people, library, clock, randomness, database)


ROOM = {"declarations": Provide(declarations_of, sync_to_thread=False)}
_DECLARE: dict[str, Any] = {
    "path": ["/declare", "/return", "/work"],
    "opt": {**allowed(Permission.DECLARE), KEEPS_TYPED: True},
    "dependencies": {"forms": Provide(forms_of, sync_to_thread=False)},
    "include_in_schema": False,
}
_CHECK_IN: dict[str, Any] = _DECLARE | {
    "path": "/checkin",
    "opt": {**allowed(Permission.CHECK_IN), KEEPS_TYPED: True},
}
_RECORDS: dict[str, Any] = {
    "opt": allowed(Permission.OWN_RECORD),
    "dependencies": ROOM,
    "include_in_schema": False,
}


@get(**_DECLARE)
async def form(request: AnyRequest, actor: Actor, forms: Forms, language: Language) -> Answer:
    """The form at the path, filled in as far as it is known."""
    return await forms.show(request, actor, language)


@get(**_CHECK_IN)
async def check_in_form(
    request: AnyRequest, actor: Actor, forms: Forms, language: Language
) -> Answer:
    """The daily form."""
    return await forms.show(request, actor, language)


@post(**_DECLARE)
async def hand_in(request: AnyRequest, actor: Actor, forms: Forms, language: Language) -> Answer:
    """Records the form and goes on; sent twice it counts once."""
    return await forms.take(request, actor, language)


@post(**_CHECK_IN)
async def check_in(request: AnyRequest, actor: Actor, forms: Forms, language: Language) -> Answer:
    """Records a check-in and goes on to the code; sent twice it counts once."""
    return await forms.take(request, actor, language)


@get("/return/done", **_RECORDS)
async def return_done(
    request: AnyRequest, database: Database, actor: Actor, declarations: Declarations
) -> Answer:
    """What was told of one's return last, and what comes next."""
    if actor.person is None:
        return Redirect("/card", status_code=303)
    async with database.transaction() as tx:
        returns = await declarations.own(tx, actor, "return")
        ground = await declarations.ground(tx, actor)
    standing = next((one for one in returns if one.taken_back_at is None), None)
    if standing is None:
        return Redirect("/return", status_code=303)
    return page(
        request, "return_done.html", answers=standing.answers, minute=minute, policy=ground.policy
    )


@get("/work/answer", **_RECORDS)
async def work_answer(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    people: People,
    library: Library,
    clock: Clock,
    standings: Standings,
    declarations: Declarations,
) -> Answer:
    """Whether one may start work as of now, why not, and what to do (HI-06)."""
    if actor.person is None:
        return Redirect("/card", status_code=303)
    async with database.transaction() as tx:
        found = await may_work(tx, people, library, clock, standings, actor)
        registered = any(
            one.taken_back_at is None for one in await declarations.own(tx, actor, "work")
        )
    return page(request, "work_answer.html", may=found, registered=registered, minute=minute)


@get("/records", **_RECORDS)
async def records(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    declarations: Declarations,
    clock: Clock,
    language: Language,
) -> Answer:
    """What was handed in, in words, and what was promised with it word for word (HB-08)."""
    if actor.person is None:
        return Redirect("/card", status_code=303)
    return await _records(request, database, actor, declarations, clock, language)


@post("/records/take-back", **_RECORDS)
async def take_back_one(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    declarations: Declarations,
    clock: Clock,
    randomness: Randomness,
    language: Language,
) -> Answer:
    """Takes one sheet of today back; done twice it is done once."""
    typed = await read_form(request)
    try:
        async with database.transaction() as tx:
            await take_back(tx, clock, randomness, actor, _id(typed["sheet"]))
    except (BadInput, Conflict, NotFound, TooMany) as error:
        return await _records(request, database, actor, declarations, clock, language, error)
    return Redirect("/records", status_code=303)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound.of("declarations.no_sheet") from None


async def _records(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    declarations: Declarations,
    clock: Clock,
    language: Language,
    error: YimatongError | None = None,
) -> Template:
    async with database.transaction() as tx:
        newest = await declarations.newest(tx, actor)
    shown: dict[str, Any] = {
        "sheets": [
            (one, told(one, texts, site_of(request).catalogue, language)) for one, texts in newest
        ],
        "open": {one.id for one, _ in newest if in_time(one, clock.now())},
        "limit": A_DAY,
        "minute": minute,
        "path": "/records",
    }
    if error is None:
        return page(request, "records.html", **shown)
    return form_again(request, "records.html", Form({}), error, **shown)


ROUTES = [
    form,
    check_in_form,
    hand_in,
    check_in,
    return_done,
    work_answer,
    records,
    take_back_one,
]
