"""Who waits for an issuer, and what the issuer answers."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.codes.standings import Standings
from yimatong.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Where
from yimatong.ledger import History, NewFact, history, record, unanswered
from yimatong.people.service import People
from yimatong.permits import store
from yimatong.permits.model import Application, Own, Word
from yimatong.policy.facts import Fact
from yimatong.policy.library import Library
from yimatong.policy.model import Policy
from yimatong.storage import Tx

PAGE = 100
LONGEST = 200
ANSWERS = tuple(f"review.{word}" for word in Word)
"""The kinds of what an issuer says."""


class Permits:
    """The room's verbs. Each works in the caller's transaction."""

    def __init__(self, people: People, library: Library, standings: Standings) -> None:
        self._people = people
        self._library = library
        self._standings = standings

    async def waiting(self, tx: Tx, actor: Actor, region: str) -> list[Application]:
        """The first hundred who wait in a region, the longest waiting first; each look audited.

        NotAllowed without an issuer's role; NotFound where the region has no policy; Conflict
        where its codes need no review.
        """
        _require(actor)
        policy = self._policy(region)
        found: list[Application] = []
        last = None
        while page := await unanswered(tx, _asking(policy), ANSWERS, last, PAGE):
            last = page[-1]
            for asked in page:
                if await self._people.region_of(tx, asked.person) == region:
                    found.append(await self._application(tx, actor, asked.person, asked.at, region))
                if len(found) == PAGE:
                    return found
        return found

    async def decide(self, tx: Tx, actor: Actor, person: UUID, word: Word, reason: str) -> UUID:
        """Records the answer to who waits; the fact's id. Audited.

        NotAllowed without an issuer's role or about oneself; BadInput where a word that is not
        an approval gives no reason, or one above 200 characters; NotFound where there is no
        such person; Conflict where the region needs no review or nobody asked since the latest
        answer.
        """
        _require(actor)
        reason = reason.strip()
        if len(reason) > LONGEST or (word is not Word.APPROVED and not reason):
            raise BadInput.of("permits.reason", Where(field="reason"), longest=LONGEST)
        await store.lock(tx, person)
        if await self._people.person_of(tx, actor.account) == person:
            raise NotAllowed.of("permits.own")
        policy = self._policy((await self._people.person(tx, person)).region)
        if not _waits(await history(tx, person), _asking(policy)):
            raise Conflict.of("permits.nothing_waits")
        fact = await self._record(tx, actor, person, word)
        note = await self._people.keep_notes(tx, person, {"reason": reason}) if reason else None
        await store.insert(tx, person, fact, note)
        await self._audit(tx, actor, f"permits.{word}", person)
        return fact

    async def own(self, tx: Tx, actor: Actor) -> Own | None:
        """What became of the person's own application; None where nobody ever asked. Audited."""
        if actor.person is None:
            return None
        policy = self._policy((await self._people.person(tx, actor.person)).region)
        words = (_asking(policy), *ANSWERS)
        said = [fact for fact in _counting(await history(tx, actor.person)) if fact.kind in words]
        await self._audit(tx, actor, "permits.own", actor.person, Purpose.OWN)
        return await self._own(tx, actor.person, max(said, key=_moment)) if said else None

    async def answers(self, tx: Tx, person: UUID) -> list[Own]:
        """Every answer an issuer ever gave the person, the newest first; not a look of its own."""
        said = [fact for fact in (await history(tx, person)).facts if fact.kind in ANSWERS]
        newest = sorted(said, key=_moment, reverse=True)
        return [await self._own(tx, person, fact) for fact in newest]

    def reviewed(self) -> list[Policy]:
        """The policies in force whose codes are reviewed."""
        now = self._people.clock.now()
        return [one for one in self._library.policies() if one.review and one.in_force_at(now)]

    async def _own(self, tx: Tx, person: UUID, latest: Fact) -> Own:
        if latest.kind not in ANSWERS:
            return Own(None, latest.observed_at, "")
        word = Word(latest.kind.removeprefix("review."))
        return Own(word, latest.observed_at, await self._reason(tx, person, latest))

    async def _reason(self, tx: Tx, person: UUID, answer: Fact) -> str:
        """Empty where none was given, or where it was erased with the account."""
        note = await store.note_of(tx, person, UUID(answer.id))
        with suppress(NotFound):
            return (await self._people.notes(tx, person, note))["reason"] if note else ""
        return ""

    async def _application(
        self, tx: Tx, actor: Actor, person: UUID, asked_at: datetime, region: str
    ) -> Application:
        facts = _counting(await history(tx, person))
        measured = [fact for fact in facts if fact.kind == "temperature"]
        await self._audit(tx, actor, "permits.list", person)
        return Application(
            person=person,
            asked_at=asked_at,
            masked=await self._people.masked(tx, person),
            standing=(await self._standings.of(tx, person, region)).standing,
            temperature=max(measured, key=_moment).value if measured else None,
        )

    async def _record(self, tx: Tx, actor: Actor, person: UUID, word: Word) -> UUID:
        clock, randomness = self._people.clock, self._people.randomness
        said = NewFact(
            person=person,
            kind=f"review.{word}",
            observed_at=clock.now(),
            source="issuer",
            recorder=actor.account,
            place=actor.place,
        )
        [fact] = await record(tx, clock, randomness, [said])
        return fact

    def _policy(self, region: str) -> Policy:
        policy = self._library.named(region, self._people.clock.now())
        if policy.review is None:
            raise Conflict.of("permits.no_review", region=policy.title)
        return policy

    async def _audit(
        self,
        tx: Tx,
        actor: Actor,
        action: str,
        person: UUID,
        purpose: Purpose = Purpose.PERMIT_REVIEW,
    ) -> None:
        event = Event(
            actor=actor.account,
            action=action,
            person=person,
            place=actor.place,
            purpose=purpose,
        )
        await audit(tx, self._people.clock, event)


def _require(actor: Actor) -> None:
    if not actor.may(Permission.PERMIT_REVIEW):
        raise NotAllowed.of("permits.not_allowed", role=actor.role.value)


def _asking(policy: Policy) -> str:
    """The kind by which a person asks: a word of the review, else the declaration itself."""
    words = policy.review.by_kind if policy.review else {}
    return "review.requested" if "review.requested" in words else "declaration"


def _waits(known: History, asking: str) -> bool:
    facts = _counting(known)
    asked = [_moment(fact) for fact in facts if fact.kind == asking]
    answered = [_moment(fact) for fact in facts if fact.kind in ANSWERS]
    return bool(asked) and (not answered or max(asked) > max(answered))


def _counting(known: History) -> list[Fact]:
    retracted = {fact.retracts for fact in known.facts}
    return [fact for fact in known.facts if fact.id not in retracted]


def _moment(fact: Fact) -> tuple[datetime, datetime, str]:
    """By which the latest word is the latest (policy.md)."""
    return fact.observed_at, fact.recorded_at, fact.id
