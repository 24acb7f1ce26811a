"""What is known of one, and deleting one's account, for programs."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import Provide
from litestar.params import Body

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.codes.standings import Standings
from yimatong.doors.mine.ending import Line, Receipt, delete, lines
from yimatong.doors.mine.known import Mine, mine_of
from yimatong.doors.mine.model import Export
from yimatong.doors.mine.pages import ROUTES as PAGES
from yimatong.kernel.clock import Clock
from yimatong.kernel.ids import new_id
from yimatong.kernel.words import Language
from yimatong.people import gone
from yimatong.people.service import People
from yimatong.people.steps import address_of
from yimatong.storage import Database
from yimatong.web.pages import AnyRequest
from yimatong.web.routes import PUBLIC, allowed

MINE: dict[str, Any] = {
    "dependencies": {"mine": Provide(mine_of, sync_to_thread=False)},
    "tags": ["mine"],
}


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same `request` (a UUID of yours) sent twice sends one SMS. `promise`: that you have
    read what is erased and what is kept, true."""

    promise: bool
    request: UUID | None = None


class Ticket(msgspec.Struct, frozen=True):
    """To be taken to the next step within ten minutes."""

    ticket: str


class Confirmed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ticket, and the code from the SMS."""

    ticket: str
    code: str


@get("/api/v1/mine", opt=allowed(Permission.OWN_RECORD), **MINE)
async def take(database: Database, actor: Actor, mine: Mine) -> Response[Export]:
    """Everything that is known of whom one acts for, `yimatong-export/1`. Refused for an adult's
    proxy, and where the log-in is older than 30 minutes."""
    async with database.transaction() as tx:
        known = await mine.take(tx, actor)
    return Response(known, headers={"cache-control": "no-store"})


@get("/api/v1/account/deletion", opt=allowed(Permission.OWN_CARD), **MINE)
async def foretell(clock: Clock) -> list[Line]:
    """What would become of each kind of record if the account were deleted now."""
    return lines(clock.now())


@post("/api/v1/account/deletion", opt=allowed(Permission.OWN_CARD), status_code=200, **MINE)
async def ask(
    data: Annotated[Asked, Body()],
    request: AnyRequest,
    people: People,
    database: Database,
    actor: Actor,
    language: Language,
) -> Ticket:
    """Sends a code to the account's phone. Nothing is deleted yet."""
    gone.check_promise(data.promise)
    once = data.request or new_id(people.randomness)
    async with database.transaction() as tx:
        return Ticket(await gone.ask(people, tx, actor, once, address_of(request), language))


@post("/api/v1/account/deletion/code", opt=allowed(PUBLIC), status_code=200, **MINE)
async def confirm(
    data: Annotated[Confirmed, Body()], database: Database, standings: Standings, mine: Mine
) -> Receipt:
    """Deletes the account that the ticket is about; sent twice it has one effect and the same
    receipt, though nobody is logged in any more."""
    return await delete(mine, standings, database, data.ticket, data.code)


ROUTES = [*PAGES, take, foretell, ask, confirm]
