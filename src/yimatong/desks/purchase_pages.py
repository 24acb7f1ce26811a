"""A resident's page: medicine that was bought for them waits for their word."""

from typing import Any

from litestar import get, post
from litestar.response import Template

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.desks import behalf
from yimatong.desks.wiring import id_in
from yimatong.kernel.errors import BadInput, Conflict, NotFound, YimatongError
from yimatong.people import family
from yimatong.people.service import People
from yimatong.storage import Database
from yimatong.web.forms import read_form
from yimatong.web.pages import AnyRequest, page, problem_texts
from yimatong.web.routes import allowed

PATH = "/purchases"
MAY: dict[str, Any] = {"opt": allowed(Permission.OWN_RECORD), "include_in_schema": False}


@get(PATH, **MAY)
async def show(request: AnyRequest, database: Database, people: People, actor: Actor) -> Template:
    """What waits, and for whom of the family it may be."""
    return await _shown(request, database, people, actor)


@post(PATH, status_code=200, **MAY)
async def answer(request: AnyRequest, database: Database, people: People, actor: Actor) -> Template:
    """Whose it is, or nobody's."""
    form = await read_form(request)
    person = id_in(form["person"]) if form["person"] != "nobody" else None
    try:
        async with database.transaction() as tx:
            await behalf.answer(tx, people, actor, id_in(form["question"]), person)
    except (BadInput, Conflict, NotFound) as error:
        return await _shown(request, database, people, actor, error)
    return await _shown(request, database, people, actor, done=True)


async def _shown(
    request: AnyRequest,
    database: Database,
    people: People,
    actor: Actor,
    error: YimatongError | None = None,
    *,
    done: bool = False,
) -> Template:
    async with database.transaction() as tx:
        found = await behalf.waiting(tx, people, actor)
        members = await family.members(people, tx, actor.account)
    return page(
        request,
        "purchases.html",
        error.status if error else 200,
        found=found,
        members=members,
        done=done,
        problems=problem_texts(request, error) if error else {},
        path=PATH,
    )


ROUTES = [show, answer]
