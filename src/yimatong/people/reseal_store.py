"""The SQL of sealing anew. Rows are locked while they are read, so that no change is lost."""

from uuid import UUID

import asyncpg

from yimatong.storage import Tx


async def accounts(tx: Tx, after: UUID, limit: int) -> list[asyncpg.Record]:
    return await tx.fetch(
        """select account.id, account.phone, worker.name
           from people_account account left join people_worker worker on worker.account = account.id
           where account.id > $1 order by account.id limit $2 for update of account""",
        after,
        limit,
    )


async def persons(tx: Tx, after: UUID, limit: int) -> list[asyncpg.Record]:
    return await tx.fetch(
        "select * from people_person where id > $1 order by id limit $2 for update", after, limit
    )


async def notes(tx: Tx, after: UUID, limit: int) -> list[asyncpg.Record]:
    return await tx.fetch(
        """select person, id, fields from people_note
           where id > $1 order by id limit $2 for update""",
        after,
        limit,
    )


async def set_phone(tx: Tx, account: UUID, phone: bytes) -> None:
    await tx.execute("update people_account set phone = $2 where id = $1", account, phone)


async def set_name(tx: Tx, account: UUID, name: bytes) -> None:
    await tx.execute("update people_worker set name = $2 where account = $1", account, name)


async def set_person(tx: Tx, person: UUID, sealed: tuple[bytes, bytes, bytes]) -> None:
    await tx.execute(
        "update people_person set name = $2, document = $3, details = $4 where id = $1",
        person,
        *sealed,
    )


async def set_note(tx: Tx, person: UUID, note: UUID, fields: bytes) -> None:
    await tx.execute(
        "update people_note set fields = $3 where person = $1 and id = $2", person, note, fields
    )


async def rematch_phone(tx: Tx, matches: list[bytes]) -> None:
    """`matches` under each live key, the current one first."""
    await tx.execute(
        "update people_phone set match = $1 where match = any($2)", matches[0], matches[1:]
    )


async def rematch_document(tx: Tx, matches: list[bytes]) -> None:
    await tx.execute(
        "update people_document set match = $1 where match = any($2)", matches[0], matches[1:]
    )
