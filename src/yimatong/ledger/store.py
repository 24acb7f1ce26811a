"""The tables `ledger_fact`, `ledger_head`, and into `ledger_news`. Facts are only ever inserted."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from yimatong.kernel.clock import SHANGHAI
from yimatong.ledger.model import Asked, NewFact
from yimatong.storage import Tx

Keyed = tuple[UUID, UUID]
"""Person and fact id."""


async def insert(tx: Tx, rows: Sequence[tuple[UUID, datetime, NewFact]]) -> None:
    """Appends (id, recorded_at, fact), bumps each person's head and notes who has news, in one
    statement.

    The heads are locked first and in order of person: two recordings for one person follow
    each other, two for several persons never wait for each other crosswise.
    """
    await tx.execute(
        """
        with heads as (
            insert into ledger_head (person, version)
            select person, count(*) from unnest($1::uuid[]) person group by person order by person
            on conflict (person) do update set version = ledger_head.version + excluded.version
            returning person
        ), news as (
            insert into ledger_news (person) select person from heads
        )
        insert into ledger_fact (person, id, kind, observed_at, ended_at, recorded_at, source,
                                 value, region, retracts, recorder, place, feed)
        select fact.* from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[],
            $5::timestamptz[], $6::timestamptz[], $7::text[], $8::numeric[], $9::text[],
            $10::uuid[], $11::uuid[], $12::uuid[], $13::text[]) fact (person)
        where (select count(*) from heads) > 0
        """,
        *_columns(rows),
    )


def _columns(rows: Sequence[tuple[UUID, datetime, NewFact]]) -> list[tuple[object, ...]]:
    return list(
        zip(
            *(
                (
                    fact.person,
                    id,
                    fact.kind,
                    fact.observed_at,
                    fact.ended_at,
                    recorded_at,
                    fact.source,
                    fact.value,
                    fact.region,
                    fact.retracts,
                    fact.recorder,
                    fact.place,
                    fact.feed,
                )
                for id, recorded_at, fact in rows
            ),
            strict=True,
        )
    )


async def kinds_of(tx: Tx, keys: Iterable[Keyed]) -> dict[Keyed, str]:
    """The kind of each named fact that exists."""
    persons, ids = zip(*keys, strict=True)
    rows = await tx.fetch(
        """
        select person, id, kind from ledger_fact
        join unnest($1::uuid[], $2::uuid[]) wanted (person, id) using (person, id)
        """,
        persons,
        ids,
    )
    return {(row["person"], row["id"]): row["kind"] for row in rows}


async def facts_of(tx: Tx, persons: Sequence[UUID]) -> list[asyncpg.Record]:
    """All facts of these persons by time of recording, a person's head version beside each."""
    return await tx.fetch(
        """
        select id, person, kind, observed_at, ended_at, recorded_at, source, value, region,
               retracts, version
        from ledger_fact join ledger_head using (person)
        where person = any($1::uuid[])
        order by recorded_at, id
        """,
        persons,
    )


async def said_of(tx: Tx, person: UUID) -> list[asyncpg.Record]:
    """All facts of a person with who recorded them, where and by which feed."""
    return await tx.fetch(
        "select * from ledger_fact where person = $1 order by recorded_at, id", person
    )


async def versions_of(tx: Tx, persons: Sequence[UUID]) -> dict[UUID, int]:
    """How many facts each of these persons has; who has none is absent."""
    rows = await tx.fetch(
        "select person, version from ledger_head where person = any($1::uuid[])", persons
    )
    return {row["person"]: row["version"] for row in rows}


async def unanswered(
    tx: Tx, asking: str, answers: Sequence[str], after: Asked | None, limit: int
) -> list[Asked]:
    """Persons with a fact that asks and is later than each that answers; withdrawn ones aside."""
    rows = await tx.fetch(
        """
        with word as (
            select person, id, kind, observed_at, recorded_at from ledger_fact said
            where (kind = $1 or kind = any($2::text[])) and not exists (
                select 1 from ledger_fact later
                where later.person = said.person and later.retracts = said.id
            )
        )
        select min(asked.observed_at) at, asked.person from word asked
        where asked.kind = $1 and not exists (
            select 1 from word answer
            where answer.person = asked.person and answer.kind = any($2::text[])
            and (answer.observed_at, answer.recorded_at, answer.id)
                > (asked.observed_at, asked.recorded_at, asked.id)
        )
        group by asked.person
        having $3::timestamptz is null or (min(asked.observed_at), asked.person) > ($3, $4)
        order by 1, 2 limit $5
        """,
        asking,
        answers,
        after and after.at,
        after and after.person,
        limit,
    )
    return [Asked(row["at"].astimezone(SHANGHAI), row["person"]) for row in rows]
