"""Ways in for programs: the place behind a poster, and one's own log-ins."""

from typing import Annotated

import msgspec
from litestar import delete, get, post
from litestar.params import Body

from yimatong.access import sessions
from yimatong.access.actor import Actor
from yimatong.access.sessions import Session
from yimatong.entrances import screens
from yimatong.entrances.login_pages import MINE, channel_of
from yimatong.kernel.clock import Clock
from yimatong.people import links
from yimatong.people.links import Link
from yimatong.people.service import People
from yimatong.places.posters import at_poster
from yimatong.storage import Database
from yimatong.web.routes import PUBLIC, allowed


class At(msgspec.Struct, frozen=True):
    """The open place that a poster hangs at."""

    name: str
    type: str
    kind: str
    region: str
    division: str


class Logins(msgspec.Struct, frozen=True):
    """Where one is logged in, the newest first, and the apps that are linked."""

    sessions: list[Session]
    links: list[Link]


class Ended(msgspec.Struct, frozen=True):
    """How many log-ins that ended."""

    ended: int


class ToConfirm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands after `/screen/` in the picture on the screen."""

    screen: str


class Confirmed(msgspec.Struct, frozen=True):
    """The screen that is let in: `number` stands on it."""

    number: str
    browser: str


@get("/api/v1/posters/{poster:str}", opt=allowed(PUBLIC))
async def at(database: Database, poster: str) -> At:
    """The place behind a poster's id; 404 where there is none, 409 where it is closed."""
    async with database.transaction() as tx:
        found = await at_poster(tx, poster)
    return At(found.name, found.type, found.kind, found.region, found.division)


@get("/api/v1/logins", opt=MINE)
async def everywhere(database: Database, clock: Clock, actor: Actor) -> Logins:
    """Every log-in of one's own that goes on, and every app that is linked."""
    async with database.transaction() as tx:
        here = await sessions.everywhere(tx, clock, actor)
        return Logins(here, await links.of_account(tx, actor.account))


@delete("/api/v1/logins/others", opt=MINE, status_code=200)
async def end_others(database: Database, actor: Actor) -> Ended:
    """Logs out everywhere but here."""
    async with database.transaction() as tx:
        return Ended(await sessions.end_others(tx, actor))


@delete("/api/v1/logins/apps/{channel:str}", opt=MINE)
async def unlink(database: Database, people: People, actor: Actor, channel: str) -> None:
    """The app logs one in no longer; 404 where it did not."""
    async with database.transaction() as tx:
        await links.unlink(people, tx, actor.account, channel_of(channel))


@post("/api/v1/logins/screens", opt=MINE, status_code=200)
async def confirm(
    data: Annotated[ToConfirm, Body()], people: People, database: Database, actor: Actor
) -> Confirmed:
    """Logs a screen in whose picture was scanned: compare the number first. Once."""
    async with database.transaction() as tx:
        screen = await screens.confirm(people, tx, actor, data.screen)
    return Confirmed(screen.number, screen.browser)


ROUTES = [at, everywhere, end_others, unlink, confirm]
