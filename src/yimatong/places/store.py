"""The table `places_place`."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from yimatong.kernel.clock import SHANGHAI
from yimatong.places.model import Place
from yimatong.storage import Tx

_COLUMNS = (
    "id, kind, type, region, division, township, address, name, scene, state, about,"
    " registered_at, registered_by"
)


async def insert(tx: Tx, place: Place, registered_at: datetime) -> None:
    await tx.execute(
        f"insert into places_place ({_COLUMNS})"  # noqa: S608  a constant
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, null, $11, $12)",
        place.id,
        place.kind.value,
        place.type.value,
        place.region,
        place.division,
        place.township,
        place.address,
        place.name,
        place.scene,
        place.state.value,
        registered_at,
        place.registered_by,
    )


async def get(tx: Tx, places: Iterable[UUID], *, lock: bool = False) -> dict[UUID, Place]:
    rows = await tx.fetch(
        f"select {_COLUMNS} from places_place where id = any($1)"  # noqa: S608  a constant
        + (" for update" if lock else ""),
        list(places),
    )
    return {row["id"]: _place(row) for row in rows}


async def set_state(
    tx: Tx, place: UUID, state: str, decided_at: datetime, about: str | None
) -> None:
    await tx.execute(
        "update places_place set state = $2, decided_at = $3, about = $4 where id = $1",
        place,
        state,
        decided_at,
        about,
    )


async def in_state(tx: Tx, state: str, stem: str, name: str, skip: int, limit: int) -> list[Place]:
    """Places in a state whose division begins so and whose name has this in it, in the order
    they were registered."""
    rows = await tx.fetch(
        f"select {_COLUMNS} from places_place where state = $1"  # noqa: S608  a constant
        " and starts_with(division, $2) and position($3 in name) > 0"
        " order by registered_at, id offset $4 limit $5",
        state,
        stem,
        name,
        skip,
        limit,
    )
    return [_place(row) for row in rows]


async def hold_same(tx: Tx, *same: str | None) -> None:
    """Waits for whoever registers the same at this moment."""
    said = "\n".join(one or "" for one in same)
    await tx.execute("select pg_advisory_xact_lock(hashtextextended('place' || $1, 0))", said)


async def same(tx: Tx, scene: str | None, division: str, name: str, address: str) -> Place | None:
    row = await tx.fetchrow(
        f"select {_COLUMNS} from places_place where division = $1"  # noqa: S608  a constant
        " and state in ('pending', 'open') and scene is not distinct from $2 and name = $3"
        " and address = $4 limit 1",
        division,
        scene,
        name,
        address,
    )
    return _place(row) if row else None


async def of_scene(tx: Tx, scene: str) -> list[UUID]:
    """In any state: what was recorded at a closed one ends like everything else."""
    return [
        row["id"] for row in await tx.fetch("select id from places_place where scene = $1", scene)
    ]


async def poster_of(tx: Tx, place: UUID) -> str | None:
    found: str | None = await tx.fetchval("select id from places_poster where place = $1", place)
    return found


async def add_poster(tx: Tx, id: str, place: UUID, made_at: datetime) -> None:
    """Nothing is added where the place has one, or the id is another's."""
    await tx.execute(
        "insert into places_poster (id, place, made_at) values ($1, $2, $3) on conflict do nothing",
        id,
        place,
        made_at,
    )


async def at_poster(tx: Tx, id: str) -> Place | None:
    row = await tx.fetchrow(
        f"""select place.* from places_poster poster
            join (select {_COLUMNS} from places_place) place on place.id = poster.place
            where poster.id = $1""",  # noqa: S608  a constant
        id,
    )
    return _place(row) if row else None


def _place(row: asyncpg.Record) -> Place:
    at = row["registered_at"].astimezone(SHANGHAI)
    return msgspec.convert({**row, "registered_at": at}, Place)
