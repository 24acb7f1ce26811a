"""The pages of a vehicle with several people: the next of them, and what it comes to."""

from litestar import post
from litestar.di import Provide
from litestar.response import Template

from yimatong.access.permissions import Permission
from yimatong.gates import vehicle
from yimatong.gates.gate import gate_of
from yimatong.gates.screen import PATH, Screen, screen_of
from yimatong.gates.wiring import page_for
from yimatong.kernel.errors import NotAllowed
from yimatong.web.forms import read_form
from yimatong.web.pages import page

SCAN = page_for(Permission.GATE_SCAN, screen=Provide(screen_of, sync_to_thread=False))


@post(PATH + "/vehicle", status_code=200, **SCAN)
async def go_on(screen: Screen) -> Template:
    """Who was scanned in it so far, and the next person."""
    form = await read_form(screen.request)
    return await screen.aboard(form["vehicle"])


@post(PATH + "/vehicle/done", status_code=200, **SCAN)
async def done(screen: Screen) -> Template:
    """What the vehicle comes to: all pass, or who does not."""
    form = await read_form(screen.request)
    try:
        async with screen.database.transaction() as tx:
            gate = await gate_of(tx, screen.tools, screen.actor)
            together = vehicle.opened(form["vehicle"], gate, screen.tools)
            company = await vehicle.listed(tx, screen.tools, gate, together)
    except NotAllowed as error:
        return await screen.scanner(error)
    return page(
        screen.request,
        "gate_vehicle_done.html",
        company=company,
        vehicle=form["vehicle"],
        path=PATH,
    )


ROUTES = [go_on, done]
