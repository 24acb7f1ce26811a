"""What goes into the ledger and what comes out."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from yimatong.policy.facts import Fact


class NewFact(msgspec.Struct, frozen=True, kw_only=True):
    """A fact before it is recorded; moments are aware.

    `recorder` is the account that recorded it (a resident's or a staff member's), `place`
    where, `feed` by which signed feed. One of recorder and feed says who answers for it.
    """

    person: UUID
    kind: str
    observed_at: datetime
    source: str
    ended_at: datetime | None = None
    value: Decimal | None = None
    region: str | None = None
    retracts: UUID | None = None
    recorder: UUID | None = None
    place: UUID | None = None
    feed: str | None = None


class Recorded(msgspec.Struct, frozen=True):
    """A fact with who answers for it: the account, the place, the feed."""

    fact: Fact
    recorder: UUID | None
    place: UUID | None
    feed: str | None


class History(msgspec.Struct, frozen=True):
    """A person's facts by time of recording; `version` is how many there are."""

    facts: list[Fact]
    version: int


NOTHING = History([], 0)


class Asked(msgspec.Struct, frozen=True):
    """A person who asked for something, and when for the first time since the latest answer."""

    at: datetime
    person: UUID
