"""The SQL of accounts and persons."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from yimatong.storage import Tx


async def account_of_phone(tx: Tx, matches: list[bytes]) -> UUID | None:
    account: UUID | None = await tx.fetchval(
        "select account from people_phone where match = any($1)", matches
    )
    return account


async def add_account(tx: Tx, account: UUID, match: bytes, phone: bytes, now: datetime) -> bool:
    """Whether it was added; not where another transaction was faster with the same phone."""
    added = await tx.execute(
        "insert into people_phone (match, account) values ($1, $2) on conflict do nothing",
        match,
        account,
    )
    if added.endswith(" 0"):
        return False
    await tx.execute(
        "insert into people_account (id, phone, created_at) values ($1, $2, $3)",
        account,
        phone,
        now,
    )
    return True


async def lock_account(tx: Tx, account: UUID) -> bytes | None:
    """The sealed phone; others who want to change the account wait."""
    phone: bytes | None = await tx.fetchval(
        "select phone from people_account where id = $1 for update", account
    )
    return phone


async def phone(tx: Tx, account: UUID) -> bytes | None:
    found: bytes | None = await tx.fetchval(
        "select phone from people_account where id = $1", account
    )
    return found


async def own_person(tx: Tx, account: UUID) -> UUID | None:
    person: UUID | None = await tx.fetchval(
        "select person from people_member where account = $1 and own", account
    )
    return person


async def person_of_document(tx: Tx, matches: list[bytes]) -> UUID | None:
    person: UUID | None = await tx.fetchval(
        "select person from people_document where match = any($1)", matches
    )
    return person


async def claim_document(tx: Tx, match: bytes, person: UUID) -> bool:
    """Whether the document is this person's now; not where another was faster."""
    added = await tx.execute(
        "insert into people_document (match, person) values ($1, $2) on conflict do nothing",
        match,
        person,
    )
    return added.endswith(" 1")


async def add_person(
    tx: Tx,
    person: UUID,
    sealed: tuple[bytes, bytes, bytes],
    region: str,
    now: datetime,
) -> None:
    """`sealed` is name, document and details."""
    await tx.execute(
        """insert into people_person
               (id, name, document, details, region, registered_at, changed_at)
           values ($1, $2, $3, $4, $5, $6, $6)""",
        person,
        *sealed,
        region,
        now,
    )


async def add_own(tx: Tx, account: UUID, person: UUID, now: datetime) -> None:
    """The person is whom the account belongs to."""
    await tx.execute(
        "insert into people_member (account, person, own, since) values ($1, $2, true, $3)",
        account,
        person,
        now,
    )


async def own_account(tx: Tx, person: UUID) -> UUID | None:
    """The account whose own the person is; None where they have no phone registration."""
    account: UUID | None = await tx.fetchval(
        "select account from people_member where person = $1 and own", person
    )
    return account


async def lock_person(tx: Tx, person: UUID) -> None:
    """Who else wants to take the person waits."""
    await tx.execute("select from people_person where id = $1 for update", person)


async def person(tx: Tx, person: UUID) -> asyncpg.Record | None:
    return await tx.fetchrow("select * from people_person where id = $1", person)


async def change_details(tx: Tx, person: UUID, details: bytes, region: str, now: datetime) -> None:
    await tx.execute(
        "update people_person set details = $2, region = $3, changed_at = $4 where id = $1",
        person,
        details,
        region,
        now,
    )


async def add_note(tx: Tx, person: UUID, note: UUID, fields: bytes, now: datetime) -> None:
    await tx.execute(
        "insert into people_note (person, id, kept_at, fields) values ($1, $2, $3, $4)",
        person,
        note,
        now,
        fields,
    )


async def drop_note(tx: Tx, person: UUID, note: UUID) -> None:
    await tx.execute("delete from people_note where person = $1 and id = $2", person, note)


async def note(tx: Tx, person: UUID, note: UUID) -> bytes | None:
    fields: bytes | None = await tx.fetchval(
        "select fields from people_note where person = $1 and id = $2", person, note
    )
    return fields


async def notes(tx: Tx, person: UUID, notes: Sequence[UUID]) -> list[asyncpg.Record]:
    return await tx.fetch(
        "select id, fields from people_note where person = $1 and id = any($2)", person, notes
    )


async def set_worker(tx: Tx, account: UUID, name: bytes) -> None:
    await tx.execute(
        """insert into people_worker (account, name) values ($1, $2)
           on conflict (account) do update set name = excluded.name""",
        account,
        name,
    )


async def drop_worker(tx: Tx, account: UUID) -> None:
    await tx.execute("delete from people_worker where account = $1", account)


async def worker(tx: Tx, account: UUID) -> bytes | None:
    name: bytes | None = await tx.fetchval(
        "select name from people_worker where account = $1", account
    )
    return name
