"""The table `permits_decision`. Rows are only ever inserted."""

from uuid import UUID

from yimatong.storage import Tx


async def lock(tx: Tx, person: UUID) -> None:
    """One answer to a person at a time, so that asking and answering are one step."""
    await tx.execute("select pg_advisory_xact_lock(hashtextextended($1, 12))", person.hex)


async def insert(tx: Tx, person: UUID, fact: UUID, note: UUID | None) -> None:
    await tx.execute(
        "insert into permits_decision (person, fact, note) values ($1, $2, $3)", person, fact, note
    )


async def note_of(tx: Tx, person: UUID, fact: UUID) -> UUID | None:
    """Where the reason of a decision is kept."""
    found: UUID | None = await tx.fetchval(
        "select note from permits_decision where person = $1 and fact = $2", person, fact
    )
    return found
