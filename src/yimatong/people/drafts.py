"""What was typed into a form and not sent yet: sealed, for who typed it alone, and for a while.

There is one draft for each account, person and form; the form is named by its path. A form carries
a sealed mark of whom it was drawn for, so that what is sent after the session ended can be kept
for them, and is given back to nobody but who logs in to the same account.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from yimatong.access.actor import Actor
from yimatong.kernel.clock import SHANGHAI, Clock
from yimatong.kernel.errors import BadInput, NotFound
from yimatong.keys import CannotOpen
from yimatong.people import drafts_store as store
from yimatong.people import family, tickets
from yimatong.people.service import People
from yimatong.people.tickets import FormTicket
from yimatong.storage import Tx

KEPT = timedelta(days=7)
MARKED = timedelta(hours=24)
"""How long after a form was drawn what is typed into it can be kept without a session."""
LED_BACK = timedelta(minutes=30)
"""How long after a session ended amid a form the next log-in leads back to it."""
LARGEST = 20_000
"""Characters of a draft."""
Fields = Mapping[str, Sequence[str]]


class Draft(msgspec.Struct, frozen=True):
    """What was typed; `cut_off` where the session had ended when it was sent."""

    fields: dict[str, list[str]]
    kept_at: datetime
    cut_off: bool


async def keep(
    people: People, tx: Tx, mark: FormTicket, fields: Fields, *, cut_off: bool = False
) -> datetime:
    """Keeps what was typed in place of what was kept before; when. BadInput beyond LARGEST."""
    if sum(len(text) for texts in fields.values() for text in texts) > LARGEST:
        raise BadInput.of("people.draft.too_large", limit=LARGEST)
    now = people.clock.now()
    sealed = people.keys.seal(msgspec.json.encode(fields), _context(mark))
    await store.put(tx, mark.account, mark.person, mark.path, sealed, now, cut_off=cut_off)
    return now


async def read(people: People, tx: Tx, mark: FormTicket) -> Draft | None:
    """What was kept; None where there is none, or its key is gone."""
    since = people.clock.now() - KEPT
    row = await store.get(tx, mark.account, mark.person, mark.path, since)
    if row is None:
        return None
    try:
        plain = people.keys.open(row["fields"], _context(mark))
    except CannotOpen:
        return None
    fields = msgspec.json.decode(plain, type=dict[str, list[str]])
    return Draft(fields, row["kept_at"].astimezone(SHANGHAI), row["cut_off"])


async def drop(tx: Tx, mark: FormTicket) -> None:
    """Nothing is kept of the form any more; where nothing was, that is no mistake."""
    await store.drop(tx, mark.account, mark.person, mark.path)


def mark_of(people: People, actor: Actor, path: str) -> FormTicket | None:
    """Whose form it is that is drawn now; None before a card is registered."""
    if actor.person is None:
        return None
    return FormTicket(actor.account, actor.person, path, people.clock.now() + MARKED)


def write_mark(people: People, mark: FormTicket) -> str:
    return tickets.write(people.keys, mark)


def read_mark(people: People, text: str, path: str) -> FormTicket | None:
    """For whom the form was drawn; None where it is no mark of ours, of another form, or old."""
    try:
        mark = tickets.read(people.keys, people.clock, text, FormTicket)
    except BadInput:
        return None
    return mark if mark.path == path else None


async def way_back(people: People, tx: Tx, actor: Actor) -> str | None:
    """The path of the form amid which the account's session ended a moment ago, if any; the
    session acts for whom it was being filled in."""
    row = await store.latest_cut_off(tx, actor.account, people.clock.now() - LED_BACK)
    if row is None:
        return None
    if row["person"] != actor.person:
        try:
            await family.act_for(people, tx, actor, row["person"])
        except NotFound:
            return None
    path: str = row["path"]
    return path


async def forget(tx: Tx, clock: Clock) -> None:
    """Erases what was kept long enough; for a worker, every hour."""
    await store.forget(tx, clock.now() - KEPT)


def _context(mark: FormTicket) -> bytes:
    return b"people.draft:" + mark.account.bytes + mark.person.bytes + mark.path.encode()
