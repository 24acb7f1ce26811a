"""The code card at /code: what a guard looks at, and below it what its owner asks about it."""

from typing import Any

from litestar import get, post
from litestar.di import Provide
from litestar.response import Redirect, Template

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.codes import paper_pages
from yimatong.codes.mint import Mint
from yimatong.codes.model import ShortCode
from yimatong.codes.picture import drawn
from yimatong.codes.service import Codes
from yimatong.codes.standings import Standings
from yimatong.kernel.clock import Clock, minute, rfc3339
from yimatong.kernel.errors import TooMany
from yimatong.kernel.ids import Randomness
from yimatong.keys import KeyRing
from yimatong.people.service import People
from yimatong.policy.library import Library
from yimatong.storage import Database, Tx
from yimatong.web.forms import Form
from yimatong.web.pages import AnyRequest, form_again, page
from yimatong.web.routes import allowed

FORM_FIRST = frozenset({"undeclared", "expired"})
"""States in which the person has to fill in the form before anything else helps."""


def codes_of(
    people: People, standings: Standings, mint: Mint, library: Library, clock: Clock
) -> Codes:
    """The room's verbs, for handlers that ask for `codes`."""
    return Codes(people, standings, mint, library, clock)


CODES = {"codes": Provide(codes_of, sync_to_thread=False)}


@get("/code", opt=allowed(Permission.OWN_CODE), dependencies=CODES, include_in_schema=False)
async def show(
    request: AnyRequest, database: Database, actor: Actor, codes: Codes
) -> Template | Redirect:
    """The card; to somebody without one, the form that makes it."""
    if actor.person is None:
        return Redirect("/card", status_code=303)
    async with database.transaction() as tx:
        card = await card_of(codes, tx, actor)
    return page(request, "code.html", **card, short=None)


@get("/elsewhere", opt=allowed(Permission.OWN_CODE), dependencies=CODES, include_in_schema=False)
async def elsewhere(
    request: AnyRequest, database: Database, actor: Actor, codes: Codes, clock: Clock
) -> Template | Redirect:
    """One person, one code: what each province says of the person as of now."""
    if actor.person is None:
        return Redirect("/card", status_code=303)
    async with database.transaction() as tx:
        readings = await codes.elsewhere(tx, actor)
    now = clock.now()
    return page(request, "elsewhere.html", readings=readings, minute=minute, now=now)


@post(
    "/code/short",
    opt=allowed(Permission.OWN_CODE),
    dependencies=CODES,
    include_in_schema=False,
    status_code=200,
)
async def make_short(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    codes: Codes,
    keys: KeyRing,
    randomness: Randomness,
) -> Template:
    """The card with a new short code on it. It is in the answer alone: no address holds it."""
    short: ShortCode | None = None
    async with database.transaction() as tx:
        card = await card_of(codes, tx, actor)
        try:
            short = await codes.short(tx, actor, keys, randomness)
        except TooMany as refused:
            return form_again(request, "code.html", Form({}), refused, **card, short=None)
    return page(request, "code.html", **card, short=short)


async def card_of(codes: Codes, tx: Tx, actor: Actor) -> dict[str, Any]:
    """What the card's template shows of whom the actor acts for."""
    shown = await codes.shown(tx, actor)
    return {
        "shown": shown,
        "reasons": await codes.reasons(tx, actor, shown),
        "form_first": shown.standing.state in FORM_FIRST,
        "picture": drawn(shown.text),
        "minute": minute,
        "rfc3339": rfc3339,
        "path": "/code",
    }


ROUTES = [show, elsewhere, make_short, *paper_pages.ROUTES]
