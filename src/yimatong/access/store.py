"""The SQL of sessions, limits and repeated requests."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from yimatong.storage import Tx

_ADD_HIT = """
insert into access_limit as kept (name, subject, hits) values ($1, $2, array[$3::timestamptz])
on conflict (subject, name) do update
set hits = array(select hit from unnest(kept.hits) hit where hit > $4 order by hit) || $3
where $5::int is null
   or (select count(*) from unnest(kept.hits) hit where hit > $4) < $5
returning true
"""


async def add_hit(
    tx: Tx, name: str, subject: bytes, now: datetime, since: datetime, limit: int | None
) -> bool:
    """Whether it was added; the row stays locked until the transaction ends."""
    return bool(await tx.fetchval(_ADD_HIT, name, subject, now, since, limit))


async def hits(tx: Tx, name: str, subject: bytes, since: datetime) -> list[datetime]:
    found: list[datetime] = await tx.fetchval(
        """select array(select hit from access_limit, unnest(hits) hit
                        where subject = $2 and name = $1 and hit > $3 order by hit)""",
        name,
        subject,
        since,
    )
    return found


async def add_session(
    tx: Tx,
    token: bytes,
    account: UUID,
    person: UUID | None,
    staff: UUID | None,
    started_at: datetime,
    expires_at: datetime,
) -> None:
    await tx.execute(
        """insert into access_session (token, account, person, staff, started_at, expires_at)
           values ($1, $2, $3, $4, $5, $6)""",
        token,
        account,
        person,
        staff,
        started_at,
        expires_at,
    )


async def sessions(tx: Tx, tokens: Sequence[bytes], now: datetime) -> list[asyncpg.Record]:
    """The live sessions with their posts as they are now; none where the post was taken away."""
    return await tx.fetch(
        """select token, session.account, session.person, session.proxy, session.staff,
                  post.role, post.place, post.manager, post.area
           from access_session session
           left join access_staff post on post.id = session.staff and post.removed_at is null
           where session.token = any($1) and session.expires_at > $2
             and (session.staff is null or post.id is not null)""",
        tokens,
        now,
    )


async def session_since(tx: Tx, token: bytes) -> datetime:
    found: datetime = await tx.fetchval(
        "select started_at from access_session where token = $1", token
    )
    return found


async def drop_session(tx: Tx, token: bytes) -> None:
    await tx.execute("delete from access_session where token = $1", token)


async def drop_sessions(tx: Tx, account: UUID) -> None:
    await tx.execute("delete from access_session where account = $1", account)


async def drop_sessions_of_post(tx: Tx, account: UUID, staff: UUID) -> None:
    """What the account does as a resident goes on."""
    await tx.execute("delete from access_session where account = $1 and staff = $2", account, staff)


async def drop_requests(tx: Tx, account: UUID) -> None:
    await tx.execute("delete from access_idempotency where account = $1", account)


async def resident_sessions(tx: Tx, account: UUID, now: datetime) -> list[asyncpg.Record]:
    """The account's live sessions that are of no post, the newest first."""
    return await tx.fetch(
        """select token, started_at, expires_at from access_session
           where account = $1 and staff is null and expires_at > $2 order by started_at desc""",
        account,
        now,
    )


async def drop_others(tx: Tx, account: UUID, token: bytes) -> int:
    """How many sessions of the account, but for this one and those of a post, there were."""
    done = await tx.execute(
        "delete from access_session where account = $1 and token <> $2 and staff is null",
        account,
        token,
    )
    return int(done.rsplit(" ", 1)[1])


async def set_person(tx: Tx, token: bytes, person: UUID, proxy: bool) -> None:  # noqa: FBT001
    await tx.execute(
        "update access_session set person = $2, proxy = $3 where token = $1", token, person, proxy
    )


async def replace_person(tx: Tx, account: UUID, person: UUID, own: UUID | None) -> None:
    await tx.execute(
        """update access_session set person = $3, proxy = false
           where account = $1 and person = $2 and proxy""",
        account,
        person,
        own,
    )


async def begin_request(
    tx: Tx, account: UUID, key: str, body_hash: bytes, now: datetime
) -> asyncpg.Record | None:
    """None where it is the first of its key, else the earlier one.

    Where the first is still under way, this waits until it has committed or gone away.
    """
    begun = await tx.execute(
        """insert into access_idempotency (account, key, body_hash, begun_at)
           values ($1, $2, $3, $4) on conflict do nothing""",
        account,
        key,
        body_hash,
        now,
    )
    if begun.endswith(" 1"):
        return None
    return await tx.fetchrow(
        "select body_hash, status, body from access_idempotency where account = $1 and key = $2",
        account,
        key,
    )


async def finish_request(tx: Tx, account: UUID, key: str, status: int, body: bytes) -> None:
    await tx.execute(
        "update access_idempotency set status = $3, body = $4 where account = $1 and key = $2",
        account,
        key,
        status,
        body,
    )


async def requests(tx: Tx, accounts: Sequence[UUID], keys: Sequence[str]) -> list[asyncpg.Record]:
    """Those of the requests that were carried out; one under way is not seen."""
    return await tx.fetch(
        """select account, key, body_hash, status, body
           from access_idempotency join unnest($1::uuid[], $2::text[]) asked (account, key)
           using (account, key)""",
        accounts,
        keys,
    )


async def keep_requests(
    tx: Tx,
    accounts: Sequence[UUID],
    keys: Sequence[str],
    hashes: Sequence[bytes],
    now: datetime,
    status: int,
    bodies: Sequence[bytes],
) -> int:
    """How many were kept: not those whose key was kept before, which this waits for."""
    kept = await tx.execute(
        """insert into access_idempotency (account, key, body_hash, begun_at, status, body)
           select account, key, hash, $4, $5, body
           from unnest($1::uuid[], $2::text[], $3::bytea[], $6::bytea[])
               asked (account, key, hash, body)
           order by account, key on conflict do nothing""",
        accounts,
        keys,
        hashes,
        now,
        status,
        bodies,
    )
    return int(kept.rsplit(" ", 1)[1])


async def count_scans(
    tx: Tx, counts: Mapping[UUID, int], hour: datetime, day: datetime
) -> list[asyncpg.Record]:
    """Adds to each worker's count of the hour; what it is then, and what the whole day's is."""
    return await tx.fetch(
        """with counted as (
               insert into access_quota as kept (staff, hour, count)
               select staff, $3, count from unnest($1::uuid[], $2::int[]) asked (staff, count)
               order by staff
               on conflict (staff, hour) do update set count = kept.count + excluded.count
               returning staff, count)
           select staff, counted.count this_hour,
                  counted.count + coalesce((select sum(earlier.count) from access_quota earlier
                       where earlier.staff = counted.staff and earlier.hour >= $4
                         and earlier.hour < $3), 0)::int today
           from counted""",
        list(counts),
        list(counts.values()),
        hour,
        day,
    )


async def forget(tx: Tx, now: datetime, requests_before: datetime, counts_before: datetime) -> None:
    await tx.execute("delete from access_session where expires_at <= $1", now)
    await tx.execute("delete from access_idempotency where begun_at < $1", requests_before)
    await tx.execute("delete from access_otp where expires_at < $1", counts_before)
    await tx.execute("delete from access_quota where hour < $1", counts_before)
    await tx.execute(
        "delete from access_limit where hits[array_upper(hits, 1)] < $1", counts_before
    )
    await tx.execute(
        "delete from access_otp_subject where coalesce(failed_at, '-infinity') < $1",
        counts_before,
    )
