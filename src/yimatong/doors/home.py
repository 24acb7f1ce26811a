"""The start page: what this is, and for who is logged in, what can be done."""

from litestar import get
from litestar.response import Redirect, Template

from yimatong.access.actor import Actor
from yimatong.access.permissions import Role
from yimatong.codes.standings import Standings
from yimatong.declarations.pages import ROOM
from yimatong.declarations.service import Declarations
from yimatong.kernel.clock import Clock
from yimatong.people.service import People
from yimatong.policy.library import Library
from yimatong.storage import Database
from yimatong.web.pages import AnyRequest, page
from yimatong.web.routes import PUBLIC, allowed


@get("/", opt=allowed(PUBLIC), dependencies=ROOM, include_in_schema=False)
async def home(
    request: AnyRequest,
    database: Database,
    people: People,
    library: Library,
    standings: Standings,
    clock: Clock,
    declarations: Declarations,
) -> Template | Redirect:
    """Everybody's first page; a resident without a card is led to it."""
    actor: Actor | None = request.scope.get("user")
    if actor is None:
        return page(request, "start.html")
    if actor.role is not Role.RESIDENT:
        return Redirect("/desk", status_code=303)
    if actor.person is None:
        return Redirect("/card", status_code=303)
    async with database.transaction() as tx:
        region = (await people.person(tx, actor.person)).region
        current = await standings.of(tx, actor.person, region)
        checked_in = await declarations.checked_in_today(tx, actor)
    policy = library.named(region, clock.now())
    return page(
        request, "home.html", policy=policy, standing=current.standing, checked_in=checked_in
    )


ROUTES = [home]
