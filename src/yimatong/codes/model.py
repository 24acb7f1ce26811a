"""What the room hands to others, and what its cache of standings holds."""

from datetime import datetime
from uuid import UUID

import msgspec

from yimatong.policy.standing import Standing

Pair = tuple[UUID, str]
"""A person, and the region whose policy is asked."""


class Current(msgspec.Struct, frozen=True):
    """A person's standing as of now. `version`: from how many facts it was derived."""

    standing: Standing
    version: int


class Cached(msgspec.Struct, frozen=True):
    """A standing as it was derived, and what it was derived from.

    It is what `decide` would say from `decided_at` on until `good_until` (None: without end),
    as long as the person has `version` facts and the policy in force has this digest.
    """

    version: int
    policy_digest: bytes
    decided_at: datetime
    good_until: datetime | None
    standing: Standing


class Found(msgspec.Struct, frozen=True):
    """What is stored about a pair: its facts' number now, and a standing if one is cached."""

    head: int
    cached: Cached | None


class Difference(msgspec.Struct, frozen=True):
    """A cached standing that is not what its facts say."""

    person: UUID
    region: str
    cached: Standing
    derived: Standing


class Differences(msgspec.Struct, frozen=True):
    """`checked` cached standings were derived again; `waiting` ones are outlived and will be
    derived anew when they are next asked for."""

    checked: int
    waiting: int
    found: tuple[Difference, ...]


class ShortCode(msgspec.Struct, frozen=True):
    """`text` is for people, `AC3D-97KM`."""

    text: str
    expires_at: datetime


class Holder(msgspec.Struct, frozen=True):
    """Whom a short code stands for."""

    person: UUID
    region: str
