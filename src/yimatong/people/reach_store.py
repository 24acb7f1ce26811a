"""The SQL of persons in bulk."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from yimatong.storage import Tx


async def persons(tx: Tx, ids: Sequence[UUID]) -> list[asyncpg.Record]:
    return await tx.fetch(
        "select id, region, registered_at from people_person where id = any($1)", ids
    )


async def registered(
    tx: Tx, moment: datetime, person: UUID, until: datetime, limit: int
) -> list[asyncpg.Record]:
    return await tx.fetch(
        """select id, region, registered_at from people_person
           where (registered_at, id) > ($1, $2) and registered_at <= $3
           order by registered_at, id limit $4""",
        moment,
        person,
        until,
        limit,
    )


async def accounts(tx: Tx, ids: Sequence[UUID], now: datetime) -> list[asyncpg.Record]:
    return await tx.fetch(
        """select person, account, own, consent from people_member
           where person = any($1) and ended_at is null and (until is null or until > $2)
           order by not own, since, account""",
        ids,
        now,
    )


async def owners(tx: Tx, matches: Sequence[bytes]) -> list[asyncpg.Record]:
    return await tx.fetch(
        """select match, person.id, person.region, person.registered_at from people_phone
           left join people_member member using (account)
           left join people_person person on person.id = member.person and member.own
           where match = any($1) and (member.own or member.account is null)""",
        matches,
    )
