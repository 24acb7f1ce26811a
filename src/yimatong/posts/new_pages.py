"""A resident's pages: registering a place, and asking to join one."""

from typing import Any

from litestar import get, post
from litestar.response import Redirect, Template

from yimatong.access import staff
from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.kernel.errors import BadInput, Conflict, NotFound, TooMany, Where, YimatongError
from yimatong.places import NewPlace, PlaceType, counties, divisions, full, townships
from yimatong.posts import registering
from yimatong.posts import team as teams
from yimatong.posts.model import Own, PostTools
from yimatong.posts.wiring import ROOM
from yimatong.storage import Database
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import AnyRequest, form_again, language_of, page, problem_texts
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
    """Which scene, which prefecture, which county, then the place itself; or how it stands with
    the one there is."""
    async with database.transaction() as tx:
        own = await registering.own(tx, actor)
    if own.place is not None:
        return _waits(request, own)
    chosen = {name: request.query_params.get(name, "") for name in ("scene", "area", "division")}
    shown = _choices(request, tools, Form({name: [text] for name, text in chosen.items()}))
    withdrawn = "withdrawn" in request.query_params
    return page(request, "desks_new.html", **shown, own=own, withdrawn=withdrawn)


@post(NEW, status_code=200, **SETUP)
async def register(
    request: AnyRequest, database: Database, actor: Actor, tools: PostTools
) -> Template:
    """Registers the place and its first worker; both wait for the administrator."""
    typed = await read_form(request)
    try:
        async with database.transaction() as tx:
            await registering.register(tx, tools, actor, typed["worker"], _new(typed))
            own = await registering.own(tx, actor)
    except REFUSED as error:
        shown = _choices(request, tools, typed)
        return form_again(request, "desks_new.html", typed, error, **shown, own=None)
    return _waits(request, own)


@post(NEW + "/withdraw", status_code=200, **SETUP)
async def withdraw(
    request: AnyRequest, database: Database, actor: Actor, tools: PostTools
) -> Template | Redirect:
    """Takes back what waits; sent twice it is taken back once."""
    try:
        async with database.transaction() as tx:
            await registering.withdraw(tx, tools, actor)
    except Conflict as error:
        async with database.transaction() as tx:
            own = await registering.own(tx, actor)
        return _waits(request, own, error)
    except NotFound:
        return Redirect(NEW, status_code=303)
    return Redirect(f"{NEW}?withdrawn=1", status_code=303)


@get(JOIN, **SETUP)
async def join_form(request: AnyRequest, database: Database, actor: Actor) -> Template:
    """Asks for the code of the place and for one's name."""
    async with database.transaction() as tx:
        own = await registering.own(tx, actor)
        post = await staff.of_account(tx, actor.account)
    return page(request, "desks_join.html", asked=own.asked, post=post, path=JOIN)


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


def _waits(request: AnyRequest, own: Own, error: YimatongError | None = None) -> Template:
    problems = problem_texts(request, error) if error else {}
    status = error.status if error else 200
    return page(request, "desks_waits.html", status, own=own, path=NEW, problems=problems)


def _new(form: Form) -> NewPlace:
    types = {one.value: one for one in PlaceType}
    if form["type"] not in types:
        raise BadInput.of("posts.type", Where(field="type"), allowed=", ".join(types))
    return NewPlace(
        type=types[form["type"]],
        division=form["division"],
        township=form["township"] or form["township_typed"],
        address=form["address"],
        name=form["name"],
        scene=form["scene"],
    )


def _choices(request: AnyRequest, tools: PostTools, chosen: Form) -> dict[str, Any]:
    """What there is to choose next, after what was chosen; what is unknown is asked again."""
    language = language_of(request)
    scene, area = tools.scenes.by_id.get(chosen["scene"]), chosen["area"]
    below = counties(area) if area in divisions() and not area.endswith("0000") else ()
    codes = [one.code for one in below]
    division = codes[0] if len(codes) == 1 else chosen["division"]
    county = division if division in codes else ""
    return {
        "scenes": list(tools.scenes),
        "scene": scene,
        "area": area if below else "",
        "areas": _areas(request),
        "county": county,
        "counties": [(one.code, one.words.said_in(language)) for one in below],
        "at": full(county or area) if below else (),
        "townships": townships(county) if county else (),
        "path": NEW,
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


ROUTES = [old_address, form, register, withdraw, join_form, join]
