"""The SQL of deleted accounts: what goes at once, and the little that stays for a while."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from yimatong.storage import Tx


async def own_accounts(tx: Tx, persons: Sequence[UUID]) -> set[UUID]:
    """Those of the persons who have an account of their own."""
    rows = await tx.fetch(
        "select person from people_member where person = any($1) and own", persons
    )
    return {row["person"] for row in rows}


async def bury(
    tx: Tx,
    person: UUID,
    receipt: UUID,
    account: UUID,
    phone: bytes,
    now: datetime,
    look_at: datetime,
) -> None:
    """The person's card and texts are erased; the document's keyed hash still leads to them."""
    await tx.execute(
        """insert into people_gone (person, receipt, account, phone, region, gone_at, look_at)
           select id, $2, $3, $4, region, $5, $6 from people_person where id = $1""",
        person,
        receipt,
        account,
        phone,
        now,
        look_at,
    )
    await tx.execute("delete from people_note where person = $1", person)
    await tx.execute("delete from people_person where id = $1", person)
    await tx.execute("delete from people_member where person = $1 and own", person)


async def end_holders(tx: Tx, person: UUID, account: UUID, now: datetime) -> None:
    """Others may act for the person no longer, and are told why."""
    await tx.execute(
        """update people_member set ended_at = $3, gone_at = $3, consent_text = ''
           where person = $1 and account <> $2 and ended_at is null""",
        person,
        account,
        now,
    )


async def drop_account(tx: Tx, account: UUID) -> None:
    """The account, its phone, its family and its worker's name; the phone is free again."""
    await tx.execute("delete from people_member where account = $1", account)
    await tx.execute("delete from people_draft where account = $1", account)
    await tx.execute("delete from people_phone where account = $1", account)
    await tx.execute("delete from people_worker where account = $1", account)
    await tx.execute("delete from people_account where id = $1", account)


async def of_receipt(tx: Tx, account: UUID, receipt: UUID) -> list[asyncpg.Record]:
    return await tx.fetch(
        """select person, gone_at from people_gone
           where receipt = $1 and account = $2 order by person""",
        receipt,
        account,
    )


async def revive(tx: Tx, person: UUID, phones: Sequence[bytes] | None) -> bool:
    """Whether the person was deleted from an account of this phone, or of any where None is
    named; it is theirs again."""
    done = await tx.execute(
        """delete from people_gone
           where person = $1 and ($2::bytea[] is null or phone = any($2))""",
        person,
        phones,
    )
    return done.endswith(" 1")


async def due(tx: Tx, now: datetime, limit: int) -> list[asyncpg.Record]:
    """Whom to look at again; locked, and left to another who looks at them."""
    return await tx.fetch(
        """select person, region from people_gone where look_at <= $1
           order by look_at limit $2 for update skip locked""",
        now,
        limit,
    )


async def look_later(tx: Tx, person: UUID, look_at: datetime) -> None:
    await tx.execute("update people_gone set look_at = $2 where person = $1", person, look_at)


async def erase(tx: Tx, person: UUID) -> None:
    """Nothing leads to the person any more."""
    await tx.execute("delete from people_document where person = $1", person)
    await tx.execute("delete from people_member where person = $1 and gone_at is null", person)
    await tx.execute("delete from people_gone where person = $1", person)


async def told(tx: Tx, account: UUID) -> list[asyncpg.Record]:
    """Who of the family is gone, and since when."""
    return await tx.fetch(
        """select relation, gone_at from people_member
           where account = $1 and gone_at is not null order by gone_at desc""",
        account,
    )


async def forget_told(tx: Tx, before: datetime) -> None:
    await tx.execute("delete from people_member where gone_at <= $1", before)


async def documents(tx: Tx, person: UUID) -> int:
    """How many documents lead to the person: more than one where registrations were joined."""
    found: int = await tx.fetchval("select count(*) from people_document where person = $1", person)
    return found


async def created_at(tx: Tx, account: UUID) -> datetime:
    found: datetime = await tx.fetchval(
        "select created_at from people_account where id = $1", account
    )
    return found
