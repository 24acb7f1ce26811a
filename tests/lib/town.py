"""Places of every desk with their people, and what belongs to them: for tests of what one place may
see of another."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx
import msgspec

from tests.lib.desks import VISIT, handed
from tests.lib.gates import opened, shown
from tests.lib.logins import Login, card
from tests.lib.told import told
from yimatong import places
from yimatong.access import sessions, staff
from yimatong.access.actor import Actor
from yimatong.access.permissions import Role
from yimatong.doors.world import World
from yimatong.people import workers
from yimatong.people.phones import check_phone
from yimatong.places import NewPlace, PlaceType
from yimatong.posts import store as posts_store
from yimatong.storage import Tx

SCENES = {
    Role.GUARD: (PlaceType.COMMUNITY, "gate"),
    Role.WORKER: (PlaceType.CLINIC, "fever-clinic"),
    Role.CLERK: (PlaceType.VENUE, None),
}
BEGIN = {"age": 36, "case_type": "contact", "address": "试验路 1 号", "began": "2026-03-02"}
ANYBODY = {"why": "paper", "present": True}
_serial = count(1)


@dataclass
class Side:
    """A gate, a fever clinic, a ward, a clerk's desk and shops in a division. Everything that
    belongs to them begins with `mark`, a character. `logins`: whoever answers for each of the
    desks, an administrator of the `area` and an owner of shops, by role; `ward`: two of a ward."""

    world: World
    client: httpx.AsyncClient
    mark: str
    division: str
    area: str
    logins: dict[Role, Login] = field(default_factory=dict)
    ward: list[Login] = field(default_factory=list)
    code: str = ""

    async def make(self, what: str) -> str:
        """A new thing of this side, by its name among THINGS: its id, or how it is told."""
        return await THINGS[what](self)

    @property
    def says(self) -> tuple[str, ...]:
        """What would name this side to somebody."""
        return (f"{self.mark}试", f"{self.mark}*", self.code)

    async def account(self, tx: Tx) -> Any:
        phone = check_phone(f"1360001{next(_serial):04}")
        return await self.world.people.account_for(tx, phone)

    async def post(self, tx: Tx, role: Role, place: Any = None, area: str | None = None) -> Login:
        """Somebody who works here, logged in at the desk."""
        world, phone = self.world, f"1360002{next(_serial):04}"
        name = f"{self.mark}试岗"
        id, _ = await workers.add(world.people, tx, name, phone, role, place, area, manager=True)
        account = await world.people.account_for(tx, check_phone(phone))
        token = await sessions.start(tx, world.clock, world.randomness, account, staff=id)
        return Login(token, account, staff=id, place=place)

    async def place(
        self, tx: Tx, type: PlaceType, scene: str | None, *, open: bool, by: Any = None
    ) -> Any:
        world, name = self.world, f"{self.mark}试所{next(_serial)}"
        new = NewPlace(
            type=type, division=self.division, township=f"{self.mark}试镇",
            address=f"{self.mark}试路", name=name, scene=scene,
        )  # fmt: skip
        place = await places.register(tx, world.clock, world.randomness, new, by)
        if open:
            chief = Actor(account=place.id, role=Role.ADMINISTRATOR, session=b"")
            await places.approve(tx, world.clock, chief, place.id)
            await places.poster_of(tx, world.clock, world.randomness, place.id)
        return place.id


async def side(
    world: World, client: httpx.AsyncClient, mark: str, division: str, area: str
) -> Side:
    found = Side(world, client, mark, division, area)
    async with world.database.transaction() as tx:
        for role, (type, scene) in SCENES.items():
            found.logins[role] = await found.post(
                tx, role, await found.place(tx, type, scene, open=True)
            )
        ward = await found.place(tx, PlaceType.OBSERVATION, "observation", open=True)
        found.ward = [await found.post(tx, Role.WORKER, ward) for _ in range(2)]
        found.logins[Role.ADMINISTRATOR] = await found.post(tx, Role.ADMINISTRATOR, None, area)
        for role in (Role.ISSUER, Role.REGISTRAR, Role.REGISTRY_CHECKER):
            found.logins[role] = await found.post(tx, role)
        owner = await found.account(tx)
        token = await sessions.start(tx, world.clock, world.randomness, owner)
        found.logins[Role.RESIDENT] = Login(token, owner)
    chief = found.logins[Role.WORKER].headers
    found.code = (await client.post("/api/v1/desk/team/code", headers=chief)).json()["code"]
    return found


async def _person(side: Side) -> Login:
    """A resident with a code to show."""
    world, serial = side.world, next(_serial)
    known = card("hunan", serial, f"{side.mark}试人")
    async with world.database.transaction() as tx:
        account = await side.account(tx)
        person = await world.people.register_card(tx, account, known)
        token = await sessions.start(tx, world.clock, world.randomness, account, person=person)
    await told(world, person, [("declaration", "self", 0)])
    return Login(token, account, person)


async def _code(side: Side) -> str:
    return await shown(side.client, await _person(side))


async def _short(side: Side) -> str:
    headers = (await _person(side)).headers | {"Idempotency-Key": str(next(_serial))}
    answer = await side.client.post("/api/v1/code/short", headers=headers)
    text: str = answer.json()["text"]
    return text


async def _ticket(side: Side, by: Login | None = None) -> str:
    headers = (by or side.logins[Role.WORKER]).headers
    body = {"code": await _code(side)}
    answer = await side.client.post("/api/v1/desk/openings", json=body, headers=headers)
    ticket: str = answer.json()["ticket"]
    return ticket


async def _gate_ticket(side: Side) -> str:
    answer = await opened(side.client, side.logins[Role.GUARD], code=await _code(side))
    ticket: str = answer.json()["ticket"]
    return ticket


async def _vehicle(side: Side) -> str:
    """The ticket of a vehicle with somebody in it."""
    ticket, headers = await _gate_ticket(side), side.logins[Role.GUARD].headers
    body = {"ticket": ticket, "direction": "in", "reason": "home", "felt": "normal"}
    plate = {"plate": f"湘A{next(_serial):05}"}
    answer = await side.client.post("/api/v1/gate/passages", json=body | plate, headers=headers)
    vehicle: str = answer.json()["vehicle"]
    return vehicle


async def _handover(side: Side) -> str:
    """Of a colleague at the gate, not taken over yet."""
    async with side.world.database.transaction() as tx:
        colleague = await side.post(tx, Role.GUARD, side.logins[Role.GUARD].place)
    headers = colleague.headers | {"Idempotency-Key": str(next(_serial))}
    body = {"note": f"{side.mark}试事"}
    answer = await side.client.post("/api/v1/gate/handovers", json=body, headers=headers)
    id: str = answer.json()["id"]
    return id


async def _clerk_ticket(side: Side) -> str:
    known = card("hunan", next(_serial) + 500, f"{side.mark}试人")
    body = {"card": msgspec.to_builtins(known), **ANYBODY}
    headers = side.logins[Role.CLERK].headers
    answer = await side.client.post("/api/v1/desk/persons", json=body, headers=headers)
    ticket: str = answer.json()["ticket"]
    return ticket


async def _entry(side: Side) -> str:
    answer = await handed(side.client, side.logins[Role.WORKER], await _ticket(side), VISIT)
    id: str = answer.json()["id"]
    return id


async def _course(side: Side) -> str:
    ticket = await _ticket(side, side.ward[0])
    answer = await handed(side.client, side.ward[0], ticket, BEGIN, "open")
    id: str = answer.json()["id"]
    return id


async def _export(side: Side, by: int = 1) -> str:
    """Asked for by the colleague."""
    headers = side.ward[by].headers
    answer = await side.client.post("/api/v1/desk/exports", headers=headers)
    id: str = answer.json()["id"]
    return id


async def _export_ready(side: Side) -> str:
    """Asked for, and confirmed by the colleague."""
    id, headers = await _export(side, 0), side.ward[1].headers
    await side.client.post(f"/api/v1/desk/exports/{id}/confirmation", headers=headers)
    return id


async def _member(side: Side) -> str:
    async with side.world.database.transaction() as tx:
        return str((await side.post(tx, Role.WORKER, side.logins[Role.WORKER].place)).staff)


async def _self(side: Side) -> str:
    return str(side.logins[Role.WORKER].staff)


async def _managing(side: Side) -> str:
    """Whoever stepped down answers for the clinic again."""
    staff_id = side.logins[Role.WORKER].staff
    assert staff_id is not None
    async with side.world.database.transaction() as tx:
        await staff.set_manager(tx, staff_id, manager=True)
    return ""


async def _applicant(side: Side) -> str:
    world, place = side.world, side.logins[Role.WORKER].place
    assert place is not None
    async with world.database.transaction() as tx:
        account = await side.account(tx)
        await workers.set_name(world.people, tx, account, f"{side.mark}试求")
        await posts_store.ask(tx, account, place, world.clock.now())
    return str(account)


async def _pending(side: Side) -> str:
    async with side.world.database.transaction() as tx:
        return str(await side.place(tx, PlaceType.ROAD, "gate", open=False))


async def _open(side: Side) -> str:
    async with side.world.database.transaction() as tx:
        return str(await side.place(tx, PlaceType.ROAD, "gate", open=True))


async def _venue(side: Side) -> str:
    owner = side.logins[Role.RESIDENT].account
    async with side.world.database.transaction() as tx:
        place = await side.place(tx, PlaceType.SHOP, None, open=True, by=owner)
        await tx.execute(
            "insert into venues_owner values ($1, $2, $3)", place, owner, side.world.clock.now()
        )
    return str(place)


async def _waiting(side: Side) -> str:
    """The owner of shops registers a place of work, and waits; only once more after it is over."""
    world, owner = side.world, side.logins[Role.RESIDENT].account
    async with world.database.transaction() as tx:
        if await staff.of_account(tx, owner) is None:
            place = await side.place(tx, PlaceType.CLINIC, "fever-clinic", open=False, by=owner)
            await workers.set_name(world.people, tx, owner, f"{side.mark}试主")
            await workers.engage(world.people, tx, owner, Role.WORKER, place, manager=True)
    return ""


THINGS: dict[str, Callable[[Side], Awaitable[str]]] = {
    "code": _code, "short": _short, "ticket": _ticket, "gate_ticket": _gate_ticket,
    "vehicle": _vehicle, "handover": _handover,
    "clerk_ticket": _clerk_ticket, "entry": _entry, "course": _course,
    "export": _export, "export_ready": _export_ready, "member": _member, "self": _self,
    "applicant": _applicant, "pending": _pending, "open": _open, "venue": _venue,
    "waiting": _waiting, "managing": _managing,
}  # fmt: skip


async def contents(world: World, without: frozenset[str]) -> dict[str, str]:
    """A digest of what every table holds, but for some."""
    async with world.database.transaction() as tx:
        rows = await tx.fetch(
            """select relname from pg_class join pg_namespace space on space.oid = relnamespace
               where nspname = 'public' and relkind in ('r', 'p') and not relispartition"""
        )
        names = sorted({row["relname"] for row in rows} - without)
        return {
            name: await tx.fetchval(
                f"select md5(string_agg(one::text, ',' order by one::text)) from {name} one"
            )
            for name in names
        }
