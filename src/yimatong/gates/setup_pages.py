"""The page of a gate's first set-up (HI-10)."""

from typing import Any

from litestar import get, post
from litestar.response import Redirect, Template

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.gates.gate import Tools
from yimatong.gates.setup import set_up
from yimatong.gates.wiring import page_for
from yimatong.kernel.errors import BadInput, Conflict
from yimatong.places import NewPlace, PlaceType, divisions
from yimatong.scenes import Scenes
from yimatong.storage import Database
from yimatong.web.forms import read_form
from yimatong.web.pages import AnyRequest, form_again, language_of, page

SCENE = "gate"
"""What is registered here; its file says which types of place it is for."""
SETUP = page_for(Permission.GATE_SETUP)


@get("/gate/setup", **SETUP)
async def setup_form(request: AnyRequest, scenes: Scenes) -> Template:
    """HI-10: the address behind the product's QR code for those who run a gate."""
    return page(request, "gate_setup.html", **_choices(request, scenes))


@post("/gate/setup", status_code=200, **SETUP)
async def setup(
    request: AnyRequest, database: Database, actor: Actor, tools: Tools, scenes: Scenes
) -> Template | Redirect:
    """Registers the gate and its first guard; both wait for the administrator."""
    form = await read_form(request)
    try:
        new = NewPlace(
            type=_type_in(form["type"], scenes),
            division=form["division"],
            township=form["township"],
            address=form["address"],
            name=form["name"],
            scene=SCENE,
        )
        async with database.transaction() as tx:
            place = await set_up(tx, tools, actor, form["worker"], new)
    except (BadInput, Conflict) as error:
        return form_again(request, "gate_setup.html", form, error, **_choices(request, scenes))
    return page(request, "gate_waits.html", place=place)


def _type_in(text: str, scenes: Scenes) -> PlaceType:
    types = scenes.named(SCENE).types
    return next((one for one in types if one == text), types[0])


def _choices(request: AnyRequest, scenes: Scenes) -> dict[str, Any]:
    language = language_of(request)
    named = {
        one.code[:2]: one.words.said_in(language)
        for one in divisions().values()
        if one.code.endswith("0000")
    }
    return {
        "types": scenes.named(SCENE).types,
        "divisions": [
            (one.code, f"{named[one.code[:2]]} {one.words.said_in(language)}")
            for one in divisions().values()
            if one.region and not one.code.endswith("0000")
        ],
    }


ROUTES = [setup_form, setup]
