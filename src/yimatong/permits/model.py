"""An application as an issuer sees it."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum, unique
from uuid import UUID

import msgspec

from yimatong.people.model import Masked
from yimatong.policy.standing import Standing


@unique
class Word(StrEnum):
    """What an issuer may answer; each is the kind `review.…` of a fact."""

    APPROVED = "approved"
    REFUSED = "refused"
    MORE = "more"


class Application(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who waits since `asked_at`; `temperature` is the latest known, in ℃."""

    person: UUID
    asked_at: datetime
    masked: Masked
    standing: Standing
    temperature: Decimal | None


class Own(msgspec.Struct, frozen=True):
    """One's own application: the latest answer since `at`, None while it waits since then.

    `reason` is empty where the answer gave none.
    """

    word: Word | None
    at: datetime
    reason: str
