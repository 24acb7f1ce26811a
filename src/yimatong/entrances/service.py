"""Logging in by another app: asking it, and what its answer leads to."""

import hashlib
from datetime import timedelta

from yimatong.entrances import store, tickets
from yimatong.entrances.model import App, Failed, Failure
from yimatong.entrances.tickets import Asked, Stranger
from yimatong.kernel.clock import Clock
from yimatong.people import links
from yimatong.people.service import People
from yimatong.storage import Database, Tx

LIFE = timedelta(minutes=10)


def ask(people: People, app: App, back: str) -> tuple[str, str]:
    """Where to send the browser, and the ticket it carries meanwhile.

    The state is 32 random bytes in hexadecimal: WeChat takes letters and digits, 128 at most.
    """
    state = people.randomness(32).hex()
    asked = Asked(app.channel, state, people.clock.now() + LIFE)
    return app.ask(back, state), tickets.write(people.keys, asked)


async def answered(
    people: People, database: Database, app: App, ticket: str, state: str, code: str
) -> Stranger:
    """Whom the app names, as a hash. Each answer counts once, whatever comes of it.

    Failed where this browser did not ask, asked too long ago, was answered before, or was told
    no; else as the app says.
    """
    asked = tickets.read(people.keys, people.clock, ticket, Asked)
    if asked is None or asked.channel is not app.channel or asked.state != state:
        raise Failed(Failure.STATE)
    async with database.transaction() as tx:
        spent = hashlib.sha256(state.encode()).digest()
        if not await store.spend(tx, spent, asked.until):
            raise Failed(Failure.SPENT)
    if not code:
        raise Failed(Failure.REFUSED)
    identity = f"{app.channel}:{await app.identify(code)}"
    until = people.clock.now() + LIFE
    return Stranger(app.channel, links.matches(people, identity), until)


async def forget(tx: Tx, clock: Clock) -> None:
    """Erases what is over; for a worker, every hour."""
    await store.forget(tx, clock.now())
