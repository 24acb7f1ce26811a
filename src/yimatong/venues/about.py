"""Where a person was, for that person; and erasing it once its time is over."""

from datetime import datetime
from uuid import UUID

import msgspec

from yimatong import places
from yimatong.kernel.clock import SHANGHAI, Clock
from yimatong.storage import Tx
from yimatong.venues import store
from yimatong.venues.model import KEPT


class OwnVisit(msgspec.Struct, frozen=True):
    """Where, and when one came in."""

    at: datetime
    place: str


async def visits(tx: Tx, person: UUID) -> list[OwnVisit]:
    """Every visit that is kept, the newest first."""
    found = await store.everything_of(tx, person)
    known = await places.several(tx, {one.place for one in found})
    return [OwnVisit(one.at.astimezone(SHANGHAI), known[one.place].name) for one in found]


async def carry_over(tx: Tx, gone: UUID, kept: UUID) -> None:
    """The visits of `gone` are those of `kept`, where both were one all along."""
    await store.carry_over(tx, gone, kept)


async def forget(tx: Tx, clock: Clock) -> None:
    """Erases visits older than KEPT, whoever they are of."""
    await store.forget(tx, clock.now() - KEPT)


async def forget_owner(tx: Tx, account: UUID) -> None:
    """An account that is deleted owns no venue any more; the venue stays as it is."""
    await store.drop_owner(tx, account)
