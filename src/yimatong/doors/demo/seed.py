"""Filling an empty database with the demo's people, by the same verbs that everybody uses."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from yimatong import places
from yimatong.access.actor import Actor
from yimatong.access.permissions import Role
from yimatong.doors.demo.entries import publish
from yimatong.doors.demo.model import Cast, DemoDesk, DemoGate, DemoPerson, DemoStaff, cast
from yimatong.doors.world import World
from yimatong.kernel.clock import FixedClock
from yimatong.ledger.model import NewFact
from yimatong.ledger.service import record
from yimatong.people import workers
from yimatong.people.documents import DocumentKind
from yimatong.people.model import Card
from yimatong.people.phones import check_phone
from yimatong.people.service import People
from yimatong.places.divisions import divisions
from yimatong.places.model import NewPlace
from yimatong.storage import Tx
from yimatong.venues import owning
from yimatong.venues.model import Tools as VenueTools

HAN, FOREIGN = "01", "00"
"""Codes of the ethnic group in the card (GB/T 3304; 00: a national of another country)."""


async def seed(world: World) -> bool:
    """Fills the database once; False where it holds the demo's people already."""
    people = cast()
    async with world.database.transaction() as tx:
        first = check_phone(people.person[0].phone)
        if await world.people.find_account(tx, first):
            return False
        await _staff(world, tx, people)
        for person in people.person:
            await _resident(world, tx, person)
        await publish(world, tx, people)
    return True


async def _staff(world: World, tx: Tx, people: Cast) -> None:
    for member in people.staff:
        await _worker(world, tx, member, None)
    for gate in people.gate:
        place = await _open(world, tx, gate)
        await _worker(world, tx, DemoStaff(Role.GUARD, gate.guard.phone, gate.guard.name), place)
        if gate.clerk:
            clerk = DemoStaff(Role.CLERK, gate.clerk.phone, gate.clerk.name)
            await _worker(world, tx, clerk, place)
    for desk in people.desk:
        await _desk(world, tx, desk)


async def _desk(world: World, tx: Tx, desk: DemoDesk) -> None:
    """A desk with its worker, who answers for it; or a venue of a resident's with its poster."""
    place = await _open(world, tx, desk, desk.scene, desk.owner)
    await places.poster_of(tx, world.clock, world.randomness, place)
    if desk.worker is not None:
        worker = DemoStaff(Role.WORKER, desk.worker.phone, desk.worker.name)
        await _worker(world, tx, worker, place)


async def _open(
    world: World,
    tx: Tx,
    gate: DemoGate | DemoDesk,
    scene: str | None = "gate",
    owner: str | None = None,
) -> UUID:
    new = NewPlace(
        type=gate.type,
        division=gate.division,
        township=gate.township,
        address=gate.address,
        name=gate.name,
        scene=scene,
    )
    if owner:
        account = await world.people.account_for(tx, check_phone(owner))
        tools = VenueTools(world.people, world.standings, world.library)
        resident = Actor(account=account, role=Role.RESIDENT, session=b"")
        place = await owning.register(tx, tools, resident, new)
    else:
        place = await places.register(tx, world.clock, world.randomness, new)
    opener = await world.people.account_for(tx, check_phone(cast().staff[-1].phone))
    administrator = Actor(account=opener, role=Role.ADMINISTRATOR, session=b"")
    await places.approve(tx, world.clock, administrator, place.id)
    return place.id


async def _worker(world: World, tx: Tx, member: DemoStaff, place: UUID | None) -> None:
    manager = member.role in (Role.GUARD, Role.WORKER)
    name, phone, role = member.name, member.phone, member.role
    await workers.add(world.people, tx, name, phone, role, place, manager=manager)


async def _resident(world: World, tx: Tx, person: DemoPerson) -> None:
    now = world.clock.now()
    oldest = max((fact.days_ago for fact in person.facts), default=0)
    people = People(world.keys, FixedClock(now - timedelta(days=oldest, hours=1)), world.randomness)
    account = await people.account_for(tx, check_phone(person.phone))
    card = Card(
        name=person.name,
        document_kind=person.document,
        document_number=person.document_number(_division_of(person.region)),
        ethnic_group=HAN if person.document is DocumentKind.RESIDENT_ID else FOREIGN,
        region=person.region,
        sex=person.sex,
    )
    registered = await people.register_card(tx, account, card)
    for moment, facts in groupby(_facts(person, registered, account, now), lambda pair: pair[0]):
        await record(tx, FixedClock(moment), world.randomness, [fact for _, fact in facts])


def _facts(
    person: DemoPerson, registered: UUID, account: UUID, now: datetime
) -> Iterator[tuple[datetime, NewFact]]:
    """Each fact with when it was recorded: whole days ago, a second apart in the order given."""
    ago = timedelta(minutes=30)
    for place, fact in enumerate(sorted(person.facts, key=lambda fact: -fact.days_ago)):
        moment = now - timedelta(days=fact.days_ago) - ago + timedelta(seconds=place)
        yield (
            moment,
            NewFact(
                person=registered,
                kind=fact.kind,
                observed_at=moment,
                source=fact.source,
                region=fact.region,
                recorder=account,
            ),
        )


def _division_of(region: str) -> str:
    codes = [found.code for found in divisions().values() if found.region == region]
    return next(code for code in codes if not code.endswith("0000"))
