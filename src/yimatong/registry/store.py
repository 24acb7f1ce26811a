"""The table `registry_proposal`."""

from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from yimatong.registry.model import NewProposal, Origin, Proposal
from yimatong.storage import Tx

_COLUMNS = (
    "id, person, kind, observed_at, ended_at, region, retracts, authority, report,"
    " maker, made_at, state"
)


async def insert(tx: Tx, id: UUID, new: NewProposal, maker: UUID, made_at: datetime) -> None:
    await tx.execute(
        """
        insert into registry_proposal (id, person, kind, observed_at, ended_at, region, retracts,
                                       authority, report, maker, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """,
        id,
        new.person,
        new.kind,
        new.observed_at,
        new.ended_at,
        new.region,
        new.retracts,
        new.origin.authority,
        new.origin.report,
        maker,
        made_at,
    )


async def lock(tx: Tx, id: UUID) -> Proposal | None:
    row = await tx.fetchrow(
        f"select {_COLUMNS} from registry_proposal where id = $1 for update",  # noqa: S608
        id,
    )
    return _proposal(row) if row else None


async def decide(
    tx: Tx, id: UUID, state: str, checker: UUID, decided_at: datetime, fact: UUID | None
) -> None:
    await tx.execute(
        "update registry_proposal set state = $2, checker = $3, decided_at = $4, fact = $5"
        " where id = $1",
        id,
        state,
        checker,
        decided_at,
        fact,
    )


async def waiting(tx: Tx, limit: int) -> list[Proposal]:
    """Undecided proposals, the oldest first."""
    rows = await tx.fetch(
        f"select {_COLUMNS} from registry_proposal where state = 'waiting'"  # noqa: S608
        " order by made_at, id limit $1",
        limit,
    )
    return [_proposal(row) for row in rows]


def _proposal(row: asyncpg.Record) -> Proposal:
    return msgspec.convert(dict(row), Proposal)


async def origins(tx: Tx, person: UUID) -> dict[UUID, Origin]:
    """Who knew what became a fact, by the fact."""
    rows = await tx.fetch(
        "select fact, authority, report from registry_proposal"
        " where person = $1 and state = 'approved'",
        person,
    )
    return {row["fact"]: Origin(row["authority"], row["report"]) for row in rows}
