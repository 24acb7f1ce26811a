"""Proof that a person stood at a desk a moment ago, so that two taps need no second scan.

Sealed for one post at one place: in anybody else's hands it opens nothing.
"""

import base64
import binascii
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec

from yimatong.kernel.clock import SHANGHAI, Clock
from yimatong.kernel.errors import NotAllowed
from yimatong.kernel.ids import Randomness, new_id
from yimatong.keys import CannotOpen, KeyRing
from yimatong.presence.model import How, Post, Present, Why

LIFE = timedelta(minutes=10)
LONGEST = 400
SENT_LATE = timedelta(hours=24)
"""How long after its end a desk may still send what it entered by a ticket; looking is over."""


class Ticket(msgspec.Struct, frozen=True, array_like=True):
    """`id` is new for each scan: one scan is recorded once."""

    id: UUID
    person: UUID
    expires_at: datetime
    how: How
    card: UUID | None = None
    why: Why | None = None

    def moment(self, now: datetime) -> datetime:
        """When what is entered by it was so: now, or the scan's time where it is sent late."""
        return now if now < self.expires_at else (self.expires_at - LIFE).astimezone(SHANGHAI)


def issue(present: Present, post: Post, keys: KeyRing, clock: Clock, randomness: Randomness) -> str:
    """Text of 4/3 of some 100 bytes, fit for a form's field."""
    ticket = Ticket(
        new_id(randomness),
        present.person,
        (clock.now() + LIFE).astimezone(UTC),
        present.how,
        present.card,
        present.why,
    )
    return text_of(ticket, post, keys)


def text_of(ticket: Ticket, post: Post, keys: KeyRing) -> str:
    """The ticket sealed for the post."""
    sealed = keys.seal(msgspec.msgpack.encode(ticket), _context(post))
    return base64.urlsafe_b64encode(sealed).decode()


def opened(
    text: str, post: Post, keys: KeyRing, clock: Clock, *, late: timedelta = timedelta(0)
) -> Ticket:
    """NotAllowed where it is another worker's, another place's, outlived, or none at all.

    `late`: how much longer it may be, for what was typed in time and met no network.
    """
    try:
        sealed = base64.b64decode(text[:LONGEST], altchars=b"-_", validate=True)
        plain = keys.open(sealed, _context(post))
    except (binascii.Error, ValueError, CannotOpen):
        raise NotAllowed.of("presence.ticket.not_yours") from None
    ticket = msgspec.msgpack.decode(plain, type=Ticket)
    if ticket.expires_at + late <= clock.now():
        raise NotAllowed.of("presence.ticket.expired")
    return ticket


def _context(post: Post) -> bytes:
    return b"presence.ticket:" + post.staff.bytes + post.place.id.bytes
