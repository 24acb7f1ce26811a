"""What a browser carries between the steps of a way in, sealed so that it can only carry it."""

import base64
import binascii
from datetime import datetime
from typing import TypeVar

import msgspec

from yimatong.kernel.clock import Clock
from yimatong.keys import CannotOpen, KeyRing
from yimatong.people.links import Channel

_LONGEST = 1000


class Asked(msgspec.Struct, frozen=True, tag="asked"):
    """The browser was sent to an app, which gives `state` back."""

    channel: Channel
    state: str
    until: datetime


class Stranger(msgspec.Struct, frozen=True, tag="stranger"):
    """An app said who somebody is, by hashes that may lead to no account yet."""

    channel: Channel
    matches: list[bytes]
    until: datetime


class Screen(msgspec.Struct, frozen=True, array_like=True, tag="screen"):
    """A browser wants to be logged in by a phone. `secret` is with it alone; the phone is shown
    the number, which stands on the screen, and what kind of browser it is, since when."""

    secret: bytes
    number: str
    browser: str
    since: datetime
    until: datetime


class Scanned(msgspec.Struct, frozen=True, array_like=True, tag="scanned"):
    """What the picture on the screen holds of it: the hash of the secret for the secret."""

    id: bytes
    number: str
    browser: str
    since: datetime
    until: datetime


Ticket = TypeVar("Ticket", Asked, Stranger, Screen, Scanned)


def write(keys: KeyRing, ticket: Asked | Stranger | Screen | Scanned) -> str:
    """As text for a cookie or an address."""
    sealed = keys.seal(msgspec.msgpack.encode(ticket), b"entrances.ticket")
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def read(keys: KeyRing, clock: Clock, written: str, kind: type[Ticket]) -> Ticket | None:
    """The ticket; None where it is none of ours, of another step, or over."""
    try:
        sealed = base64.urlsafe_b64decode(written[:_LONGEST] + "=" * (-len(written) % 4))
        ticket = msgspec.msgpack.decode(keys.open(sealed, b"entrances.ticket"), type=kind)
    except (CannotOpen, binascii.Error, ValueError, msgspec.DecodeError):
        return None
    return ticket if ticket.until > clock.now() else None
