"""What was told, and what a notice says."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

import msgspec

KEPT = timedelta(days=30)
"""How long a notice can be read."""
AHEAD = timedelta(hours=12)
"""How long before a lapse its reminder comes; at night it waits for the morning, which is
still three hours before."""
UNDECLARED = timedelta(days=3)
"""How long after registering or lapsing somebody is asked to declare, once."""
SMS_A_DAY = 3
"""Of notices to one person."""
SEEN_AGAIN = timedelta(days=7)
"""Everybody is looked at that often, whatever was missed: a moved home, a corrected policy."""

WORSE = {
    "green": 0, "pending": 1, "undeclared": 1, "expired": 1, "refused": 1, "yellow": 2, "red": 3,
}  # fmt: skip
"""How far a look keeps somebody from going about."""
NOT_IN_FORCE = "not_in_force"
UNSPOKEN = "undeclared"


class Kind(StrEnum):
    """A notice's kind."""

    CHANGED = "changed"
    LAPSES = "lapses"
    DECLARE = "declare"


class Why(msgspec.Struct, frozen=True):
    """One reason of a standing as it was told: the rule by its id, the fact by its kind."""

    rule: str
    kind: str
    source: str
    since: datetime
    until: datetime | None


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a person was told last. `look` is a colour, or the state where there is none.

    `version`: from how many facts. `sms_look`: what the person knows by SMS, or from the page
    after a form of one's own; `sms_due`: when an SMS about another look is to go, `sms_day` and
    `sms_count`: how many went on that day. `reminded`, `asked`: of this look's end, to declare.
    """

    person: UUID
    region: str
    version: int
    look: str
    rules: tuple[str, ...]
    since: datetime
    sms_look: str
    sms_due: datetime | None = None
    sms_day: date | None = None
    sms_count: int = 0
    reminded: bool = False
    asked: bool = False
    look_at: datetime


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What is so now. `own`: every new fact since the last look was said by the person;
    `recorded`: there are new facts at all. `ahead`: the look after `changes_at`, where known."""

    region: str
    version: int
    look: str
    rules: tuple[str, ...]
    changes_at: datetime | None
    own: bool = False
    recorded: bool = False
    ahead: str | None = None


class Plan(msgspec.Struct, frozen=True):
    """What follows from a look: what is kept, which notices and which SMS are written.

    `before`, `sms_before`: the look that the page and the latest SMS told of. `read`: what is
    told is not news to who wrote the form.
    """

    told: Told
    before: str
    sms_before: str
    changes_at: datetime | None
    notices: tuple[Kind, ...] = ()
    sms: tuple[Kind, ...] = ()
    read: bool = False


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One notice to one account about one person. `moment`: when it lapses."""

    id: UUID
    account: UUID
    person: UUID
    at: datetime
    kind: Kind
    before: str
    after: str
    policy: str
    reasons: tuple[Why, ...]
    moment: datetime | None = None
    read_at: datetime | None = None
