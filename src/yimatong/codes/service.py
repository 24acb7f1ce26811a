"""What the owner of a code is shown, and why it is so.

A display writes nothing where the standing is cached: two rows of the person, one of the
standing, one signature.
"""

from collections.abc import Sequence
from uuid import UUID

from yimatong.access.actor import Actor
from yimatong.codes import short
from yimatong.codes.mint import Mint
from yimatong.codes.model import Holder, ShortCode, Shown
from yimatong.codes.standings import Standings
from yimatong.kernel.clock import Clock
from yimatong.kernel.errors import Conflict
from yimatong.kernel.ids import Randomness
from yimatong.keys import KeyRing
from yimatong.ledger import history
from yimatong.people.service import People
from yimatong.policy.explain import Because, explain
from yimatong.policy.library import Library
from yimatong.storage import Tx


class Codes:
    """The owner's view. Each verb works in the caller's transaction and for the actor alone."""

    def __init__(
        self, people: People, standings: Standings, mint: Mint, library: Library, clock: Clock
    ) -> None:
        self._people = people
        self._standings = standings
        self._mint = mint
        self._library = library
        self._clock = clock

    async def shown(self, tx: Tx, actor: Actor) -> Shown:
        """The standing as of now and a fresh code. Conflict where no card is registered yet."""
        person = person_of(actor)
        known, masked = await self._people.person(tx, person), await self._people.masked(tx, person)
        now = self._clock.now()
        standing = (await self._standings.of(tx, person, known.region)).standing
        policy = self._library.named(standing.policy, now)
        seen = (masked.name, masked.document_tail)
        claims = self._mint.claims(person, known.region, standing, seen, now)
        text = self._mint.plain(claims)
        return Shown(now, known.registered_at, policy, standing, claims, text)

    async def reasons(self, tx: Tx, actor: Actor, shown: Shown) -> Sequence[Because]:
        """Each reason of the standing explained. Facts are read only where there is one."""
        if not shown.standing.reasons:
            return ()
        facts = (await history(tx, person_of(actor))).facts
        return explain(shown.policy, shown.standing, facts)

    async def short(self, tx: Tx, actor: Actor, keys: KeyRing, randomness: Randomness) -> ShortCode:
        """A new short code; the earlier one is over. Conflict without a card, TooMany."""
        known = await self._people.person(tx, person_of(actor))
        return await short.make(tx, self._clock, randomness, keys, Holder(known.id, known.region))


def person_of(actor: Actor) -> UUID:
    """Conflict where the account has registered no card yet."""
    if actor.person is None:
        raise Conflict.of("codes.no_card")
    return actor.person
