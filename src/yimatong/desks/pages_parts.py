"""What the room's pages share."""

from typing import Any

from yimatong.access.permissions import Permission
from yimatong.desks.model import Desk, DeskTools, Opened
from yimatong.desks.wiring import ROOM
from yimatong.kernel.clock import day_of
from yimatong.scenes import FormName
from yimatong.scenes.telling import told
from yimatong.web.pages import AnyRequest, language_of, site_of
from yimatong.web.routes import allowed

PATH = "/desk/record"
REMEMBERED = "desk"
MAY: dict[str, Any] = {
    "opt": allowed(Permission.DESK_RECORD),
    "dependencies": ROOM,
    "include_in_schema": False,
}


def person_page(
    request: AnyRequest, tools: DeskTools, desk: Desk, opened: Opened, name: FormName
) -> dict[str, Any]:
    """What `desk_person.html` shows: the person with one of the forms."""
    words, language = site_of(request).catalogue, language_of(request)
    return {
        "desk": desk,
        "opened": opened,
        "form": desk.scene.forms[name],
        "remembered": request.cookies.get(REMEMBERED, ""),
        "today": day_of(tools.clock.now()).isoformat(),
        "told": lambda one: told(desk.scene, one.form, one.values, words, language),
        "path": PATH,
    }
