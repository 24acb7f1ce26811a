"""The tables `declarations_sheet` and `declarations_withdrawal`. Rows are never changed, and erased
with the account."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import asyncpg

from yimatong.declarations.model import Form, Promise, Receipt
from yimatong.kernel.clock import SHANGHAI
from yimatong.storage import Tx

_COLUMNS = (
    "id, form, made_at, answers, facts, promise_text, promise_language, promise_policy, on_paper"
)
_FROM = f"""select {_COLUMNS}, note, taken_back_at from declarations_sheet made
    left join declarations_withdrawal back on back.person = made.person and back.sheet = made.id
    where made.person = $1"""  # noqa: S608  a constant


async def lock(tx: Tx, person: UUID) -> None:
    """One sheet of a person at a time, so that counting and adding are one step."""
    await tx.execute("select pg_advisory_xact_lock(hashtextextended($1, 9))", person.hex)


async def count_since(tx: Tx, person: UUID, form: Form, moment: datetime) -> int:
    found: int = await tx.fetchval(
        "select count(*) from declarations_sheet where person = $1 and form = $2 and made_at >= $3",
        person,
        form,
        moment,
    )
    return found


async def add(tx: Tx, person: UUID, account: UUID, note: UUID, receipt: Receipt) -> None:
    await tx.execute(
        f"insert into declarations_sheet (person, account, note, {_COLUMNS})"  # noqa: S608  a constant
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        person,
        account,
        note,
        receipt.id,
        receipt.form,
        receipt.made_at,
        receipt.answers,
        receipt.facts,
        receipt.promise.text,
        receipt.promise.language,
        receipt.promise.policy,
        receipt.on_paper,
    )


async def latest(tx: Tx, person: UUID, form: Form, limit: int) -> list[Receipt]:
    """The newest first."""
    order = "and form = $2 order by made_at desc, id limit $3"
    return [_receipt(row) for row in await tx.fetch(f"{_FROM} {order}", person, form, limit)]


async def newest(tx: Tx, person: UUID, limit: int) -> list[tuple[Receipt, UUID]]:
    """Of any form, the newest first, each with where its personal texts are kept."""
    rows = await tx.fetch(f"{_FROM} order by made_at desc, id limit $2", person, limit)
    return [(_receipt(row), row["note"]) for row in rows]


async def sheet(tx: Tx, person: UUID, id: UUID) -> Receipt | None:
    row = await tx.fetchrow(f"{_FROM} and id = $2", person, id)
    return _receipt(row) if row else None


async def stands_since(tx: Tx, person: UUID, form: Form, moment: datetime) -> bool:
    """Whether a sheet of the form, made since then, was not taken back."""
    rows = await tx.fetch(
        f"{_FROM} and form = $2 and made_at >= $3 and taken_back_at is null limit 1",
        person,
        form,
        moment,
    )
    return bool(rows)


async def everything(tx: Tx, person: UUID) -> list[tuple[Receipt, UUID]]:
    """Every sheet with where its personal texts are kept, the newest first."""
    rows = await tx.fetch(f"{_FROM} order by made_at desc, id", person)
    return [(_receipt(row), row["note"]) for row in rows]


async def erase(tx: Tx, person: UUID) -> None:
    for table in ("declarations_withdrawal", "declarations_sheet"):
        await tx.execute(f"delete from {table} where person = $1", person)  # noqa: S608  a constant


async def last_notes(tx: Tx, person: UUID) -> list[UUID]:
    """Where the personal texts of the person's newest sheet of each form are kept, the newest
    last."""
    rows = await tx.fetch(
        """select note from (
               select distinct on (form) note, made_at, id from declarations_sheet
               where person = $1 order by form, made_at desc, id
           ) last order by made_at, id desc""",
        person,
    )
    return [row["note"] for row in rows]


async def take_back(tx: Tx, person: UUID, sheet: UUID, account: UUID, now: datetime) -> None:
    await tx.execute(
        """insert into declarations_withdrawal (person, sheet, account, taken_back_at)
           values ($1, $2, $3, $4)""",
        person,
        sheet,
        account,
        now,
    )


async def taken_back_since(tx: Tx, person: UUID, moment: datetime) -> int:
    found: int = await tx.fetchval(
        "select count(*) from declarations_withdrawal where person = $1 and taken_back_at >= $2",
        person,
        moment,
    )
    return found


async def carry_over(tx: Tx, gone: UUID, kept: UUID, facts: Mapping[UUID, UUID]) -> None:
    """The sheets of one person, and that they were taken back, are another's; `facts` says what
    each fact is called there, and those that are not in it stay behind. A row may be taken away
    and put in, never changed."""
    await tx.execute(
        f"""with sheet as (delete from declarations_sheet where person = $1 returning *)
            insert into declarations_sheet (person, account, note, {_COLUMNS})
            select $2, account, note, id, form, made_at, answers,
                array(select new from unnest(facts) with ordinality of_sheet (old, place)
                      join unnest($3::uuid[], $4::uuid[]) known (old, new) using (old)
                      order by place),
                promise_text, promise_language, promise_policy, on_paper
            from sheet""",  # noqa: S608  a constant
        gone,
        kept,
        list(facts),
        list(facts.values()),
    )
    await tx.execute(
        """with back as (delete from declarations_withdrawal where person = $1 returning *)
           insert into declarations_withdrawal (person, sheet, account, taken_back_at)
           select $2, sheet, account, taken_back_at from back""",
        gone,
        kept,
    )


def _receipt(row: asyncpg.Record) -> Receipt:
    return Receipt(
        id=row["id"],
        form=row["form"],
        made_at=row["made_at"].astimezone(SHANGHAI),
        promise=Promise(row["promise_text"], row["promise_language"], row["promise_policy"]),
        facts=list(row["facts"]),
        answers=row["answers"],
        taken_back_at=row["taken_back_at"] and row["taken_back_at"].astimezone(SHANGHAI),
        on_paper=row["on_paper"],
    )
