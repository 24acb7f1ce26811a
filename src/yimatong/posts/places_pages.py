"""An administrator's page: the places of the area that wait, that are open, that were refused."""

from typing import Any

from litestar import get, post
from litestar.response import Template

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.kernel.clock import minute
from yimatong.kernel.errors import BadInput, Conflict, NotFound, Where, YimatongError
from yimatong.places import Place, PlaceState, full
from yimatong.places.service import PAGE
from yimatong.posts import deciding
from yimatong.posts.model import PostTools
from yimatong.posts.wiring import ROOM
from yimatong.storage import Database
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import AnyRequest, page, problem_texts
from yimatong.web.routes import allowed

PATH = "/desk/places"
MAY: dict[str, Any] = {
    "opt": allowed(Permission.PLACE_APPROVE),
    "dependencies": ROOM,
    "include_in_schema": False,
}
DO = ("approve", "refuse", "close")


@get(PATH, **MAY)
async def show(request: AnyRequest, database: Database, actor: Actor, tools: PostTools) -> Template:
    """A page of the places in a state, by name where one is asked for."""
    return await _listed(request, database, actor, tools, Form({}))


@post(PATH, status_code=200, **MAY)
async def decide(
    request: AnyRequest, database: Database, actor: Actor, tools: PostTools
) -> Template:
    """Opens, refuses or closes one; who asked is told by SMS."""
    form = await read_form(request)
    place = form.id("place")
    try:
        async with database.transaction() as tx:
            if form["do"] == "approve":
                done = await deciding.approve(tx, tools, actor, place)
            elif form["do"] == "refuse":
                done = await deciding.refuse(tx, tools, actor, place, form["reason"])
            elif form["do"] == "close":
                done = await deciding.close(tx, tools, actor, place)
            else:
                raise BadInput.of("posts.choose", Where(field="do"), allowed=", ".join(DO))
    except (BadInput, Conflict, NotFound) as error:
        return await _listed(request, database, actor, tools, form, error)
    return await _listed(request, database, actor, tools, form, done=done)


async def _listed(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    tools: PostTools,
    form: Form,
    error: YimatongError | None = None,
    done: Place | None = None,
) -> Template:
    states = {one.value: one for one in PlaceState}
    asked = form["state"] or request.query_params.get("state", "")
    state = states.get(asked, PlaceState.PENDING)
    name, number = request.query_params.get("name", ""), request.query_params.get("page", "")
    at = int(number) if number.isdigit() and len(number) < 5 else 0
    async with database.transaction() as tx:
        found = await deciding.found(tx, tools, actor, state, name, at)
    return page(
        request,
        "desk_places.html",
        error.status if error else 200,
        found=found,
        state=state,
        states=list(PlaceState),
        name=name,
        at=at,
        more=len(found) == PAGE,
        area=full(actor.area) if actor.area else None,
        titles={one.id: one.title for one in tools.scenes},
        full=full,
        minute=minute,
        waited=lambda place: tools.people.clock.now() - place.registered_at,
        done=done,
        problems=problem_texts(request, error) if error else {},
        path=PATH,
    )


ROUTES = [show, decide]
