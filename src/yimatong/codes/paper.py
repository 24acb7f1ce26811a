"""The paper code: for who has no phone. A card holds no colour; the gate asks for that of now.

A person has one card that is good: a new one revokes the one before it, at once. A copy is as
good as the original, so the guard compares the document, and every use is on record.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from yimatong.access import limits
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.codes import paper_store as store
from yimatong.codes.cwt_paper import PaperClaims
from yimatong.codes.mint import Mint
from yimatong.codes.standings import Standings
from yimatong.kernel.clock import SHANGHAI, Clock
from yimatong.kernel.errors import BadInput, Where
from yimatong.kernel.ids import READABLE, new_id, plain, readable
from yimatong.keys import CannotOpen, KeyRing
from yimatong.ledger import history
from yimatong.people.service import People
from yimatong.policy.admission import admit
from yimatong.policy.facts import Fact
from yimatong.policy.library import Library
from yimatong.policy.model import Lapse
from yimatong.policy.spans import lapses
from yimatong.storage import Tx

LIFE = timedelta(days=180)
LENGTH = 12
"""25^12 numbers: none can be found by trying. What is printed is a key, so it is a long one."""
A_DAY = 5
"""Cards of a person: one, and what a printer spoils."""
TRIES, PER = 20, timedelta(minutes=5)
DAILY = "checkin."
_PURPOSE, _CONTEXT = "codes.paper", b"codes.paper"


class Printed(msgspec.Struct, frozen=True):
    """A card as it is printed, once: `text` for the QR code, `number` for people."""

    text: str
    number: str
    region: str
    name: str
    document_tail: str
    issued_at: datetime
    expires_at: datetime
    pass_until: datetime | None


class Held(msgspec.Struct, frozen=True):
    """The card that is good now."""

    issued_at: datetime
    expires_at: datetime
    pass_until: datetime | None


class Desk(msgspec.Struct, frozen=True):
    """Who has a card made, from where, and what for."""

    account: UUID
    place: UUID | None
    purpose: Purpose


class Papers:
    """The verbs of cards. Each works in the caller's transaction."""

    def __init__(self, people: People, standings: Standings, mint: Mint, library: Library) -> None:
        self._people = people
        self._standings = standings
        self._mint = mint
        self._library = library

    async def issue(self, tx: Tx, desk: Desk, person: UUID) -> Printed:
        """A new card; the one before is revoked. TooMany beyond A_DAY. On record."""
        people, keys = self._people, self._people.keys
        await store.lock(tx, person)
        await limits.take(
            tx, people.clock, "codes.paper.issue", person.bytes, A_DAY, timedelta(days=1)
        )
        known, masked = await people.person(tx, person), await people.masked(tx, person)
        issued_at, card = people.clock.now().replace(microsecond=0), new_id(people.randomness)
        until = await self._pass_until(tx, person, known.region)
        expires_at = issued_at + LIFE
        await store.revoke(tx, person, desk.account, people.clock.now())
        number = await self._add(tx, card, person, desk, (issued_at, expires_at, until))
        claims = PaperClaims(
            known.region,
            issued_at,
            expires_at,
            keys.seal(card.bytes + person.bytes, _CONTEXT),
            masked.name,
            masked.document_tail,
            until,
        )
        await self._record(tx, desk, person, "codes.paper_issued")
        return Printed(
            self._mint.paper(claims), number, known.region, masked.name, masked.document_tail,
            issued_at, expires_at, until,
        )  # fmt: skip

    async def revoke(self, tx: Tx, desk: Desk, person: UUID) -> None:
        """The card is good no longer, from this moment. Revoked twice is no mistake."""
        if await store.revoke(tx, person, desk.account, self._people.clock.now()):
            await self._record(tx, desk, person, "codes.paper_revoked")

    async def held(self, tx: Tx, person: UUID) -> Held | None:
        """The person's card that is good."""
        return await held(tx, self._people.clock, person)

    async def _pass_until(self, tx: Tx, person: UUID, region: str) -> datetime | None:
        """The validity of a standing with which a checkpoint lets pass today.

        What has to be said every day ends nothing on paper: the gate asks for that when online.
        """
        standing = (await self._standings.of(tx, person, region)).standing
        policy = self._library.named(standing.policy, self._people.clock.now())
        if admit(policy, "checkpoint", standing.colour, "normal") != "admit":
            return None
        facts = (await history(tx, person)).facts
        taken_back = {fact.retracts for fact in facts}
        by_kind: dict[str, list[Fact]] = {}
        for fact in facts:
            if fact.id not in taken_back and not fact.kind.startswith(DAILY):
                by_kind.setdefault(fact.kind, []).append(fact)
        ends = [one.start for one in lapses(policy, by_kind) if not _daily(one.lapse)]
        return min(ends).replace(microsecond=0) if ends else None

    async def _add(
        self,
        tx: Tx,
        card: UUID,
        person: UUID,
        desk: Desk,
        times: tuple[datetime, datetime, datetime | None],
    ) -> str:
        keys, randomness = self._people.keys, self._people.randomness
        while True:
            number = readable(LENGTH, randomness)
            match = keys.match(number, _PURPOSE)
            if await store.add(tx, card, person, match, desk.account, times):
                return "-".join(number[place : place + 4] for place in range(0, LENGTH, 4))

    async def _record(self, tx: Tx, desk: Desk, person: UUID, action: str) -> None:
        event = Event(
            actor=desk.account,
            action=action,
            purpose=desk.purpose,
            person=person,
            place=desk.place,
        )
        await audit(tx, self._people.clock, event)


