"""What the room hands to others, and what its cache of standings holds."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from yimatong.codes.cwt import Claims
from yimatong.kernel.words import Words
from yimatong.policy.explain import Because
from yimatong.policy.model import Answer, Colour, Policy
from yimatong.policy.standing import Standing

Shape = Literal["circle", "triangle", "octagon", "dashes"]
"""Tells colours apart without seeing colour; `dashes` where there is none."""
SHAPES: Mapping[Colour | None, Shape] = {
    "green": "circle",
    "yellow": "triangle",
    "red": "octagon",
    None: "dashes",
}

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


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What one region's policy says of a person, and how that is shown."""

    policy: Policy
    standing: Standing

    @property
    def look(self) -> str:
        """The colour, or else the state: what the card's word, shape and style go by."""
        return self.standing.colour or self.standing.state

    @property
    def shape(self) -> Shape:
        return SHAPES[self.standing.colour]

    @property
    def to_do(self) -> Words | None:
        """What the edition says to somebody in this state, or with this colour every day."""
        colour = self.standing.colour
        if colour is None:
            return self.policy.states.get(self.standing.state)
        return self.policy.checkin.duty if colour in self.policy.checkin.required_of else None


class Shown(Reading, frozen=True, kw_only=True):
    """What its owner is shown at the moment `as_of`: the standing, and a fresh plain code."""

    as_of: datetime
    registered_at: datetime
    claims: Claims
    text: str

    @property
    def digest(self) -> str:
        """Changes where anything but the code itself does: then the page is drawn anew."""
        return hashlib.sha256(msgspec.json.encode(self.standing)).hexdigest()[:16]


class Elsewhere(Reading, frozen=True, kw_only=True):
    """The same person's facts as a province reads them; `own` is that of residence.

    `answer`: what a checkpoint there answers to the person without fever.
    """

    region: str
    province: Words
    own: bool
    answer: Answer
    reasons: Sequence[Because]
