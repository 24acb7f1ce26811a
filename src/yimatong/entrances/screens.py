"""A phone that is logged in logs a screen in: the screen shows a picture, the phone confirms.

One use, two minutes, and only the browser that asked has the secret that takes the session up.
Nothing is written before the phone confirms, so that asking for pictures costs no row. It is a
resident's session whoever confirms: a worker's needs the second factor in the worker's hand, at
the screen it is for.
"""

import hashlib
from datetime import timedelta

from yimatong.access.actor import Actor
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.entrances import store, tickets
from yimatong.entrances.tickets import Scanned, Screen
from yimatong.kernel.errors import Conflict, NotFound
from yimatong.kernel.ids import number_below
from yimatong.people import login
from yimatong.people.service import People
from yimatong.storage import Tx

LIFE = timedelta(minutes=2)


def new(people: People, browser: str) -> Screen:
    """What a browser carries that wants to be logged in."""
    now, number = people.clock.now(), number_below(10_000, people.randomness)
    return Screen(people.randomness(32), f"{number:04}", browser, now, now + LIFE)


def picture_text(people: People, screen: Screen) -> str:
    """What the picture says after the address of the page: sealed, and without the secret."""
    shown = Scanned(_id(screen), screen.number, screen.browser, screen.since, screen.until)
    return tickets.write(people.keys, shown)


def scanned(people: People, written: str) -> Scanned:
    """The screen that a phone scanned. NotFound where it is none, or over."""
    found = tickets.read(people.keys, people.clock, written, Scanned)
    if found is None:
        raise NotFound.of("entrances.screen.over")
    return found


async def confirm(people: People, tx: Tx, actor: Actor, written: str) -> Scanned:
    """Lets the screen in. NotFound as above, Conflict where it was confirmed before."""
    screen = scanned(people, written)
    if not await store.confirm(tx, screen.id, actor.account, screen.until):
        raise Conflict.of("entrances.screen.used")
    event = Event(actor=actor.account, action="entrances.screen_confirmed", purpose=Purpose.OWN)
    await audit(tx, people.clock, event)
    return screen


async def is_confirmed(people: People, tx: Tx, screen: Screen) -> bool:
    return await store.confirmed(tx, _id(screen), people.clock.now())


async def enter(people: People, tx: Tx, screen: Screen) -> str | None:
    """The token of the screen's own session, once; None where nobody confirmed it."""
    account = await store.take(tx, _id(screen), people.clock.now())
    return None if account is None else await login.begin(people, tx, account)


def _id(screen: Screen) -> bytes:
    return hashlib.sha256(screen.secret).digest()[:16]
