"""The copy to take away, `yimatong-export/1`. Another field makes another number."""

from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

from yimatong.access.sessions import Session
from yimatong.audit import Look
from yimatong.codes.paper import Held
from yimatong.declarations.model import Handed
from yimatong.desks.about import OwnEntry
from yimatong.gates.own import OwnPassage, OwnReport
from yimatong.kernel.words import Words
from yimatong.messages.model import Wish
from yimatong.notices.model import Notice
from yimatong.people.links import Link
from yimatong.people.model import Card
from yimatong.permits.model import Own
from yimatong.policy.model import Colour, State
from yimatong.presence.model import How, Why
from yimatong.venues.about import OwnVisit

Schema = Literal["yimatong-export/1"]


class OwnAccount(msgspec.Struct, frozen=True):
    """The phone that logs in, where it is logged in now, by which apps, and what is sent to it."""

    phone: str
    created_at: datetime
    sessions: list[Session]
    links: list[Link]
    sms: Wish


class KnownFact(msgspec.Struct, frozen=True, kw_only=True):
    """A fact as the ledger has it, with where and by whose word it is known.

    `retracted_by` and `retracted_at`: the later fact that withdrew or corrected it.
    """

    id: str
    kind: str
    value: Decimal | None
    region: str | None
    observed_at: datetime
    ended_at: datetime | None
    recorded_at: datetime
    source: str
    place: str | None
    feed: str | None
    authority: str | None
    report: str | None
    retracts: str | None
    retracted_by: str | None
    retracted_at: datetime | None
    holds: list[str]
    """The rules that hold the present colour by this fact."""


class KnownReason(msgspec.Struct, frozen=True):
    """A rule that holds the colour, in both languages, and the fact it holds by."""

    rule: str
    colour: Colour
    fact: str
    since: datetime
    until: datetime | None
    reason: Words


class KnownStanding(msgspec.Struct, frozen=True):
    """What the policy of the region of residence makes of the facts at `made_at`."""

    region: str
    policy: str
    state: State
    colour: Colour | None
    valid_until: datetime | None
    reasons: list[KnownReason]


class KnownLook(msgspec.Struct, frozen=True):
    """Somebody else's look or act: when, what, what for, and at which place.

    `how`: at a desk, how one was known there; `why`: where it was by the document alone.
    """

    at: datetime
    action: str
    purpose: str
    place: str | None
    how: How | None
    why: Why | None

    @classmethod
    def of(cls, look: Look, places: dict[UUID, str]) -> "KnownLook":
        place = places.get(look.place) if look.place else None
        how = look.detail.get("how")
        why = look.detail.get("why") if how else None
        return cls(look.at, look.action, look.purpose.value, place, how, why)


class Relative(msgspec.Struct, frozen=True):
    """A family link: `name` whole where the owner registered or sees it, else masked."""

    name: str
    relation: str
    consent: str
    since: datetime
    until: datetime | None


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is known of a person, newest first in every list.

    `account` and `acts_for` are None in the copy of a child. `documents`: how many lead to the
    person, above one where registrations were joined.
    """

    schema: Schema
    made_at: datetime
    person: UUID
    registered_at: datetime
    card: Card
    documents: int
    account: OwnAccount | None
    standing: KnownStanding
    facts: list[KnownFact]
    sheets: list[Handed]
    applications: list[Own]
    paper: Held | None
    passages: list[OwnPassage]
    reports: list[OwnReport]
    entries: list[OwnEntry]
    visits: list[OwnVisit]
    looks: list[KnownLook]
    notices: list[Notice]
    acts_for: list[Relative] | None
    acted_for_by: list[Relative]
