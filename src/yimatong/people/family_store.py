"""The SQL of families: who may act for whom."""

from datetime import datetime
from uuid import UUID

import asyncpg

from yimatong.storage import Tx

_LIVE = "ended_at is null and (until is null or until > $2)"


async def of_account(tx: Tx, account: UUID, now: datetime) -> list[asyncpg.Record]:
    """For whom the account may act now, its own person first."""
    return await tx.fetch(
        f"""select * from people_member where account = $1 and {_LIVE}
            order by not own, since, person""",  # noqa: S608  a constant
        account,
        now,
    )


async def holders(tx: Tx, person: UUID, now: datetime) -> list[asyncpg.Record]:
    """The accounts that may act for the person now, those of others only."""
    return await tx.fetch(
        f"""select * from people_member where person = $1 and {_LIVE} and not own
            order by since, account""",  # noqa: S608  a constant
        person,
        now,
    )


async def member(tx: Tx, account: UUID, person: UUID) -> asyncpg.Record | None:
    """The row of the two, ended or not."""
    return await tx.fetchrow(
        "select * from people_member where account = $1 and person = $2", account, person
    )


async def put(
    tx: Tx,
    account: UUID,
    person: UUID,
    relation: str,
    consent: str,
    text: str,
    now: datetime,
    until: datetime | None,
) -> None:
    """Begins it, or begins it again; the account's own person stays that."""
    await tx.execute(
        """insert into people_member as kept
               (account, person, own, relation, consent, consent_text, since, until)
           values ($1, $2, false, $3, $4, $5, $6, $7)
           on conflict (account, person) do update
           set relation = excluded.relation, consent = excluded.consent,
               consent_text = excluded.consent_text, since = excluded.since,
               until = excluded.until, ended_at = null
           where not kept.own""",
        account,
        person,
        relation,
        consent,
        text,
        now,
        until,
    )


async def end(tx: Tx, account: UUID, person: UUID, now: datetime) -> bool:
    """Whether it was there to be ended; what one's own account may do for oneself never ends."""
    done = await tx.execute(
        """update people_member set ended_at = $3
           where account = $1 and person = $2 and not own and ended_at is null""",
        account,
        person,
        now,
    )
    return done.endswith(" 1")
