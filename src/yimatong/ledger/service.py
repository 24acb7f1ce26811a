"""Recording facts and reading them again. There is no verb that changes or removes one."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import asyncpg

from yimatong.kernel.clock import SHANGHAI, Clock
from yimatong.kernel.errors import BadInput, NotFound, Where
from yimatong.kernel.ids import Randomness, new_id
from yimatong.ledger import store
from yimatong.ledger.check import CORRECTING_SOURCES, check
from yimatong.ledger.model import NOTHING, Asked, History, NewFact, Recorded
from yimatong.policy.facts import Fact
from yimatong.storage import Tx


async def record(
    tx: Tx, clock: Clock, randomness: Randomness, facts: Sequence[NewFact]
) -> list[UUID]:
    """Appends facts of one or many persons, all or none; their ids in the order given.

    One statement, two where any retracts. BadInput where a fact is not as it must be,
    NotFound where it retracts one that its person does not have.
    """
    if not facts:
        return []
    now = clock.now()
    for fact in facts:
        check(fact, now)
    await _check_retracted(tx, [fact for fact in facts if fact.retracts is not None])
    rows = [(new_id(randomness), max(now, fact.observed_at), fact) for fact in facts]
    await store.insert(tx, rows)
    return [id for id, _, _ in rows]


async def carry_over(
    tx: Tx, clock: Clock, randomness: Randomness, gone: UUID, kept: UUID
) -> Mapping[UUID, UUID]:
    """Records what stands of one person for another, where both were one all along; what each
    fact is called there, by what it was called.

    Who said, recorded and observed it stays with each fact; what was withdrawn stays behind.
    """
    rows = await store.said_of(tx, gone)
    withdrawn = {row["retracts"] for row in rows}
    standing = [row for row in rows if row["id"] not in withdrawn and row["kind"] != "withdrawn"]
    now = clock.now()
    facts = [(new_id(randomness), now, _carried(row, kept)) for row in standing]
    if facts:
        await store.insert(tx, facts)
    return {row["id"]: id for row, (id, _, _) in zip(standing, facts, strict=True)}


def _carried(row: asyncpg.Record, kept: UUID) -> NewFact:
    fields = {
        name: row[name] for name in NewFact.__struct_fields__ if name not in ("person", "retracts")
    }
    return NewFact(person=kept, **fields)


async def _check_retracted(tx: Tx, facts: Sequence[NewFact]) -> None:
    """No lock is needed: a fact that is there stays there."""
    retracted = [(fact.person, fact.retracts) for fact in facts if fact.retracts is not None]
    kinds = await store.kinds_of(tx, retracted) if retracted else {}
    for fact, key in zip(facts, retracted, strict=True):
        if key not in kinds:
            raise NotFound.of("ledger.nothing_to_retract", Where(field="retracts"))
        if fact.source in CORRECTING_SOURCES and fact.kind not in ("withdrawn", kinds[key]):
            raise BadInput.of(
                "ledger.corrects_another_kind",
                Where(field="kind"),
                found=fact.kind,
                allowed=kinds[key],
            )


async def history(tx: Tx, person: UUID) -> History:
    """Every fact of a person, the withdrawn and withdrawing ones too, and their number."""
    return (await histories(tx, [person])).get(person, NOTHING)


async def recorded(tx: Tx, person: UUID) -> list[Recorded]:
    """Every fact of a person with who answers for it, by time of recording."""
    return [
        Recorded(_fact(row), row["recorder"], row["place"], row["feed"])
        for row in await store.said_of(tx, person)
    ]


async def histories(tx: Tx, persons: Sequence[UUID]) -> Mapping[UUID, History]:
    """The histories of those of the persons who have any fact, in one statement."""
    read: dict[UUID, History] = {}
    for row in await store.facts_of(tx, persons):
        found = read.setdefault(row["person"], History([], row["version"]))
        found.facts.append(_fact(row))
    return read


async def heads(tx: Tx, persons: Sequence[UUID]) -> Mapping[UUID, int]:
    """How many facts each person has, without reading them; who has none is absent.

    A standing that was derived from as many facts is derived from these.
    """
    return await store.versions_of(tx, persons)


async def unanswered(
    tx: Tx, asking: str, answers: Sequence[str], after: Asked | None, limit: int
) -> list[Asked]:
    """Who has a fact of the kind `asking` later than their latest of `answers`.

    The longest waiting first, from behind `after`. It looks at every fact that asks.
    """
    return await store.unanswered(tx, asking, answers, after, limit)


def _fact(row: asyncpg.Record) -> Fact:
    ended_at, retracts = row["ended_at"], row["retracts"]
    return Fact(
        id=str(row["id"]),
        person=str(row["person"]),
        kind=row["kind"],
        observed_at=row["observed_at"].astimezone(SHANGHAI),
        ended_at=ended_at and ended_at.astimezone(SHANGHAI),
        recorded_at=row["recorded_at"].astimezone(SHANGHAI),
        source=row["source"],
        value=row["value"],
        region=row["region"],
        retracts=retracts and str(retracts),
    )
