"""Pages of applications: one's own, and the issuer's desk."""

from urllib.parse import quote
from uuid import UUID

from litestar import get, post
from litestar.di import Provide
from litestar.response import Redirect, Template

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.codes.standings import Standings
from yimatong.kernel.errors import BadInput, Conflict, Where, YimatongError
from yimatong.people.service import People
from yimatong.permits.model import Word
from yimatong.permits.service import Permits
from yimatong.policy.library import Library
from yimatong.storage import Database
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import AnyRequest, page, problem_texts
from yimatong.web.routes import allowed


def permits_of(people: People, library: Library, standings: Standings) -> Permits:
    """The room's verbs for a request."""
    return Permits(people, library, standings)


PERMITS = {"permits": Provide(permits_of, sync_to_thread=False)}


@get("/permit", opt=allowed(Permission.APPLY_PERMIT), dependencies=PERMITS, include_in_schema=False)
async def own(
    request: AnyRequest,
    database: Database,
    permits: Permits,
    actor: Actor,
) -> Template:
    """What became of one's own application, and why."""
    async with database.transaction() as tx:
        found = await permits.own(tx, actor)
    return page(request, "permit_own.html", own=found)


@get(
    "/desk/permits",
    opt=allowed(Permission.PERMIT_REVIEW),
    dependencies=PERMITS,
    include_in_schema=False,
)
async def desk(
    request: AnyRequest,
    database: Database,
    permits: Permits,
    actor: Actor,
) -> Template:
    """Who waits in a region, with a form for the answer to each."""
    return await _desk(request, database, permits, actor, request.query_params.get("region", ""))


@post(
    "/desk/permits",
    opt=allowed(Permission.PERMIT_REVIEW),
    dependencies=PERMITS,
    include_in_schema=False,
)
async def answer(
    request: AnyRequest,
    database: Database,
    permits: Permits,
    actor: Actor,
) -> Template | Redirect:
    """Records an answer. Sent twice it counts once: the second time nobody waits any more."""
    form = await read_form(request)
    try:
        person, word = _read(form)
        async with database.transaction() as tx:
            await permits.decide(tx, actor, person, word, form["reason"])
    except (BadInput, Conflict) as error:
        return await _desk(request, database, permits, actor, form["region"], error)
    return Redirect(f"/desk/permits?region={quote(form['region'])}&done=1", status_code=303)


async def _desk(
    request: AnyRequest,
    database: Database,
    permits: Permits,
    actor: Actor,
    region: str,
    error: YimatongError | None = None,
) -> Template:
    policies = permits.reviewed()
    regions = [policy.region for policy in policies]
    chosen = region if region in regions else next(iter(regions), "")
    async with database.transaction() as tx:
        waiting = await permits.waiting(tx, actor, chosen) if chosen else []
    return page(
        request,
        "permit_desk.html",
        error.status if error else 200,
        policies=policies,
        region=chosen,
        waiting=waiting,
        words=list(Word),
        done="done" in request.query_params,
        problems=problem_texts(request, error) if error else {},
    )


def _read(form: Form) -> tuple[UUID, Word]:
    try:
        return UUID(form["person"]), Word(form["word"])
    except ValueError:
        raise BadInput.of("permits.unreadable", Where(field="word")) from None


ROUTES = [own, desk, answer]
