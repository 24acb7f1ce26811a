"""What goes out, and by whom."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

import msgspec


class Sms(msgspec.Struct, frozen=True):
    """A message of the outbox, opened. `phone` in E.164. `sent_at` None: not sent (yet)."""

    id: UUID
    phone: str
    text: str
    created_at: datetime
    sent_at: datetime | None


class Gateway(Protocol):
    """Hands an SMS to whoever carries it; raises OSError where that did not succeed."""

    async def send(self, phone: str, text: str) -> None: ...


class OutboxGateway:
    """Carries nothing anywhere: the outbox itself is the proof. For demo and tests."""

    async def send(self, phone: str, text: str) -> None:
        """The table has it already."""
