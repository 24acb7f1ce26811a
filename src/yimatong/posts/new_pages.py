"""A resident's pages: registering a place, and asking to join one."""

from typing import Any

from litestar import get, post
from litestar.response import Redirect, Template

from yimatong.access import staff
from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.kernel.errors import BadInput, Conflict, TooMany
from yimatong.places import NewPlace, PlaceState, PlaceType, counties, divisions, townships
from yimatong.posts import registering
from yimatong.posts import team as teams
from yimatong.posts.model import PostTools
from yimatong.posts.wiring import ROOM
from yimatong.scenes import Scene
from yimatong.storage import Database
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import AnyRequest, form_again, language_of, page
from yimatong.web.routes import PUBLIC, allowed

NEW, JOIN = "/desks/new", "/desks/join"
SETUP: dict[str, Any] = {
    "opt": allowed(Permission.PLACE_SETUP),
    "dependencies": ROOM,
    "include_in_schema": False,
}
REFUSED = (BadInput, Conflict, TooMany)


@get("/gate/setup", opt=allowed(PUBLIC), include_in_schema=False)
async def old_address() -> Redirect:
    """Printed beside many gates' equipment."""
    return Redirect(f"{NEW}?scene={registering.GATE}", status_code=303)


@get(NEW, **SETUP)
async def form(request: AnyRequest, database: Database, actor: Actor, tools: PostTools) -> Template:
    """Which scene, then which area, then the place itself; or how it stands with the one there
    is."""
    async with database.transaction() as tx:
        place = await registering.own_place(tx, actor)
        last = await registering.last_refused(tx, actor)
    if place is not None:
        return page(request, "desks_waits.html", place=place, path=NEW)
    scene = tools.scenes.by_id.get(request.query_params.get("scene", ""))
    area = request.query_params.get("area", "")
    return page(request, "desks_new.html", **_choices(request, tools, scene, area), last=last)


@post(NEW, status_code=200, **SETUP)
async def register(
    request: AnyRequest, database: Database, actor: Actor, tools: PostTools
) -> Template:
    """Registers the place and its first worker; both wait for the administrator."""
    typed = await read_form(request)
    try:
        async with database.transaction() as tx:
            place = await registering.register(tx, tools, actor, typed["worker"], _new(typed))
    except REFUSED as error:
        scene = tools.scenes.by_id.get(typed["scene"])
        shown = _choices(request, tools, scene, typed["area"])
        return form_again(request, "desks_new.html", typed, error, **shown, last=None)
    return page(request, "desks_waits.html", place=place, path=NEW)


@get(JOIN, **SETUP)
async def join_form(request: AnyRequest, database: Database, actor: Actor) -> Template:
    """Asks for the code of the place and for one's name."""
    async with database.transaction() as tx:
        asked = await registering.asked_place(tx, actor)
        post = await staff.of_account(tx, actor.account)
    return page(request, "desks_join.html", asked=asked, post=post, path=JOIN)


@post(JOIN, status_code=200, **SETUP)
async def join(request: AnyRequest, database: Database, actor: Actor, tools: PostTools) -> Template:
    """Asks to join; whoever answers for the place lets one in."""
    typed = await read_form(request)
    shown: dict[str, Any] = {"asked": None, "post": None, "path": JOIN}
    try:
        async with database.transaction() as tx:
            place = await teams.ask(tx, tools, actor, typed["code"], typed["worker"])
        if place is None:
            raise teams.refused()  # after the commit: the try counts
    except REFUSED as error:
        return form_again(request, "desks_join.html", typed, error, **shown)
    return page(request, "desks_join.html", **{**shown, "asked": place})


def _new(form: Form) -> NewPlace:
    types = {one.value: one for one in PlaceType}
    return NewPlace(
        type=types.get(form["type"], PlaceType.VENUE),
        division=form["division"],
        township=form["township"],
        address=form["address"],
        name=form["name"],
        scene=form["scene"],
    )


def _choices(
    request: AnyRequest, tools: PostTools, scene: Scene | None, area: str
) -> dict[str, Any]:
    language = language_of(request)
    try:
        below = counties(area) if area else ()
    except BadInput:
        area, below = "", ()
    return {
        "scenes": list(tools.scenes),
        "scene": scene,
        "area": area,
        "areas": _areas(request),
        "counties": [(one.code, one.words.said_in(language)) for one in below],
        "townships": sorted({name for one in below for name in townships(one.code)}),
        "path": NEW,
        "states": PlaceState,
    }


def _areas(request: AnyRequest) -> list[tuple[str, str]]:
    """Every prefecture with its province before it."""
    language = language_of(request)
    named = {
        one.code[:2]: one.words.said_in(language)
        for one in divisions().values()
        if one.code.endswith("0000")
    }
    return [
        (one.code, f"{named[one.code[:2]]} {one.words.said_in(language)}")
        for one in divisions().values()
        if not one.code.endswith("0000")
    ]


ROUTES = [old_address, form, register, join_form, join]
