"""Publishing, correcting, withdrawing, and looking up."""

from datetime import date
from typing import Any
from uuid import UUID

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.information import store
from yimatong.information.checks import checked
from yimatong.information.model import Draft, Entry, Found, Query
from yimatong.kernel.clock import Clock, day_of
from yimatong.kernel.errors import Conflict, NotAllowed, NotFound
from yimatong.kernel.ids import Randomness, new_id
from yimatong.places import divisions
from yimatong.storage import Tx

PAGE = 20
TRACES = 10
"""Of what was corrected or withdrawn, so many of the newest stand below a list."""


class Information:
    """The room's verbs. Each works in the caller's transaction."""

    def __init__(self, clock: Clock, randomness: Randomness) -> None:
        self._clock = clock
        self._randomness = randomness

    @property
    def today(self) -> date:
        return day_of(self._clock.now())

    async def publish(
        self, tx: Tx, actor: Actor, draft: Draft, replaces: UUID | None = None
    ) -> UUID:
        """The id of the new entry, which takes the place of `replaces` where one is named.

        NotAllowed without the permission; BadInput with every mistake; NotFound where there is
        nothing to replace, Conflict where that was corrected or withdrawn already.
        """
        post = _post(actor)
        ready = checked(draft, self.today)
        if replaces is not None:
            await self._standing(tx, replaces)
        entry = new_id(self._randomness)
        await store.insert(tx, entry, ready, post, self._clock.now(), replaces)
        detail = {"entry": str(entry), "kind": ready.kind.value}
        if replaces is None:
            await self._audit(tx, actor, "information.publish", detail)
        else:
            await self._audit(tx, actor, "information.correct", detail | {"of": str(replaces)})
        return entry

    async def withdraw(self, tx: Tx, actor: Actor, entry: UUID) -> None:
        """Takes an entry down; when stays on record. NotAllowed, NotFound, Conflict as above."""
        post = _post(actor)
        await self._standing(tx, entry)
        await store.withdraw(tx, entry, post, self._clock.now())
        await self._audit(tx, actor, "information.withdraw", {"entry": str(entry)})

    async def one(self, tx: Tx, entry: UUID) -> Entry:
        """The entry, whatever became of it; NotFound where there is none."""
        found = await store.get(tx, entry)
        if found is None:
            raise NotFound.of("information.unknown")
        return found

    async def current(self, tx: Tx, query: Query) -> Found:
        """What holds today."""
        window = (PAGE + 1, _offset(query))
        return _page(await store.current(tx, query, _named(query), *window, self.today))

    async def traces(self, tx: Tx, query: Query) -> list[Entry]:
        """The newest of what was corrected or withdrawn."""
        return await store.gone(tx, query, _named(query), TRACES)

    async def every(self, tx: Tx, actor: Actor, query: Query) -> Found:
        """All there is, for who publishes. NotAllowed without the permission."""
        _post(actor)
        return _page(await store.every(tx, query, _named(query), PAGE + 1, _offset(query)))

    async def _standing(self, tx: Tx, entry: UUID) -> None:
        """Conflict where the entry was corrected or withdrawn; nobody else can do so now."""
        await store.lock(tx, entry)
        found = await self.one(tx, entry)
        if found.withdrawn_at or found.replaced_by:
            raise Conflict.of("information.gone_already")

    async def _audit(self, tx: Tx, actor: Actor, action: str, detail: dict[str, Any]) -> None:
        event = Event(
            actor=actor.account, action=action, purpose=Purpose.ADMINISTRATION, detail=detail
        )
        await audit(tx, self._clock, event)


def _post(actor: Actor) -> UUID:
    if actor.staff is None or not actor.may(Permission.INFORMATION_PUBLISH):
        raise NotAllowed.of("information.not_allowed")
    return actor.staff


def _named(query: Query) -> list[str]:
    """Divisions whose name holds the text: who looks for a city finds what is of it."""
    wanted = query.text.lower()
    found = divisions().values() if wanted else ()
    return [one.code for one in found if wanted in f"{one.words.zh} {one.words.en}".lower()]


def _offset(query: Query) -> int:
    return (query.page - 1) * PAGE


def _page(found: list[Entry]) -> Found:
    return Found(found[:PAGE], len(found) > PAGE)
