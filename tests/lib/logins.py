"""Sessions of residents and workers, made by the same verbs that the log-in uses."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yimatong.access import sessions
from yimatong.access.actor import Actor
from yimatong.access.permissions import Role
from yimatong.doors.world import World
from yimatong.people import workers
from yimatong.people.documents import DocumentKind, check_character
from yimatong.people.model import Card
from yimatong.people.phones import check_phone
from yimatong.places import NewPlace, PlaceType, approve, register


@dataclass(frozen=True)
class Login:
    """`headers` carry the session; `person` is None before a card is registered."""

    token: str
    account: UUID
    person: UUID | None = None
    staff: UUID | None = None
    place: UUID | None = None

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def number(serial: int, born: date = date(1990, 1, 2), division: str = "430100") -> str:
    """A resident ID's number with a right check character, belonging to nobody."""
    body = f"{division}{born:%Y%m%d}{serial % 1000:03}"
    return body + check_character(body)


def card(region: str = "hunan", serial: int = 1, name: str = "田试青") -> Card:
    return Card(
        name=name,
        document_kind=DocumentKind.RESIDENT_ID,
        document_number=number(serial),
        ethnic_group="01",
        region=region,
    )


async def resident(world: World, region: str = "hunan", serial: int = 1) -> Login:
    """A resident with a card, logged in."""
    people = world.people
    async with world.database.transaction() as tx:
        account = await people.account_for(tx, check_phone(f"1390001{serial:04}"))
        person = await people.register_card(tx, account, card(region, serial))
        token = await sessions.start(tx, world.clock, world.randomness, account, person=person)
    return Login(token, account, person)


async def worker(world: World, role: Role, place: UUID | None = None, serial: int = 1) -> Login:
    """A worker's session, as after both factors."""
    phone = f"1380001{serial:04}"
    async with world.database.transaction() as tx:
        staff, _ = await workers.add(world.people, tx, "卫试岗", phone, role, place)
        account = await world.people.account_for(tx, check_phone(phone))
        token = await sessions.start(tx, world.clock, world.randomness, account, staff=staff)
    return Login(token, account, staff=staff, place=place)


async def next_shift(world: World, login: Login) -> Login:
    """The same worker, logged in again."""
    async with world.database.transaction() as tx:
        token = await sessions.start(
            tx, world.clock, world.randomness, login.account, staff=login.staff
        )
    return Login(token, login.account, staff=login.staff, place=login.place)


async def administrator(world: World, area: str | None = None, serial: int = 1) -> Login:
    """An administrator of an area, None for everywhere."""
    phone = f"1381001{serial:04}"
    async with world.database.transaction() as tx:
        staff, _ = await workers.add(
            world.people, tx, "卫试管", phone, Role.ADMINISTRATOR, None, area
        )
        account = await world.people.account_for(tx, check_phone(phone))
        token = await sessions.start(tx, world.clock, world.randomness, account, staff=staff)
    return Login(token, account, staff=staff)


async def gate(
    world: World, division: str = "430100", type: PlaceType = PlaceType.COMMUNITY
) -> UUID:
    """A gate that is open."""
    return await place_of(world, type, division, "gate")


async def place_of(world: World, type: PlaceType, division: str, scene: str) -> UUID:
    """A place that is open."""
    new = NewPlace(
        type=type,
        division=division,
        township="试验街道",
        address="试验路 1 号",
        name="试验门",
        scene=scene,
    )
    async with world.database.transaction() as tx:
        place = await register(tx, world.clock, world.randomness, new)
        opener = await world.people.account_for(tx, check_phone("13700010000"))
        administrator = Actor(account=opener, role=Role.ADMINISTRATOR, session=b"")
        await approve(tx, world.clock, administrator, place.id)
    return place.id
