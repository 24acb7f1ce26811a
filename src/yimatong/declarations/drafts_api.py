"""Unfinished forms for programs, and for the pages' script, which saves along the way."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import delete, get, put
from litestar.params import Body

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.declarations.forms import AT, typed_fields
from yimatong.declarations.model import Form
from yimatong.kernel.errors import Conflict, NotFound
from yimatong.people import drafts
from yimatong.people.service import People
from yimatong.people.tickets import FormTicket
from yimatong.storage import Database
from yimatong.web.forms import Form as Typed
from yimatong.web.routes import allowed


class Unfinished(msgspec.Struct):
    """Answers by the names of the form's fields, each with all its values as text."""

    fields: dict[str, list[str]]


class Kept(msgspec.Struct, frozen=True):
    """What of it is kept, and since when; the promise never is."""

    fields: dict[str, list[str]]
    kept_at: datetime


@put("/api/v1/drafts/{form:str}", opt=allowed(Permission.DECLARE))
async def keep_draft(
    form: Form,
    data: Annotated[Unfinished, Body()],
    database: Database,
    actor: Actor,
    people: People,
) -> Kept:
    """Keeps a form unfinished for seven days, in place of what was kept of it before."""
    mark = _mark(people, actor, form)
    fields = typed_fields(mark.path, Typed(data.fields))
    async with database.transaction() as tx:
        return Kept(fields, await drafts.keep(people, tx, mark, fields))


@get("/api/v1/drafts/{form:str}", opt=allowed(Permission.DECLARE))
async def draft(form: Form, database: Database, actor: Actor, people: People) -> Kept:
    """What was kept of a form; 404 where nothing is."""
    async with database.transaction() as tx:
        found = await drafts.read(people, tx, _mark(people, actor, form))
    if found is None:
        raise NotFound.of("declarations.no_draft")
    return Kept(found.fields, found.kept_at)


@delete("/api/v1/drafts/{form:str}", opt=allowed(Permission.DECLARE))
async def drop_draft(form: Form, database: Database, actor: Actor, people: People) -> None:
    """Erases what was kept of a form."""
    async with database.transaction() as tx:
        await drafts.drop(tx, _mark(people, actor, form))


def _mark(people: People, actor: Actor, form: Form) -> FormTicket:
    path = next(path for path, kind in AT.items() if kind.name == form)
    mark = drafts.mark_of(people, actor, path)
    if mark is None:
        raise Conflict.of("declarations.card_first")
    return mark


ROUTES = [keep_draft, draft, drop_draft]
