"""Gathering what every room knows of a person. Each room gives its own; nothing is read across."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from yimatong import ledger, places, registry
from yimatong.access import sessions
from yimatong.access.actor import Actor
from yimatong.audit import Event, Purpose, looks_at
from yimatong.audit import record as audit
from yimatong.codes import paper
from yimatong.codes.standings import Standings
from yimatong.declarations.service import Declarations
from yimatong.desks import about as desks
from yimatong.doors.mine.model import (
    Export,
    KnownFact,
    KnownLook,
    KnownReason,
    KnownStanding,
    OwnAccount,
    Relative,
)
from yimatong.gates import own as gates
from yimatong.kernel.errors import Conflict, NotAllowed
from yimatong.ledger import Recorded
from yimatong.notices.service import Notices
from yimatong.people import family, links
from yimatong.people.service import People
from yimatong.permits import Permits
from yimatong.policy.explain import explain
from yimatong.policy.library import Library
from yimatong.registry import Origin
from yimatong.storage import Tx
from yimatong.venues import about as venues

FRESH = timedelta(minutes=30)
"""How young a log-in must be to take everything away: a phone or computer left lying about shows
a page at a time, and gives no file."""


class Mine:
    """What is known of whom the actor acts for. Each verb works in the caller's transaction."""

    def __init__(self, people: People, library: Library, standings: Standings) -> None:
        self.people = people
        self._library = library
        self._standings = standings
        self._permits = Permits(people, library, standings)
        self.declarations = Declarations(people, library, people.clock, people.randomness)
        self.notices = Notices(people, library, people.clock)

    async def read(self, tx: Tx, actor: Actor) -> Export:
        """Everything, to be looked at. On record.

        Conflict where no card is registered; NotAllowed for anybody's proxy but a child's.
        """
        return await self._read(tx, actor, "mine.read")

    async def take(self, tx: Tx, actor: Actor) -> Export:
        """The same as a file to take away: NotAllowed too where the log-in is older than FRESH."""
        if not await self.is_fresh(tx, actor):
            raise NotAllowed.of("mine.not_fresh", minutes=FRESH.seconds // 60)
        return await self._read(tx, actor, "mine.export")

    async def is_fresh(self, tx: Tx, actor: Actor) -> bool:
        """Whether the log-in is young enough to take everything away."""
        live = await sessions.everywhere(tx, self.people.clock, actor)
        now = self.people.clock.now()
        return any(one.this and now - one.since <= FRESH for one in live)

    async def _read(self, tx: Tx, actor: Actor, action: str) -> Export:
        person, people = await self._whose(tx, actor), self.people
        purpose = Purpose.FAMILY if actor.proxy else Purpose.OWN
        event = Event(actor=actor.account, action=action, purpose=purpose, person=person)
        await audit(tx, people.clock, event)
        known = await people.person(tx, person)
        standing = await self._standing(tx, person, known.region)
        return Export(
            schema="yimatong-export/1",
            made_at=people.clock.now(),
            person=person,
            registered_at=known.registered_at,
            card=await people.card_of(tx, person),
            documents=await people.registrations(tx, person),
            account=None if actor.proxy else await self._account(tx, actor),
            standing=standing,
            facts=await self._facts(tx, person, standing),
            sheets=await self.declarations.everything(tx, person),
            applications=await self._permits.answers(tx, person),
            paper=await paper.held(tx, people.clock, person),
            passages=await gates.passages(tx, people.keys, person),
            reports=await gates.reports(tx, person),
            entries=await desks.entries(tx, people, person),
            visits=await venues.visits(tx, person),
            looks=await self._looks(tx, person),
            notices=await self.notices.about(tx, actor, person),
            acts_for=None if actor.proxy else await self._acts_for(tx, actor.account),
            acted_for_by=await self._acted_for_by(tx, person),
        )

    async def _whose(self, tx: Tx, actor: Actor) -> UUID:
        if actor.person is None:
            raise Conflict.of("mine.no_card")
        if actor.proxy and not await family.is_ward(self.people, tx, actor.account, actor.person):
            raise NotAllowed.of("mine.theirs")
        return actor.person

    async def _account(self, tx: Tx, actor: Actor) -> OwnAccount:
        return OwnAccount(
            await self.people.phone_of(tx, actor.account),
            await self.people.created_at(tx, actor.account),
            await sessions.everywhere(tx, self.people.clock, actor),
            await links.of_account(tx, actor.account),
            await self.notices.wish(tx, actor),
        )

    async def _standing(self, tx: Tx, person: UUID, region: str) -> KnownStanding:
        found = (await self._standings.of(tx, person, region)).standing
        policy = self._library.named(found.policy, self.people.clock.now())
        facts = (await ledger.history(tx, person)).facts
        because = explain(policy, found, facts)
        reasons = [
            KnownReason(one.rule, one.colour, reason.fact, one.since, one.until, one.said.reason)
            for one, reason in zip(because, found.reasons, strict=True)
        ]
        return KnownStanding(
            region, policy.name, found.state, found.colour, found.valid_until, reasons
        )

    async def _facts(self, tx: Tx, person: UUID, standing: KnownStanding) -> list[KnownFact]:
        found = await ledger.recorded(tx, person)
        origins = await registry.origins(tx, person)
        names = await _names(tx, {one.place for one in found if one.place})
        retracted = {one.fact.retracts: one for one in found if one.fact.retracts}
        holds: dict[str, list[str]] = {}
        for reason in standing.reasons:
            holds.setdefault(reason.fact, []).append(reason.rule)
        return [
            _fact(one, names, origins.get(UUID(one.fact.id)), retracted.get(one.fact.id), holds)
            for one in sorted(found, key=_recorded, reverse=True)
        ]

    async def _looks(self, tx: Tx, person: UUID) -> list[KnownLook]:
        found = await looks_at(tx, person, None)
        names = await _names(tx, {one.place for one in found if one.place})
        return [KnownLook.of(one, names) for one in found]

    async def _acts_for(self, tx: Tx, account: UUID) -> list[Relative]:
        return [
            Relative(one.name, one.relation, one.consent, one.since, one.until)
            for one in await family.members(self.people, tx, account)
            if not one.own
        ]

    async def _acted_for_by(self, tx: Tx, person: UUID) -> list[Relative]:
        return [
            Relative(one.name, one.relation, one.consent, one.since, None)
            for one in await family.holders(self.people, tx, person)
        ]


async def _names(tx: Tx, wanted: set[UUID]) -> dict[UUID, str]:
    found = await places.several(tx, wanted) if wanted else {}
    return {id: place.name for id, place in found.items()}


def _recorded(one: Recorded) -> tuple[datetime, datetime, str]:
    return one.fact.recorded_at, one.fact.observed_at, one.fact.id


def _fact(
    one: Recorded,
    names: dict[UUID, str],
    origin: Origin | None,
    retracted: Recorded | None,
    holds: dict[str, list[str]],
) -> KnownFact:
    said = msgspec.structs.asdict(one.fact)
    del said["person"]
    return KnownFact(
        **said,
        place=names.get(one.place) if one.place else None,
        feed=one.feed,
        authority=origin.authority if origin else None,
        report=origin.report if origin else None,
        retracted_by=retracted.fact.id if retracted else None,
        retracted_at=retracted.fact.recorded_at if retracted else None,
        holds=holds.get(one.fact.id, []),
    )


def mine_of(people: People, library: Library, standings: Standings) -> Mine:
    """For handlers that ask for `mine`."""
    return Mine(people, library, standings)
