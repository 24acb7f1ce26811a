"""The team's page: who works here, who asks to, the code to join by, leaving and closing."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.response import Redirect, Template

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.codes.picture import drawn
from yimatong.kernel.errors import BadInput, Conflict, NotFound, Where, YimatongError
from yimatong.posts import deciding
from yimatong.posts import team as teams
from yimatong.posts.model import PostTools
from yimatong.posts.new_pages import JOIN
from yimatong.posts.wiring import ROOM
from yimatong.storage import Database, Tx
from yimatong.web.forms import read_form
from yimatong.web.pages import AnyRequest, absolute, page, problem_texts
from yimatong.web.routes import allowed

PATH = "/desk/team"
MAY: dict[str, Any] = {
    "opt": allowed(Permission.TEAM),
    "dependencies": ROOM,
    "include_in_schema": False,
}
Verb = Callable[[Tx, PostTools, Actor, UUID], Awaitable[None]]
VERBS: dict[str, Verb] = {
    "accept": teams.accept,
    "turn_away": teams.turn_away,
    "remove": teams.remove,
    "share": teams.share,
    "step_down": teams.step_down,
}
DONE = (*VERBS, "code")
LEFT = "/desk/login?ended=1"
"""Where somebody finds themself who works here no longer."""


@get(PATH, **MAY)
async def show(request: AnyRequest, database: Database, actor: Actor, tools: PostTools) -> Template:
    """Everybody may see who works here; who answers for the place may do something about it."""
    return await _team(request, database, actor, tools)


@post(PATH, status_code=200, **MAY)
async def change(
    request: AnyRequest, database: Database, actor: Actor, tools: PostTools
) -> Template | Redirect:
    """One of VERBS about a member or applicant; sent twice it says that it is done already."""
    form = await read_form(request)
    verb, whom = VERBS.get(form["do"]), form.id("who")
    try:
        if verb is None:
            raise BadInput.of("posts.choose", Where(field="do"), allowed=", ".join(VERBS))
        async with database.transaction() as tx:
            await verb(tx, tools, actor, whom)
    except (BadInput, Conflict, NotFound) as error:
        return await _team(request, database, actor, tools, error)
    if verb is teams.remove and whom == actor.staff:
        return Redirect(LEFT, status_code=303)
    return Redirect(f"{PATH}?done={form['do']}", status_code=303)


@post(PATH + "/code", status_code=303, **MAY)
async def renew(database: Database, actor: Actor, tools: PostTools) -> Redirect:
    """A new join code."""
    async with database.transaction() as tx:
        await teams.new_code(tx, tools, actor)
    return Redirect(f"{PATH}?done=code", status_code=303)


@post(PATH + "/close", status_code=200, **MAY)
async def close(
    request: AnyRequest, database: Database, actor: Actor, tools: PostTools
) -> Template | Redirect:
    """Closes the place for good."""
    form = await read_form(request)
    try:
        if not form.ticked("sure") or actor.place is None:
            raise BadInput.of("posts.sure", Where(field="sure"))
        async with database.transaction() as tx:
            await deciding.close(tx, tools, actor, actor.place)
    except (BadInput, Conflict) as error:
        return await _team(request, database, actor, tools, error)
    return Redirect(LEFT, status_code=303)


async def _team(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    tools: PostTools,
    error: YimatongError | None = None,
) -> Template:
    done = request.query_params.get("done", "")
    async with database.transaction() as tx:
        found = await teams.team(tx, tools, actor)
    return page(
        request,
        "desk_team.html",
        error.status if error else 200,
        team=found,
        managers=sum(one.manager for one in found.members),
        done=done if done in DONE and not error else "",
        join=absolute(request, JOIN),
        picture=drawn(absolute(request, JOIN)),
        problems=problem_texts(request, error) if error else {},
        path=PATH,
    )


ROUTES = [show, change, renew, close]
