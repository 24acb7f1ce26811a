"""A resident's page: medicine that was bought for them waits for their word."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.response import Template

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.desks import answering
from yimatong.desks.answering import Question
from yimatong.desks.behalf import GOOD_FOR
from yimatong.desks.wiring import id_in
from yimatong.kernel.clock import minute
from yimatong.kernel.errors import BadInput, Conflict, NotFound, Where, YimatongError
from yimatong.people import family
from yimatong.people.service import People
from yimatong.scenes import Scenes
from yimatong.scenes.telling import told
from yimatong.storage import Database
from yimatong.web.forms import read_form
from yimatong.web.pages import AnyRequest, language_of, page, problem_texts, site_of
from yimatong.web.routes import allowed

PATH = "/purchases"
NOBODY = "nobody"
MAY: dict[str, Any] = {"opt": allowed(Permission.OWN_RECORD), "include_in_schema": False}


@get(PATH, **MAY)
async def show(
    request: AnyRequest, database: Database, people: People, actor: Actor, scenes: Scenes
) -> Template:
    """What waits, and for whom of the family it may be."""
    return await _shown(request, database, people, actor, scenes)


@post(PATH, status_code=200, **MAY)
async def answer(
    request: AnyRequest, database: Database, people: People, actor: Actor, scenes: Scenes
) -> Template:
    """Whose it is, or nobody's."""
    form = await read_form(request)
    question = id_in(form["question"])
    try:
        person = _whose(form["person"])
        async with database.transaction() as tx:
            await answering.answer(tx, people, actor, question, person)
    except (BadInput, Conflict, NotFound) as error:
        return await _shown(request, database, people, actor, scenes, error=error, wrong=question)
    return await _shown(request, database, people, actor, scenes, done="mine" if person else "not")


def _whose(chosen: str) -> UUID | None:
    """BadInput where nothing was chosen."""
    if not chosen:
        raise BadInput.of("desks.choose_whose", Where(field="person"))
    return None if chosen == NOBODY else id_in(chosen)


async def _shown(
    request: AnyRequest,
    database: Database,
    people: People,
    actor: Actor,
    scenes: Scenes,
    **more: Any,
) -> Template:
    """`error`: what was wrong, with the question `wrong`; `done`: what was answered just now."""
    async with database.transaction() as tx:
        found = await answering.waiting(tx, people, actor)
        members = await family.members(people, tx, actor.account)
    words, language = site_of(request).catalogue, language_of(request)
    error: YimatongError | None = more.pop("error", None)

    def said(one: Question) -> list[tuple[str, str]]:
        return told(scenes.by_id.get(one.scene), one.form, one.values, words, language)

    return page(
        request,
        "purchases.html",
        error.status if error else 200,
        found=found,
        members=members,
        told=said,
        minute=minute,
        days=GOOD_FOR.days,
        problems=problem_texts(request, error) if error else {},
        path=PATH,
        **more,
    )


ROUTES = [show, answer]
