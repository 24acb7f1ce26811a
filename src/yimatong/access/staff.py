"""Posts: an account that works at a place in a role, with a second factor of its own."""

from collections.abc import Collection, Sequence
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
    """One account's post. `enrolled` since its second factor was used for the first time;
    `manager`: it answers for its place; `area`: the division that an administrator is for."""

    id: UUID
    account: UUID
    role: Role
    place: UUID | None
    added_at: datetime
    enrolled: bool
    manager: bool = False
    area: str | None = None


class Duty(msgspec.Struct, frozen=True):
    """What a new post is for. As in `Post`."""

    role: Role
    place: UUID | None = None
    manager: bool = False
    area: str | None = None


async def add(
    tx: Tx, keys: KeyRing, clock: Clock, randomness: Randomness, account: UUID, duty: Duty
) -> tuple[UUID, str]:
    """The post's id and the secret for the authenticator app, shown once.

    BadInput where the role is no worker's, where it is one of PLACED without a place, or where
    somebody but an administrator is to have an area. Conflict where the account has a post already.
    """
    if duty.role not in STAFF_ROLES:
        raise BadInput.of("access.staff.role", Where(field="role"), role=duty.role)
    if duty.role in PLACED and duty.place is None:
        raise BadInput.of("access.staff.place", Where(field="place"))
    if duty.area is not None and duty.role is not Role.ADMINISTRATOR:
        raise BadInput.of("access.staff.area", Where(field="area"))
    staff, secret = new_id(randomness), totp.new_secret(randomness)
    sealed = keys.seal(secret.encode(), totp.context(staff))
    post = Post(
        id=staff,
        account=account,
        role=duty.role,
        place=duty.place,
        added_at=clock.now(),
        enrolled=False,
        manager=duty.manager,
        area=duty.area,
    )
    if not await staff_store.add(tx, post, sealed):
        raise Conflict.of("access.staff.has_post")
    return staff, secret


async def remove(tx: Tx, clock: Clock, staff: UUID) -> None:
    """Takes the post away; its sessions end with it, at once. NotFound where there is none."""
    removed = await staff_store.remove(tx, staff, clock.now())
    if removed is None:
        raise NotFound.of("access.staff.unknown", staff=staff)
    await store.drop_sessions_of_post(tx, removed["account"], staff)


async def of_account(tx: Tx, account: UUID) -> Post | None:
    """The post that the account has now."""
    row = await staff_store.of_account(tx, account)
    return _post(row) if row else None


async def named(tx: Tx, staff: UUID) -> Post | None:
    """The post of an id, unless it was taken away."""
    row = await staff_store.named(tx, staff)
    return _post(row) if row else None


async def of_place(tx: Tx, place: UUID) -> list[Post]:
    """Everybody who works at a place now, those who answer for it first, then the oldest."""
    return [_post(row) for row in await staff_store.of_place(tx, place)]


async def last_place(tx: Tx, account: UUID) -> UUID | None:
    """The place of the account's latest post that was taken away."""
    return await staff_store.last_place(tx, account)


async def ever(tx: Tx, account: UUID) -> bool:
    """Whether the account has a post or has had one."""
    return await staff_store.ever(tx, account)


async def managers(tx: Tx, places: Sequence[UUID]) -> dict[UUID, UUID]:
    """The account that answers for each of the places, the first where there are several."""
    rows = await staff_store.managers(tx, places)
    return {row["place"]: row["account"] for row in reversed(rows)}


async def set_manager(tx: Tx, staff: UUID, *, manager: bool) -> None:
    """Whether the post answers for its place from now on."""
    await staff_store.set_manager(tx, staff, manager=manager)


async def begin_at(tx: Tx, clock: Clock, place: UUID) -> None:
    """The posts at a place that was opened begin now, and may still be enrolled within ENROLMENT,
    however long it has waited."""
    await staff_store.begin_at(tx, place, clock.now())


async def end_of_place(tx: Tx, clock: Clock, place: UUID) -> int:
    """Takes every post at a place away, at once; how many."""
    removed = await staff_store.remove_of_place(tx, place, clock.now())
    for row in removed:
        await store.drop_sessions_of_post(tx, row["account"], row["id"])
    return len(removed)


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
        row["manager"],
        row["area"],
    )
