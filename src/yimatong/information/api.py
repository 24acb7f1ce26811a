"""What command tells everybody, for programs: to look up, to publish, to take down."""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import QueryParameter

from yimatong.access import idempotency
from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.information.model import Draft, Entry, Kind, Query, Status
from yimatong.information.reading import LAST_PAGE, LONGEST_SEARCH
from yimatong.information.service import Information
from yimatong.information.shown import ROOM
from yimatong.kernel.clock import Clock
from yimatong.kernel.errors import BadInput, Where
from yimatong.places import provinces
from yimatong.storage import Database, Tx
from yimatong.web.kept import kept_json
from yimatong.web.pages import AnyRequest
from yimatong.web.routes import PUBLIC, IdempotencyKey, allowed

MAY = allowed(Permission.INFORMATION_PUBLISH)
Search = Annotated[str, QueryParameter(max_length=LONGEST_SEARCH)]
Page = Annotated[int, QueryParameter(ge=1, le=LAST_PAGE)]


class Published(Draft, frozen=True, kw_only=True):
    """An entry, and whether it is current, still coming, over, corrected or withdrawn.

    Of what was withdrawn the title is left.
    """

    id: UUID
    status: Status
    published_at: datetime
    replaces: UUID | None
    replaced_by: UUID | None
    withdrawn_at: datetime | None

    @classmethod
    def of(cls, entry: Entry, today: date) -> Self:
        names = set(cls.__struct_fields__) - {"status"}
        return cls(status=entry.status(today), **{name: getattr(entry, name) for name in names})


class AtDesk(Published, frozen=True, kw_only=True):
    """The whole entry, and the post that published it."""

    post: UUID


class Listed(msgspec.Struct, frozen=True):
    """A page of entries, the newest first, and whether another follows."""

    entries: list[Published]
    more: bool


class ListedAtDesk(msgspec.Struct, frozen=True):
    """A page of all entries, the newest first, and whether another follows."""

    entries: list[AtDesk]
    more: bool


class NewEntry(Draft, frozen=True, kw_only=True):
    """A draft, and the entry whose place it takes, if any."""

    replaces: UUID | None = None


class Done(msgspec.Struct, frozen=True):
    """The entry that was published or taken down."""

    entry: UUID


@get("/api/v1/information", opt=allowed(PUBLIC), dependencies=ROOM, tags=["information"])
async def get_entries(
    request: AnyRequest,
    database: Database,
    information: Information,
    region: str | None = None,
    kind: Kind | None = None,
    q: Search = "",
    page: Page = 1,
) -> Response[Listed]:
    """What holds today in a province and everywhere; `q` is looked for in titles and texts."""
    async with database.transaction() as tx:
        found = await information.current(tx, _query(region, kind, q, page))
    listed = [Published.of(entry, information.today) for entry in found.entries]
    return kept_json(request, Listed(listed, found.more))


@get(
    "/api/v1/information/{entry:uuid}", opt=allowed(PUBLIC), dependencies=ROOM, tags=["information"]
)
async def get_entry(
    request: AnyRequest, database: Database, information: Information, entry: UUID
) -> Response[Published]:
    """One entry, whatever became of it."""
    async with database.transaction() as tx:
        found = await information.one(tx, entry)
    return kept_json(request, Published.of(found.left(), information.today))


@get("/api/v1/desk/information", opt=MAY, dependencies=ROOM, tags=["information"])
async def get_every_entry(
    database: Database,
    information: Information,
    actor: Actor,
    region: str | None = None,
    kind: Kind | None = None,
    q: Search = "",
    page: Page = 1,
) -> ListedAtDesk:
    """All that was ever published, and what became of it."""
    async with database.transaction() as tx:
        found = await information.every(tx, actor, _query(region, kind, q, page))
    return ListedAtDesk(
        [AtDesk.of(entry, information.today) for entry in found.entries], found.more
    )


@post("/api/v1/information", opt=MAY, dependencies=ROOM, tags=["information"])
async def post_entry(
    data: NewEntry,
    idempotency_key: IdempotencyKey,
    database: Database,
    information: Information,
    actor: Actor,
    clock: Clock,
) -> Response[Done]:
    """Publishes an entry, or the correction of one; the same key sent again publishes nothing."""
    fields = {name: getattr(data, name) for name in Draft.__struct_fields__}

    async def publish(tx: Tx) -> UUID:
        return await information.publish(tx, actor, Draft(**fields), data.replaces)

    return await _once(
        database, clock, (actor, idempotency_key), msgspec.json.encode(data), publish
    )


@post(
    "/api/v1/information/{entry:uuid}/withdrawal", opt=MAY, dependencies=ROOM, tags=["information"]
)
async def post_withdrawal(
    entry: UUID,
    idempotency_key: IdempotencyKey,
    database: Database,
    information: Information,
    actor: Actor,
    clock: Clock,
) -> Response[Done]:
    """Takes an entry down; that it was, and when, stays visible."""

    async def withdraw(tx: Tx) -> UUID:
        await information.withdraw(tx, actor, entry)
        return entry

    return await _once(database, clock, (actor, idempotency_key), entry.bytes, withdraw)


async def _once(
    database: Database,
    clock: Clock,
    asker: tuple[Actor, str],
    body: bytes,
    act: Callable[[Tx], Awaitable[UUID]],
) -> Response[Done]:
    actor, key = asker
    digest = hashlib.sha256(body).digest()
    async with database.transaction() as tx:
        earlier = await idempotency.begin(tx, clock, actor.account, key, digest)
        if earlier is not None:
            return Response(msgspec.json.decode(earlier.body, type=Done), status_code=201)
        done = Done(await act(tx))
        await idempotency.finish(tx, actor.account, key, 201, msgspec.json.encode(done))
    return Response(done, status_code=201)


def _query(region: str | None, kind: Kind | None, text: str, page: int) -> Query:
    if region is not None and region not in provinces():
        raise BadInput.of("information.wrong.region", Where(field="region"))
    return Query(region, kind, text.replace("\x00", "").strip(), page)


ROUTES = [get_entries, get_entry, get_every_entry, post_entry, post_withdrawal]
