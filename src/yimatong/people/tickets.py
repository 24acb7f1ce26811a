"""Tickets: what a browser carries from one step of a log-in to the next, and in a form.

Sealed, so that neither number nor request can be read or made up by who holds it, and good
for the ten minutes that the SMS code is; a form's for a day.
"""

import base64
import binascii
from datetime import datetime
from typing import Literal, TypeVar
from uuid import UUID

import msgspec

from yimatong.kernel.clock import Clock
from yimatong.kernel.errors import BadInput
from yimatong.keys import CannotOpen, KeyRing


class CodeTicket(msgspec.Struct, frozen=True, tag="code"):
    """A code was sent to `phone` (E.164) for `request`."""

    phone: str
    request: UUID
    until: datetime


class PostTicket(msgspec.Struct, frozen=True, tag="post"):
    """The SMS code was right; the second factor of the account's post is still to come."""

    account: UUID
    until: datetime


Whom = Literal["adult", "child"]
"""For whom one asks to act: the phone's owner, or children they have registered."""


class ConsentTicket(msgspec.Struct, frozen=True, tag="consent"):
    """`account` asked the owner of `phone` to agree that it acts for them or their children."""

    phone: str
    request: UUID
    account: UUID
    whom: Whom
    relation: str
    until: datetime


class GrantTicket(msgspec.Struct, frozen=True, tag="grant"):
    """The owner of `agreeing` agreed, and has no card yet: `account` may register it."""

    agreeing: UUID
    account: UUID
    relation: str
    until: datetime


class JoinTicket(msgspec.Struct, frozen=True, tag="join"):
    """`account` asked to be joined with the one that `phone` logs in to."""

    phone: str
    request: UUID
    account: UUID
    until: datetime


class DeletionTicket(msgspec.Struct, frozen=True, tag="deletion"):
    """A code was sent to the phone of `account`, which is to be deleted."""

    phone: str
    request: UUID
    account: UUID
    until: datetime


class FormTicket(msgspec.Struct, frozen=True, tag="form"):
    """A form at `path` was drawn for `account`, acting for `person`."""

    account: UUID
    person: UUID
    path: str
    until: datetime


class DeskTicket(msgspec.Struct, frozen=True, tag="desk"):
    """The person stands before this post at this place."""

    staff: UUID
    place: UUID
    person: UUID
    until: datetime


AnyTicket = (
    CodeTicket
    | PostTicket
    | ConsentTicket
    | GrantTicket
    | JoinTicket
    | DeletionTicket
    | FormTicket
    | DeskTicket
)
Ticket = TypeVar(
    "Ticket",
    CodeTicket,
    PostTicket,
    ConsentTicket,
    GrantTicket,
    JoinTicket,
    DeletionTicket,
    FormTicket,
    DeskTicket,
)
_CONTEXT = b"people.ticket"
_LONGEST = 1000


def write(keys: KeyRing, ticket: AnyTicket) -> str:
    """As text for a cookie or a JSON field."""
    sealed = keys.seal(msgspec.json.encode(ticket), _CONTEXT)
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def read(keys: KeyRing, clock: Clock, text: str, kind: type[Ticket]) -> Ticket:
    """The ticket; BadInput where it is none of ours, of another step, or too old."""
    try:
        sealed = base64.urlsafe_b64decode(text[:_LONGEST] + "=" * (-len(text) % 4))
        ticket = msgspec.json.decode(keys.open(sealed, _CONTEXT), type=kind)
    except (CannotOpen, binascii.Error, ValueError, msgspec.DecodeError):
        raise BadInput.of("people.ticket.unknown") from None
    if ticket.until <= clock.now():
        raise BadInput.of("people.ticket.unknown")
    return ticket
