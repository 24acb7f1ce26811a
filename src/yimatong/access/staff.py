"""Posts: an account that works at a place in a role, with a second factor of its own."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import msgspec

from yimatong.access import staff_store, store, totp
from yimatong.access.permissions import STAFF_ROLES, Role
from yimatong.kernel.clock import Clock
from yimatong.kernel.errors import BadInput, Conflict, NotFound, Where
from yimatong.kernel.ids import Randomness, new_id
from yimatong.keys import KeyRing
from yimatong.storage import Tx

ENROLMENT = timedelta(days=7)
"""How long after it was added a post may still see its secret at its first log-in."""
PAGE = 200
PLACED = frozenset({Role.GUARD, Role.WORKER, Role.CLERK})
"""Roles whose work is at a place."""


class Post(msgspec.Struct, frozen=True):
    """One account's post. `enrolled` since its second factor was used for the first time."""

    id: UUID
    account: UUID
    role: Role
    place: UUID | None
    added_at: datetime
    enrolled: bool


async def add(
    tx: Tx,
    keys: KeyRing,
    clock: Clock,
    randomness: Randomness,
    account: UUID,
    role: Role,
    place: UUID | None,
) -> tuple[UUID, str]:
    """The post's id and the secret for the authenticator app, shown once.

    BadInput where the role is no worker's, or where it is one of PLACED without a place.
    Conflict where the account has a post already.
    """
    if role not in STAFF_ROLES:
        raise BadInput.of("access.staff.role", Where(field="role"), role=role)
    if role in PLACED and place is None:
        raise BadInput.of("access.staff.place", Where(field="place"))
    staff, secret = new_id(randomness), totp.new_secret(randomness)
    sealed = keys.seal(secret.encode(), totp.context(staff))
    if not await staff_store.add(tx, staff, account, role, place, sealed, clock.now()):
        raise Conflict.of("access.staff.has_post")
    return staff, secret


async def remove(tx: Tx, clock: Clock, staff: UUID) -> None:
    """Takes the post away; its sessions end with it, at once. NotFound where there is none."""
    removed = await staff_store.remove(tx, staff, clock.now())
    if removed is None:
        raise NotFound.of("access.staff.unknown", staff=staff)
    await store.drop_sessions(tx, removed["account"])


async def of_account(tx: Tx, account: UUID) -> Post | None:
    """The post that the account has now."""
    row = await staff_store.of_account(tx, account)
    return _post(row) if row else None


async def posts(tx: Tx) -> list[Post]:
    """The first PAGE posts there are, oldest first."""
    return [_post(row) for row in await staff_store.posts(tx, PAGE)]


async def accounts(tx: Tx, posts: Collection[UUID]) -> dict[UUID, UUID]:
    """The account of each post, of those too that were taken away."""
    rows = await staff_store.accounts(tx, list(posts))
    return {row["id"]: row["account"] for row in rows}


async def unseen_secret(tx: Tx, keys: KeyRing, clock: Clock, account: UUID) -> str | None:
    """The secret of a post that has not been enrolled yet, within ENROLMENT; else None."""
    row = await staff_store.of_account(tx, account)
    if row is None or row["totp_enrolled_at"] or clock.now() > row["added_at"] + ENROLMENT:
        return None
    return keys.open(row["totp_secret"], totp.context(row["id"])).decode()


async def reseal(tx: Tx, keys: KeyRing, after: UUID) -> UUID | None:
    """Seals a page of secrets anew under the current key; the last id, None at the end."""
    rows = await staff_store.secrets(tx, after, PAGE)
    for row in rows:
        context = totp.context(row["id"])
        await staff_store.reseal(
            tx, row["id"], keys.seal(keys.open(row["totp_secret"], context), context)
        )
    return rows[-1]["id"] if rows else None


def _post(row: asyncpg.Record) -> Post:
    return Post(
        row["id"],
        row["account"],
        Role(row["role"]),
        row["place"],
        row["added_at"],
        row["totp_enrolled_at"] is not None,
    )
