"""The page behind a poster, and the product's own entry. The other ways in have files of theirs."""

from typing import Any

from litestar import get
from litestar.di import Provide
from litestar.response import Redirect, Template

from yimatong.access.actor import Actor
from yimatong.access.permissions import Role
from yimatong.codes.pages import card_of, codes_of
from yimatong.codes.picture import drawn
from yimatong.codes.service import Codes
from yimatong.entrances import app_pages, login_pages, screen_pages
from yimatong.people import family
from yimatong.people.service import People
from yimatong.places.posters import PATH, at_poster
from yimatong.storage import Database
from yimatong.web.pages import AnyRequest, absolute, page
from yimatong.web.routes import PUBLIC, allowed
from yimatong.web.ways import by_way_of

CODES = {"codes": Provide(codes_of, sync_to_thread=False)}


@get(PATH + "{poster:str}", opt=allowed(PUBLIC), dependencies=CODES, include_in_schema=False)
async def at(
    request: AnyRequest, database: Database, people: People, codes: Codes, poster: str
) -> Template | Redirect:
    """One's own code with the place above it (YN-02). Who is not logged in, has no card or no
    valid declaration is led through what is missing, and comes back."""
    actor: Actor | None = request.scope.get("user")
    async with database.transaction() as tx:
        shown: dict[str, Any] = {"place": await at_poster(tx, poster), "poster": poster}
        if actor is None:
            return by_way_of(request, "/login")
        if actor.role is not Role.RESIDENT:
            return page(request, "at_staff.html", **shown)
        if actor.person is None:
            return by_way_of(request, "/card")
        shown |= await card_of(codes, tx, actor)
        members = await family.members(people, tx, actor.account)
        shown["members"] = [one for one in members if one.person != actor.person]
    if shown["form_first"]:
        return by_way_of(request, "/declare")
    return page(request, "at.html", **{**shown, "path": request.url.path, "heading": "h2"})


@get("/entry", opt=allowed(PUBLIC), include_in_schema=False)
async def entry(request: AnyRequest) -> Template:
    """The product's address as a picture, for a screen at a service point or a print."""
    address = absolute(request, "/")
    return page(request, "entry.html", address=address, picture=drawn(address))


ROUTES = [
    at,
    entry,
    *app_pages.ROUTES,
    *screen_pages.ROUTES,
    *login_pages.ROUTES,
]
