"""The SQL of joining two accounts of one person."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from yimatong.storage import Tx


async def drop_phone(tx: Tx, matches: Sequence[bytes]) -> None:
    await tx.execute("delete from people_phone where match = any($1)", matches)


async def give_phone(tx: Tx, matches: Sequence[bytes], account: UUID, phone: bytes) -> None:
    """The number leads to the account from now on, and is its only one."""
    await tx.execute("update people_phone set account = $2 where match = any($1)", matches, account)
    await tx.execute("update people_account set phone = $2 where id = $1", account, phone)


async def give_document(tx: Tx, gone: UUID, kept: UUID) -> None:
    """The document of `gone` leads to `kept`; what was sealed of `gone` is erased."""
    await tx.execute("update people_document set person = $2 where person = $1", gone, kept)
    await tx.execute("delete from people_person where id = $1", gone)
    await tx.execute("delete from people_member where person = $1 and own", gone)


async def give_notes(tx: Tx, gone: UUID, kept: UUID) -> None:
    """What was sealed in forms for `gone` is found under `kept`."""
    await tx.execute("update people_note set person = $2 where person = $1", gone, kept)


async def end_holders(tx: Tx, person: UUID, now: datetime) -> None:
    """Who acted for the person asks again, for the one who goes on."""
    await tx.execute(
        """update people_member set ended_at = $2
           where person = $1 and not own and ended_at is null""",
        person,
        now,
    )


async def give_family(tx: Tx, later: UUID, earlier: UUID) -> None:
    """For whom the later account acted, the earlier one acts now."""
    await tx.execute(
        """insert into people_member
               (account, person, own, relation, consent, consent_text, since, until, ended_at)
           select $2, person, own, relation, consent, consent_text, since, until, ended_at
           from people_member where account = $1 and not own
           on conflict do nothing""",
        later,
        earlier,
    )
    await tx.execute("delete from people_member where account = $1", later)


async def drop_account(tx: Tx, account: UUID) -> None:
    await tx.execute("delete from people_account where id = $1", account)
