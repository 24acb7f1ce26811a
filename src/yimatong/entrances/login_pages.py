"""Where one is logged in, and by what: other phones, WeChat, Alipay."""

from typing import Any

from litestar import get, post
from litestar.response import Redirect, Template

from yimatong.access import sessions
from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.entrances.model import Apps
from yimatong.kernel.clock import Clock, minute
from yimatong.kernel.errors import NotFound
from yimatong.people import links
from yimatong.people.links import Channel
from yimatong.people.service import People
from yimatong.storage import Database
from yimatong.web.forms import read_form
from yimatong.web.pages import AnyRequest, page
from yimatong.web.routes import allowed

MINE = allowed(Permission.OWN_LOGINS)


@get("/logins", opt=MINE, include_in_schema=False)
async def show(
    request: AnyRequest, database: Database, clock: Clock, actor: Actor, apps: Apps
) -> Template:
    """Every log-in that goes on, and every app that is linked."""
    async with database.transaction() as tx:
        here = await sessions.everywhere(tx, clock, actor)
        linked = await links.of_account(tx, actor.account)
    done = request.query_params.get("done", "")
    shown: dict[str, Any] = {"sessions": here, "links": linked, "minute": minute}
    return page(request, "logins.html", done=done, apps=apps.names(), **shown)


@post("/logins/end", opt=MINE, include_in_schema=False)
async def end_others(database: Database, actor: Actor) -> Redirect:
    """Logs out everywhere but here."""
    async with database.transaction() as tx:
        await sessions.end_others(tx, actor)
    return Redirect("/logins?done=ended", status_code=303)


@post("/logins/unlink", opt=MINE, include_in_schema=False)
async def unlink(request: AnyRequest, database: Database, people: People, actor: Actor) -> Redirect:
    """The app logs one in no longer; unlinked twice it is unlinked."""
    form = await read_form(request)
    async with database.transaction() as tx:
        await links.unlink(people, tx, actor.account, channel_of(form["channel"]))
    return Redirect("/logins?done=unlinked", status_code=303)


def channel_of(name: str) -> Channel:
    """NotFound where there is no such app."""
    try:
        return Channel(name)
    except ValueError:
        raise NotFound.of("people.link.unknown") from None


ROUTES = [show, end_others, unlink]
