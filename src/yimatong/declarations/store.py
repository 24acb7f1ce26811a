"""The table `declarations_sheet`. Rows are never changed, and erased with the account."""

from datetime import datetime
from uuid import UUID

import asyncpg

from yimatong.declarations.model import Form, Promise, Receipt
from yimatong.kernel.clock import SHANGHAI
from yimatong.storage import Tx

_COLUMNS = "id, form, made_at, answers, facts, promise_text, promise_language, promise_policy"


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
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
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
    )


async def latest(tx: Tx, person: UUID, form: Form, limit: int) -> list[Receipt]:
    """The newest first."""
    rows = await tx.fetch(
        f"select {_COLUMNS} from declarations_sheet where person = $1 and form = $2"  # noqa: S608  a constant
        " order by made_at desc, id limit $3",
        person,
        form,
        limit,
    )
    return [_receipt(row) for row in rows]


async def everything(tx: Tx, person: UUID) -> list[tuple[Receipt, UUID]]:
    """Every sheet with where its personal texts are kept, the newest first."""
    rows = await tx.fetch(
        f"select note, {_COLUMNS} from declarations_sheet where person = $1"  # noqa: S608  a constant
        " order by made_at desc, id",
        person,
    )
    return [(_receipt(row), row["note"]) for row in rows]


async def carry_over(tx: Tx, gone: UUID, kept: UUID) -> None:
    """A row may be taken away and put in, never changed."""
    await tx.execute(
        f"""with sheet as (delete from declarations_sheet where person = $1 returning *)
            insert into declarations_sheet (person, account, note, {_COLUMNS})
            select $2, account, note, {_COLUMNS} from sheet""",  # noqa: S608  a constant
        gone,
        kept,
    )


async def erase(tx: Tx, person: UUID) -> None:
    await tx.execute("delete from declarations_sheet where person = $1", person)


async def last_note(tx: Tx, person: UUID) -> UUID | None:
    """Where the personal texts of the person's newest sheet of any form are kept."""
    found: UUID | None = await tx.fetchval(
        "select note from declarations_sheet where person = $1 order by made_at desc, id limit 1",
        person,
    )
    return found


def _receipt(row: asyncpg.Record) -> Receipt:
    return Receipt(
        id=row["id"],
        form=row["form"],
        made_at=row["made_at"].astimezone(SHANGHAI),
        promise=Promise(row["promise_text"], row["promise_language"], row["promise_policy"]),
        facts=list(row["facts"]),
        answers=row["answers"],
    )