def _daily(lapse: Lapse) -> bool:
    return any(pattern.kind.startswith(DAILY) for pattern in lapse.of)


def opened(code_id: bytes, keys: KeyRing) -> tuple[UUID, UUID] | None:
    """Card and person; None where this installation did not seal it."""
    try:
        both = keys.open(code_id, _CONTEXT)
    except CannotOpen:
        return None
    return UUID(bytes=both[:16]), UUID(bytes=both[16:])


async def held(tx: Tx, clock: Clock, person: UUID) -> Held | None:
    """The person's card that is good."""
    row = await store.of_person(tx, person)
    if row is None or row["expires_at"] <= clock.now():
        return None
    return Held(*(_here(row[name]) for name in ("issued_at", "expires_at", "pass_until")))


async def end(tx: Tx, clock: Clock, person: UUID, account: UUID) -> None:
    """The card of a person whose account is deleted is good no longer."""
    await store.revoke(tx, person, account, clock.now())


def _here(moment: datetime | None) -> Any:
    return moment and moment.astimezone(SHANGHAI)


async def good(tx: Tx, cards: Collection[UUID]) -> set[UUID]:
    """Those of the cards that are not revoked."""
    return await store.good(tx, cards)


def is_number(typed: str) -> bool:
    """Whether it may be a card's number: a short code has fewer characters."""
    code = plain(typed)
    return len(code) == LENGTH and set(code) <= set(READABLE)


async def look_up(
    tx: Tx, people: People, typed: str, who: bytes, prefix: str
) -> tuple[UUID, UUID] | None:
    """Card and person of a typed number; None where there is none, and the caller commits, since
    every try counts: TooMany beyond TRIES.

    BadInput, in the words of `prefix`, where the card is revoked or over.
    """
    await limits.take(tx, people.clock, "codes.paper.look_up", who, TRIES, PER)
    if not is_number(typed):
        return None
    row = await store.by_number(tx, people.keys.matches(plain(typed), _PURPOSE))
    if row is None:
        return None
    if row["revoked_at"] is not None:
        raise BadInput.of(f"{prefix}.revoked", Where(field="code"))
    if row["expires_at"] <= people.clock.now():
        raise BadInput.of(f"{prefix}.expired", Where(field="code"))
    return row["id"], row["person"]
