"""Facts of the registry by two persons: one proposes, another approves."""

from datetime import datetime, timedelta
from uuid import UUID

from yimatong.access import limits
from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.kernel.clock import Clock
from yimatong.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Where
from yimatong.kernel.ids import Randomness, new_id
from yimatong.ledger import NewFact, history
from yimatong.ledger import record as record_facts
from yimatong.ledger.check import check
from yimatong.people.documents import DocumentKind
from yimatong.people.service import People
from yimatong.policy.facts import Fact
from yimatong.registry import store
from yimatong.registry.acts import require, write_down
from yimatong.registry.model import NewProposal, Origin, Proposal
from yimatong.storage import Tx

LOOK_UPS_PER_HOUR = 20
"""How many documents a registrar may look up (faults.md, 13); whoever has more sends a feed."""

LONGEST = 100
PAGE = 100


async def find_person(
    tx: Tx, people: People, actor: Actor, kind: DocumentKind, number: str
) -> UUID | None:
    """Who holds the document, for a proposal. The caller commits whatever comes out.

    None where nobody does (not an error, so that the look-up is counted). BadInput where it is
    no document's number, TooMany after 20 look-ups in an hour.
    """
    require(actor, Permission.REGISTRY_PROPOSE)
    await limits.take(
        tx,
        people.clock,
        "registry.look_ups",
        actor.account.bytes,
        LOOK_UPS_PER_HOUR,
        timedelta(hours=1),
    )
    person = await people.find_by_document(tx, kind, number)
    await write_down(tx, people.clock, actor, "registry.look_up", person)
    return person


async def propose(
    tx: Tx, clock: Clock, randomness: Randomness, actor: Actor, new: NewProposal
) -> UUID:
    """Keeps a proposal; no fact and no colour follows from it. Its id.

    NotAllowed without the registrar's role; BadInput where the registry does not say this kind,
    where the ledger would not take it, or where authority or report is missing.
    """
    require(actor, Permission.REGISTRY_PROPOSE)
    for name in ("authority", "report"):
        if not 0 < len(getattr(new.origin, name).strip()) <= LONGEST:
            raise BadInput.of("registry.origin_missing", Where(field=name), longest=LONGEST)
    check(_fact(new, actor.account), clock.now())
    id = new_id(randomness)
    await store.insert(tx, id, new, actor.account, clock.now())
    await write_down(tx, clock, actor, "registry.propose", new.person, proposal=id, kind=new.kind)
    return id


async def propose_end(
    tx: Tx,
    clock: Clock,
    randomness: Randomness,
    actor: Actor,
    person: UUID,
    kind: str,
    ended_at: datetime,
    origin: Origin,
) -> list[UUID]:
    """Proposes to end every open fact of the kind: each recorded again with its end.

    NotFound where none is open; else as `propose`.
    """
    require(actor, Permission.REGISTRY_PROPOSE)
    facts = _open((await history(tx, person)).facts, kind, clock.now())
    if not facts:
        raise NotFound.of("registry.nothing_open", Where(field="kind"), kind=kind)
    proposals = [
        NewProposal(
            person=person,
            kind=kind,
            observed_at=fact.observed_at,
            ended_at=ended_at,
            region=fact.region,
            retracts=UUID(fact.id),
            origin=origin,
        )
        for fact in facts
    ]
    return [await propose(tx, clock, randomness, actor, new) for new in proposals]


async def approve(tx: Tx, clock: Clock, randomness: Randomness, actor: Actor, id: UUID) -> UUID:
    """Records what was proposed; the fact's id. The maker is its recorder.

    NotAllowed without the checker's role or for the maker; NotFound; Conflict where it was
    decided already.
    """
    proposal = await _to_decide(tx, actor, id)
    new = NewProposal(
        person=proposal.person,
        kind=proposal.kind,
        observed_at=proposal.observed_at,
        ended_at=proposal.ended_at,
        region=proposal.region,
        retracts=proposal.retracts,
        origin=Origin(proposal.authority, proposal.report),
    )
    [fact] = await record_facts(tx, clock, randomness, [_fact(new, proposal.maker)])
    await store.decide(tx, id, "approved", actor.account, clock.now(), fact)
    await write_down(tx, clock, actor, "registry.approve", proposal.person, proposal=id, fact=fact)
    return fact


async def reject(tx: Tx, clock: Clock, actor: Actor, id: UUID) -> None:
    """Puts a proposal away for good. Errors as `approve`."""
    proposal = await _to_decide(tx, actor, id)
    await store.decide(tx, id, "rejected", actor.account, clock.now(), None)
    await write_down(tx, clock, actor, "registry.reject", proposal.person, proposal=id)


async def waiting(tx: Tx, actor: Actor) -> list[Proposal]:
    """The first hundred undecided proposals, the oldest first."""
    require(actor, Permission.REGISTRY_APPROVE)
    return await store.waiting(tx, PAGE)


async def origins(tx: Tx, person: UUID) -> dict[UUID, Origin]:
    """By which authority's report each recorded fact of a person is known; for the person."""
    return await store.origins(tx, person)


async def _to_decide(tx: Tx, actor: Actor, id: UUID) -> Proposal:
    require(actor, Permission.REGISTRY_APPROVE)
    proposal = await store.lock(tx, id)
    if proposal is None:
        raise NotFound.of("registry.unknown_proposal")
    if proposal.state != "waiting":
        raise Conflict.of("registry.decided", state=proposal.state)
    if proposal.maker == actor.account:
        raise NotAllowed.of("registry.same_person")
    return proposal


def _fact(new: NewProposal, maker: UUID) -> NewFact:
    return NewFact(
        person=new.person,
        kind=new.kind,
        observed_at=new.observed_at,
        ended_at=new.ended_at,
        region=new.region,
        retracts=new.retracts,
        source="registry",
        recorder=maker,
    )


def _open(facts: list[Fact], kind: str, now: datetime) -> list[Fact]:
    retracted = {fact.retracts for fact in facts}
    return [
        fact
        for fact in facts
        if fact.kind == kind
        and fact.id not in retracted
        and (fact.ended_at is None or fact.ended_at > now)
    ]
