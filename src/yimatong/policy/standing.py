"""A standing: what a policy makes of a person's facts at a moment. Derived, never recorded."""

from datetime import datetime

import msgspec

from yimatong.policy.model import Colour, State


class Reason(msgspec.Struct, frozen=True):
    """A rule that holds, and one fact that it holds by.

    `since`: from when, without interruption, this fact holds it. `until`: when it stops by
    time alone; None where that takes a new fact.
    """

    rule: str
    fact: str
    since: datetime
    until: datetime | None


class Standing(msgspec.Struct, frozen=True):
    """The fields of the contract. `colour` is None and `reasons` empty unless `issued`."""

    state: State
    colour: Colour | None
    reasons: tuple[Reason, ...]
    valid_until: datetime | None
    next_change_at: datetime | None
    policy: str
