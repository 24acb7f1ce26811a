"""What the room's pages share."""

from typing import Any

from yimatong.access.permissions import Permission
from yimatong.desks.late import offered
from yimatong.desks.model import Desk, DeskTools, Opened
from yimatong.desks.wiring import ROOM
from yimatong.kernel.clock import day_of
from yimatong.scenes import FormName
from yimatong.scenes.telling import told
from yimatong.web.forms import Form
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
        "may_wait": offered(desk.scene),
        "told": lambda one: told(desk.scene, one.form, one.values, words, language),
        "path": PATH,
    }


def late_page(request: AnyRequest, tools: DeskTools, desk: Desk, name: str) -> dict[str, Any]:
    """What `desk_late.html` shows: one of the forms, and nobody."""
    forms = desk.scene.forms
    return {
        "desk": desk,
        "form": next((one for one in forms.values() if one.name == name), desk.scene.first),
        "remembered": request.cookies.get(REMEMBERED, ""),
        "today": day_of(tools.clock.now()).isoformat(),
        "path": PATH,
    }


def without_row(form: Form, less: str) -> Form:
    """The form without one of its rows, `medicines.1`; those behind it move up."""
    rows, _, number = less.rpartition(".")
    gone = int(number) if number.isdecimal() and len(number) < 3 else None
    if gone is None:
        return form
    fields = {}
    for name in form:
        head, _, rest = name.partition(".")
        at, _, inner = rest.partition(".")
        if head != rows or not at.isdecimal():
            fields[name] = form.many(name)
        elif int(at) != gone:
            fields[f"{head}.{int(at) - (int(at) > gone)}.{inner}"] = form.many(name)
    return Form(fields)
