"""The tables `codes_standing` and `codes_short`; of `ledger_head`, how many facts there are."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from yimatong.codes.model import Cached, Found, Holder, Pair
from yimatong.policy.standing import Standing
from yimatong.storage import Tx


async def found(tx: Tx, pairs: Sequence[Pair]) -> list[Found]:
    """Head and cache for each pair, in their order, as of one moment of the database.

    One statement, though the head is the ledger's: that both are of the same moment is what
    makes a cached standing trustworthy, and a gate reads many persons at once.
    """
    persons, regions = zip(*pairs, strict=True)
    rows = await tx.fetch(
        """
        select coalesce(head.version, 0) as head, cache.version, cache.policy_digest,
               cache.decided_at, cache.good_until, cache.standing
        from unnest($1::uuid[], $2::text[]) with ordinality wanted (person, region, place)
        left join ledger_head head using (person)
        left join codes_standing cache using (person, region)
        order by place
        """,
        persons,
        regions,
    )
    return [Found(row["head"], _cached(row)) for row in rows]


async def after(tx: Tx, last: Pair | None, limit: int) -> list[tuple[Pair, Found]]:
    """The next cached standings in order of person and region."""
    rows = await tx.fetch(
        """
        select person, region, coalesce(head.version, 0) as head, cache.version, policy_digest,
               decided_at, good_until, standing
        from codes_standing cache left join ledger_head head using (person)
        where $1::uuid is null or (person, region) > ($1::uuid, $2::text)
        order by person, region limit $3
        """,
        *(last or (None, None)),
        limit,
    )
    return [((row["person"], row["region"]), Found(row["head"], _cached(row))) for row in rows]


def _cached(row: asyncpg.Record) -> Cached | None:
    if row["standing"] is None:
        return None
    return Cached(
        row["version"],
        row["policy_digest"],
        row["decided_at"],
        row["good_until"],
        msgspec.convert(row["standing"], Standing),
    )


async def cache(tx: Tx, derived: Sequence[tuple[Pair, Cached]]) -> None:
    """Keeps what was derived, unless more facts were known to who wrote last.

    Never waits: a row that another transaction is writing is left to it. Else two
    transactions that derive and record for the same persons could wait for each other.
    """
    columns = [
        (
            person,
            region,
            cached.version,
            cached.standing.policy,
            cached.policy_digest,
            cached.decided_at,
            cached.good_until,
            cached.standing.state,
            cached.standing.colour,
            cached.standing,
        )
        for (person, region), cached in derived
    ]
    await tx.execute(
        """
        insert into codes_standing (person, region, version, policy, policy_digest, decided_at,
                                    good_until, state, colour, standing)
        select * from unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[], $5::bytea[],
                             $6::timestamptz[], $7::timestamptz[], $8::text[], $9::text[],
                             $10::jsonb[]) derived (person, region)
        where pg_try_advisory_xact_lock(hashtextextended('codes ' || person || region, 0))
        on conflict (person, region) do update set
            version = excluded.version, policy = excluded.policy,
            policy_digest = excluded.policy_digest, decided_at = excluded.decided_at,
            good_until = excluded.good_until, state = excluded.state,
            colour = excluded.colour, standing = excluded.standing
        where codes_standing.version <= excluded.version
        """,
        *zip(*columns, strict=True),
    )


async def count_cached(tx: Tx) -> int:
    counted: int = await tx.fetchval("select count(*) from codes_standing")
    return counted


async def add_short(
    tx: Tx, hash: bytes, person: UUID, region: str, now: datetime, expires_at: datetime
) -> bool:
    """Replaces the person's earlier one. False where the hash is taken by somebody's.

    What is over is swept out in passing, leaving to others what they are sweeping.
    """
    await tx.execute(
        """
        delete from codes_short where person = $1 or hash in (
            select hash from codes_short where expires_at <= $2
            limit 100 for update skip locked)
        """,
        person,
        now,
    )
    added = await tx.fetchval(
        """
        insert into codes_short (hash, person, region, expires_at) values ($1, $2, $3, $4)
        on conflict (hash) do nothing returning true
        """,
        hash,
        person,
        region,
        expires_at,
    )
    return added is True


async def use_short(tx: Tx, hashes: Sequence[bytes], now: datetime) -> Holder | None:
    """Whom an unexpired short code stood for; it is gone, so that of two readers one gets it."""
    row = await tx.fetchrow(
        """
        delete from codes_short where hash = any($1) and expires_at > $2
        returning person, region
        """,
        hashes,
        now,
    )
    return Holder(row["person"], row["region"]) if row else None


async def forget(tx: Tx, person: UUID) -> None:
    await tx.execute("delete from codes_standing where person = $1", person)
    await tx.execute("delete from codes_short where person = $1", person)
