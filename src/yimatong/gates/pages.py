"""The guard's pages: scan, take the temperature, see the answer, look back, report. What is about
a vehicle, a day or a shift has files of its own."""

from typing import get_args

from litestar import get, post
from litestar.di import Provide
from litestar.response import Template

from yimatong.access.permissions import Permission
from yimatong.gates import back, day_pages, service, shift_pages, vehicle_pages
from yimatong.gates.gate import gate_of
from yimatong.gates.model import Concern, Doubt
from yimatong.gates.say import Opening
from yimatong.gates.screen import PATH, REMEMBERED, TOLD, Screen, screen_of, to_remember
from yimatong.gates.wiring import page_for
from yimatong.kernel.errors import BadInput, Conflict, NotAllowed
from yimatong.presence.form import shown_in
from yimatong.web.forms import read_form
from yimatong.web.pages import page

CONCERNS: tuple[Concern, ...] = get_args(Concern)
SCREEN = {"screen": Provide(screen_of, sync_to_thread=False)}
SCAN = page_for(Permission.GATE_SCAN, **SCREEN)


@get(PATH, **SCAN)
async def scanner(screen: Screen) -> Template:
    """Camera, picture, short code, or the document in hand; how many passed today."""
    return await screen.scanner()


@post(PATH, status_code=200, **SCAN)
async def open_person(screen: Screen) -> Template:
    """Opens whoever is there, and asks for the temperature; by a ticket, the person again."""
    form = await read_form(screen.request)
    if form["ticket"]:
        return await screen.person_again(form)
    try:
        shown = await shown_in(screen.request, form)
        async with screen.database.transaction() as tx:
            gate = await gate_of(tx, screen.tools, screen.actor)
            opening = await service.opened(
                tx, screen.tools, gate, shown, screen.speaker, form["vehicle"]
            )
        if not isinstance(opening, Opening):
            raise opening  # after the commit: the try counts
    except TOLD as error:
        return await screen.start(form, error)
    return await screen.person(opening, gate, form["vehicle"])


@post(PATH + "/pass", status_code=200, **SCAN)
async def let_pass(screen: Screen) -> Template:
    """Decides and records; the verdict fills the screen."""
    form = await read_form(screen.request)
    try:
        async with screen.database.transaction() as tx:
            gate = await gate_of(tx, screen.tools, screen.actor)
            handed = screen.handed(form)
            verdict = await service.passed(tx, screen.tools, gate, handed, screen.speaker)
    except (NotAllowed, Conflict) as error:
        return await screen.start(form, error)
    except BadInput as error:
        return await screen.person_again(form, error)
    shown = await screen.decided(form, verdict, form["ticket"])
    if chosen := to_remember(form, gate.form):
        shown.set_cookie(REMEMBERED, chosen, samesite="lax", httponly=True)
    return shown


@post(PATH + "/passages", status_code=200, **page_for(Permission.GATE_PASSAGES, **SCREEN))
async def passages(screen: Screen) -> Template:
    """The person's passages of 14 days (HI-09), for as long as the ticket lives."""
    form = await read_form(screen.request)
    try:
        async with screen.database.transaction() as tx:
            gate = await gate_of(tx, screen.tools, screen.actor)
            found = await back.seen(tx, screen.tools, gate, form["ticket"])
    except NotAllowed as error:
        return await screen.start(form, error)
    return page(
        screen.request,
        "gate_passages.html",
        seen=found,
        marked=sum(one.mark is not None for one in found),
        ticket=form["ticket"],
        vehicle=form["vehicle"],
        path=PATH,
    )


@post(PATH + "/report", status_code=200, **SCAN)
async def report(screen: Screen) -> Template:
    """Refuses, and keeps why (HI-09)."""
    form = await read_form(screen.request)
    concern = next((one for one in CONCERNS if one == form["concern"]), CONCERNS[-1])
    doubt = Doubt(form["ticket"], concern, form["note"], form["vehicle"])
    try:
        async with screen.database.transaction() as tx:
            gate = await gate_of(tx, screen.tools, screen.actor)
            verdict = await service.reported(tx, screen.tools, gate, doubt, screen.speaker)
    except TOLD as error:
        return await screen.start(form, error)
    return await screen.decided(form, verdict, "")


ROUTES = [
    scanner,
    open_person,
    let_pass,
    passages,
    report,
    *vehicle_pages.ROUTES,
    *day_pages.ROUTES,
    *shift_pages.ROUTES,
]
