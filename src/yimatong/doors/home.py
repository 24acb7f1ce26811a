"""The start page: what this is; for who is logged in, the code first, and what can be done."""

from typing import Any

from litestar import get
from litestar.di import Provide
from litestar.response import Redirect, Template

from yimatong.access.actor import Actor
from yimatong.access.permissions import Role
from yimatong.codes.pages import card_of, codes_of
from yimatong.codes.service import Codes
from yimatong.declarations.pages import declarations_of
from yimatong.declarations.service import Declarations
from yimatong.desks import behalf
from yimatong.notices.pages import notices_of
from yimatong.notices.service import Notices
from yimatong.people import family
from yimatong.people.service import People
from yimatong.storage import Database
from yimatong.web.pages import AnyRequest, page
from yimatong.web.routes import PUBLIC, allowed

ROOMS = {
    "declarations": Provide(declarations_of, sync_to_thread=False),
    "codes": Provide(codes_of, sync_to_thread=False),
    "notices": Provide(notices_of, sync_to_thread=False),
}


@get("/", opt=allowed(PUBLIC), dependencies=ROOMS, include_in_schema=False)
async def home(
    request: AnyRequest,
    database: Database,
    people: People,
    codes: Codes,
    declarations: Declarations,
    notices: Notices,
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
        card = await card_of(codes, tx, actor)
        checked_in = await declarations.checked_in_today(tx, actor)
        members = await family.members(people, tx, actor.account)
        unread = await notices.unread(tx, actor, members)
        bought = await behalf.waiting(tx, people, actor)
    acting = next((one for one in members if one.person == actor.person), None)
    shown = {**card, "path": "/", "heading": "h1"}
    more: dict[str, Any] = {
        "checked_in": checked_in,
        "acting": acting,
        "members": members,
        "unread": unread,
        "bought": bought,
    }
    return page(request, "home.html", **shown, **more)


ROUTES = [home]
