"""The pages of a shift's hand-over."""

from typing import Any

from litestar import get, post
from litestar.di import Provide
from litestar.response import Redirect, Template

from yimatong.access.permissions import Permission
from yimatong.gates import handover
from yimatong.gates.gate import gate_of
from yimatong.gates.screen import PATH, Screen, screen_of
from yimatong.gates.wiring import page_for
from yimatong.kernel.errors import BadInput, Conflict, NotFound, YimatongError
from yimatong.kernel.ids import new_id
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import form_again, page

SCAN = page_for(Permission.GATE_SCAN, screen=Provide(screen_of, sync_to_thread=False))


@get(PATH + "/handover", **SCAN)
async def shift(screen: Screen) -> Template:
    """The shift so far, what to hand over, and the last hand-overs."""
    return await _drawn(screen, Form({}))


@post(PATH + "/handover", status_code=200, **SCAN)
async def hand_over(screen: Screen) -> Template | Redirect:
    """Ends the shift; tapped twice it counts once."""
    form = await read_form(screen.request)
    once = f"handover:{form['once'][:40]}"
    try:
        async with screen.database.transaction() as tx:
            gate = await gate_of(tx, screen.tools, screen.actor)
            await handover.hand_over(tx, screen.tools, screen.actor, gate, form["note"], once)
    except BadInput as error:
        return await _drawn(screen, form, error)
    return Redirect(PATH + "/handover?done=1", status_code=303)


@post(PATH + "/handover/taking", status_code=200, **SCAN)
async def take_over(screen: Screen) -> Template | Redirect:
    """Takes over what the last shift left."""
    form = await read_form(screen.request)
    try:
        async with screen.database.transaction() as tx:
            gate = await gate_of(tx, screen.tools, screen.actor)
            id = form.id("handover")
            await handover.take_over(tx, screen.tools, screen.actor, gate, id)
    except (Conflict, NotFound) as error:
        return await screen.scanner(error)
    return Redirect(PATH, status_code=303)


async def _drawn(screen: Screen, form: Form, error: YimatongError | None = None) -> Template:
    async with screen.database.transaction() as tx:
        gate = await gate_of(tx, screen.tools, screen.actor)
        under_way = await handover.shift(tx, screen.tools, screen.actor, gate)
        latest = await handover.latest(tx, screen.tools, screen.actor, gate)
    shown: dict[str, Any] = {
        "place": gate.post.place,
        "shift": under_way,
        "latest": latest,
        "longest": handover.LONGEST_NOTE,
        "once": new_id(screen.tools.randomness).hex,
        "done": bool(screen.request.query_params.get("done")) and error is None,
        "path": PATH,
    }
    if error is None:
        return page(screen.request, "gate_handover.html", **shown)
    return form_again(screen.request, "gate_handover.html", form, error, **shown)


ROUTES = [shift, hand_over, take_over]
