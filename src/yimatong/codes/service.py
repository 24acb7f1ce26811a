"""What the owner of a code is shown, and why it is so.

A display writes nothing where the standing is cached: two rows of the person, one of the
standing, one signature.
"""

from collections.abc import Sequence
from uuid import UUID

from yimatong.access.actor import Actor
from yimatong.codes import short
from yimatong.codes.mint import Mint
from yimatong.codes.model import Elsewhere, Holder, ShortCode, Shown
from yimatong.codes.standings import Standings
from yimatong.kernel.clock import Clock
from yimatong.kernel.errors import Conflict
from yimatong.kernel.ids import Randomness
from yimatong.keys import KeyRing
from yimatong.ledger import history
from yimatong.people.regions import offered
from yimatong.people.service import People
from yimatong.policy.admission import admit
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
        return Shown(
            policy=policy,
            standing=standing,
            as_of=now,
            registered_at=known.registered_at,
            claims=claims,
            text=self._mint.plain(claims),
        )

    async def reasons(self, tx: Tx, actor: Actor, shown: Shown) -> Sequence[Because]:
        """Each reason of the standing explained. Facts are read only where there is one."""
        if not shown.standing.reasons:
            return ()
        facts = (await history(tx, person_of(actor))).facts
        return explain(shown.policy, shown.standing, facts)

    async def elsewhere(self, tx: Tx, actor: Actor) -> Sequence[Elsewhere]:
        """What each province whose policy is at hand says as of now, the own first (HB-07).

        Conflict where no card is registered yet.
        """
        person, now = person_of(actor), self._clock.now()
        own = (await self._people.person(tx, person)).region
        provinces = sorted(offered(self._library).items(), key=lambda one: one[0] != own)
        found = await self._standings.many(tx, [(person, region) for region, _ in provinces])
        facts = (await history(tx, person)).facts
        readings = []
        for region, province in provinces:
            standing = found[person, region].standing
            policy = self._library.named(standing.policy, now)
            reading = Elsewhere(
                policy=policy,
                standing=standing,
                region=region,
                province=province,
                own=region == own,
                answer=admit(policy, "checkpoint", standing.colour, "normal"),
                reasons=explain(policy, standing, facts),
            )
            readings.append(reading)
        return readings

    async def short(self, tx: Tx, actor: Actor, keys: KeyRing, randomness: Randomness) -> ShortCode:
        """A new short code; the earlier one is over. Conflict without a card, TooMany."""
        known = await self._people.person(tx, person_of(actor))
        return await short.make(tx, self._clock, randomness, keys, Holder(known.id, known.region))


def person_of(actor: Actor) -> UUID:
    """Conflict where the account has registered no card yet."""
    if actor.person is None:
        raise Conflict.of("codes.no_card")
    return actor.person
