"""The list of notices, and what one wants by SMS."""

from typing import Protocol, runtime_checkable

from litestar import get, post
from litestar.di import Provide
from litestar.response import Redirect, Template

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.kernel.clock import Clock, minute
from yimatong.kernel.words import LANGUAGES, Language
from yimatong.messages.model import Wish
from yimatong.notices.model import KEPT
from yimatong.notices.service import Notices
from yimatong.people.service import People
from yimatong.policy.library import Library
from yimatong.storage import Database, Tx
from yimatong.web.forms import read_form
from yimatong.web.pages import AnyRequest, page
from yimatong.web.routes import allowed

MAY = allowed(Permission.OWN_NOTICES)


def notices_of(people: People, library: Library, clock: Clock) -> Notices:
    """The room's verbs, for handlers that ask for `notices`."""
    return Notices(people, library, clock)


ROOM = {"notices": Provide(notices_of, sync_to_thread=False)}


@runtime_checkable
class OpenQuestions(Protocol):
    """How many questions wait for the account's answer; another room's, wired at the door."""

    async def __call__(self, tx: Tx, actor: Actor) -> int: ...


@get("/notices", opt=MAY, dependencies=ROOM, include_in_schema=False)
async def listed(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    notices: Notices,
    open_questions: OpenQuestions,
) -> Template:
    """What one was told; what is shown for the first time counts as read from now on. What waits
    for an answer comes first."""
    async with database.transaction() as tx:
        asked = await open_questions(tx, actor)
        shown = await notices.listed(tx, actor)
        new = [one.notice.id for one in shown if one.notice.read_at is None]
        if new:
            await notices.read(tx, actor, new)
    return page(request, "notices.html", shown=shown, asked=asked, minute=minute, days=KEPT.days)


@get("/notices/settings", opt=MAY, dependencies=ROOM, include_in_schema=False)
async def settings(
    request: AnyRequest, database: Database, actor: Actor, notices: Notices
) -> Template:
    """What comes by SMS."""
    async with database.transaction() as tx:
        wish = await notices.wish(tx, actor)
    done = request.query_params.get("done") == "1"
    return page(request, "notice_settings.html", wish=wish, done=done)


@post("/notices/settings", opt=MAY, dependencies=ROOM, include_in_schema=False)
async def keep_settings(
    request: AnyRequest, database: Database, actor: Actor, notices: Notices
) -> Redirect:
    """Keeps it; a box that is not ticked is off."""
    form = await read_form(request)
    wanted = form.many("wanted")
    language: Language = next((one for one in LANGUAGES if one == form["language"]), "zh")
    wish = Wish("reminders" in wanted, "invitations" in wanted, language)
    async with database.transaction() as tx:
        await notices.keep_wish(tx, actor, wish)
    return Redirect("/notices/settings?done=1", status_code=303)


ROUTES = [listed, settings, keep_settings]
