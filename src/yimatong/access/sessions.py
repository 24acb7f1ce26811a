"""Sessions: a random token in the cookie or the bearer header, its SHA-256 in the database.

They end at a fixed time after log-in, whatever happens in between: a resident's after 30
days, a worker's after 12 hours (one shift). Each log-in makes a new token, so that none
planted before it is worth anything.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import msgspec

from yimatong.access import store
from yimatong.access.actor import Actor
from yimatong.access.permissions import Role
from yimatong.kernel.clock import SHANGHAI, Clock
from yimatong.kernel.ids import Randomness
from yimatong.storage import Tx

RESIDENT_LIFE = timedelta(days=30)
STAFF_LIFE = timedelta(hours=12)


class Session(msgspec.Struct, frozen=True):
    """A resident's log-in: since when, until when, and whether it is the one that asks."""

    since: datetime
    until: datetime
    this: bool


async def start(
    tx: Tx,
    clock: Clock,
    randomness: Randomness,
    account: UUID,
    *,
    person: UUID | None = None,
    staff: UUID | None = None,
) -> str:
    """A new session's token: 43 characters, 256 bits. With `staff` it is that post's session."""
    token = base64.urlsafe_b64encode(randomness(32)).rstrip(b"=").decode()
    now = clock.now()
    ends = now + (STAFF_LIFE if staff else RESIDENT_LIFE)
    await store.add_session(tx, _kept(token), account, person, staff, now, ends)
    return token


async def actor_of(tx: Tx, clock: Clock, token: str) -> Actor | None:
    """Who holds the token; None where it is unknown, ended, or the post was taken away."""
    return (await actors_of(tx, clock, [token])).get(token)


async def actors_of(tx: Tx, clock: Clock, tokens: Iterable[str]) -> Mapping[str, Actor]:
    """Who holds each token, in one statement; those that nobody holds now are absent."""
    kept = {_kept(token): token for token in tokens}
    rows = await store.sessions(tx, list(kept), clock.now())
    return {kept[row["token"]]: _actor(row) for row in rows}


def _actor(row: asyncpg.Record) -> Actor:
    role = Role(row["role"]) if row["role"] else Role.RESIDENT
    return Actor(
        account=row["account"],
        role=role,
        session=row["token"],
        person=row["person"],
        staff=row["staff"],
        place=row["place"],
        proxy=row["proxy"],
        manager=bool(row["manager"]),
        area=row["area"],
    )


async def act_for(tx: Tx, actor: Actor, person: UUID, *, proxy: bool = False) -> None:
    """From now on the session acts for this person; `proxy`: somebody else than its owner."""
    await store.set_person(tx, actor.session, person, proxy)


async def act_no_longer(tx: Tx, account: UUID, person: UUID, own: UUID | None) -> None:
    """Every session of the account that acts for the person acts for its owner again."""
    await store.replace_person(tx, account, person, own)


async def end(tx: Tx, token: str) -> None:
    """The token is worth nothing from now on; one that never was is no mistake."""
    await store.drop_session(tx, _kept(token))


async def end_all(tx: Tx, account: UUID) -> None:
    """Logs the account out everywhere."""
    await store.drop_sessions(tx, account)


async def everywhere(tx: Tx, clock: Clock, actor: Actor) -> list[Session]:
    """Where a resident is logged in, the newest first."""
    rows = await store.resident_sessions(tx, actor.account, clock.now())
    return [
        Session(
            row["started_at"].astimezone(SHANGHAI),
            row["expires_at"].astimezone(SHANGHAI),
            row["token"] == actor.session,
        )
        for row in rows
    ]


async def since(tx: Tx, actor: Actor) -> datetime:
    """When the actor logged in."""
    return await store.session_since(tx, actor.session)


async def end_others(tx: Tx, actor: Actor) -> int:
    """Logs a resident out everywhere but here; how many log-ins that ended."""
    return await store.drop_others(tx, actor.account, actor.session)


def _kept(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
