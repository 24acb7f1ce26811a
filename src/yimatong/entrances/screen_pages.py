"""A phone logs a screen in: the screen's page, and what the phone sees of it."""

import re
from typing import Any

import msgspec
from litestar import get, post
from litestar.response import Redirect, Template

from yimatong.access import sessions
from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.codes.picture import drawn
from yimatong.entrances import screens, tickets
from yimatong.entrances.tickets import Scanned, Screen
from yimatong.kernel.clock import SHANGHAI
from yimatong.people import steps
from yimatong.people.cookies import logged_in
from yimatong.people.service import People
from yimatong.storage import Database
from yimatong.web.cookies import cookie, dropped, read
from yimatong.web.forms import read_form
from yimatong.web.pages import AnyRequest, absolute, page
from yimatong.web.routes import PUBLIC, allowed

SCREEN, PHONE = "/login/screen", "/screen"
_NAME = "screen"
_BROWSERS = ("MicroMessenger", "AlipayClient", "Edg", "Firefox", "Chrome", "Safari")
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")
_SAID = {"MicroMessenger": "WeChat", "AlipayClient": "Alipay", "Edg": "Edge"}
MINE = allowed(Permission.OWN_LOGINS)


class Waiting(msgspec.Struct, frozen=True):
    """Whether the phone has confirmed, and whether it is too late for it."""

    confirmed: bool
    over: bool


@get(SCREEN, opt=allowed(PUBLIC), include_in_schema=False)
async def screen(request: AnyRequest, people: People, database: Database) -> Template | Redirect:
    """The picture to scan; once the phone has confirmed, this browser's session."""
    asked = None if "new" in request.query_params else _asked(request, people)
    token = None
    if asked is not None:
        async with database.transaction() as tx:
            token = await screens.enter(people, tx, asked)
            where = await steps.begun(request, people, tx, token) if token else ""
    if token:
        entered = logged_in(request, where, token, sessions.RESIDENT_LIFE)
        entered.cookies.append(dropped(request, _NAME))
        return entered
    asked = asked or screens.new(people, _browser(request))
    address = absolute(request, f"{PHONE}/{screens.picture_text(people, asked)}")
    seconds = int((asked.until - people.clock.now()).total_seconds())
    shown = page(request, "screen.html", asked=asked, picture=drawn(address), seconds=seconds)
    carried = tickets.write(people.keys, asked)
    shown.cookies.append(cookie(request, _NAME, carried, screens.LIFE))
    return shown


@get(f"{SCREEN}/waiting", opt=allowed(PUBLIC), include_in_schema=False)
async def waiting(request: AnyRequest, people: People, database: Database) -> Waiting:
    """What the screen's script asks every two seconds."""
    asked = _asked(request, people)
    if asked is None:
        return Waiting(confirmed=False, over=True)
    async with database.transaction() as tx:
        return Waiting(confirmed=await screens.is_confirmed(people, tx, asked), over=False)


@get(PHONE + "/{written:str}", opt=MINE, include_in_schema=False)
async def phone(request: AnyRequest, people: People, written: str) -> Template:
    """On the phone: which browser, since when, the number to compare, and a button."""
    return _phone_page(request, screens.scanned(people, written), written=written)


@post(PHONE, opt=MINE, include_in_schema=False, status_code=200)
async def confirm(
    request: AnyRequest, people: People, database: Database, actor: Actor
) -> Template:
    """Lets the screen in, once."""
    form = await read_form(request)
    async with database.transaction() as tx:
        confirmed = await screens.confirm(people, tx, actor, form["screen"])
    return _phone_page(request, confirmed, written="")


def _phone_page(request: AnyRequest, scanned: Scanned, written: str) -> Template:
    since = scanned.since.astimezone(SHANGHAI).strftime("%H:%M:%S")
    shown: dict[str, Any] = {"scanned": scanned, "written": written, "since": since}
    return page(request, "screen_phone.html", path="/", **shown)


def _asked(request: AnyRequest, people: People) -> Screen | None:
    return tickets.read(people.keys, people.clock, read(request, _NAME), Screen)


def _browser(request: AnyRequest) -> str:
    """`Firefox · Windows`: what its owner would call it, and no more of what it tells."""
    agent = request.headers.get("user-agent", "")
    found = [
        next((one for one in names if re.search(rf"\b{one}", agent)), "")
        for names in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(_SAID.get(one, one) for one in found if one)


ROUTES = [screen, waiting, phone, confirm]
