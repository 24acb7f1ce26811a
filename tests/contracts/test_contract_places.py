"""Every route of a desk, tried with what belongs to another place: nothing is opened or named.

A route that is new is found by itself and fails here until it is said how it is tried.
"""

import uuid

import pytest
from tests.lib.desks import desk, opening
from tests.lib.gates import opened, shown
from tests.lib.logins import administrator, gate, resident, worker
from tests.lib.told import told

from yimatong.access.permissions import PERMISSIONS, Role
from yimatong.doors.web import application

SHEET = {"temperature": "36.5", "outcome": "continues"}
ENTRY = {"direction": "in", "reason": "home", "temperature": "36.5"}
DESKS = {"desk_record", "team", "gate_scan", "gate_passages", "place_approve"}
"""Permissions that are for one's own place or area."""
OTHERS = {
    # what a ticket of another place opens
    "POST /api/v1/desk/entries": lambda it: {
        "ticket": it["desk ticket"], "form": "follow_up", "values": SHEET,
    },
    "POST /api/v1/gate/passages": lambda it: {"ticket": it["gate ticket"], **ENTRY},
    "POST /api/v1/gate/passages/search": lambda it: {"ticket": it["gate ticket"]},
    "POST /api/v1/gate/reports": lambda it: {"ticket": it["gate ticket"], "concern": "track"},
    "POST /api/v1/gate/vehicles/search": lambda it: {"vehicle": it["gate ticket"]},
    # what another place's id leads to
    "POST /api/v1/gate/handovers/{shift:uuid}/taking": lambda it: {},
    "POST /api/v1/desk/entries/{entry:uuid}/withdrawal": lambda it: {},
    "POST /api/v1/desk/courses/{course:uuid}/opening": lambda it: {},
    "POST /api/v1/desk/exports/{export:uuid}/confirmation": lambda it: {},
    "GET /api/v1/desk/exports/{export:uuid}": lambda it: {},
    "POST /api/v1/desk/team/applicants/{applicant:uuid}": lambda it: {},
    "DELETE /api/v1/desk/team/applicants/{applicant:uuid}": lambda it: {},
    "DELETE /api/v1/desk/team/{member:uuid}": lambda it: {},
    "POST /api/v1/desk/team/{member:uuid}/managing": lambda it: {},
    "POST /api/v1/places/{place:uuid}/approval": lambda it: {},
    "POST /api/v1/places/{place:uuid}/refusal": lambda it: {"reason": "x"},
    "POST /api/v1/places/{place:uuid}/closing": lambda it: {},
}  # fmt: skip
"""Each with a body that the own place would take; the answer must be 403 or 404."""
OWN = {
    "GET /api/v1/desk/scene", "GET /api/v1/desk/entries", "GET /api/v1/desk/courses",
    "POST /api/v1/desk/exports", "GET /api/v1/desk/team",
    "POST /api/v1/desk/openings", "POST /api/v1/desk/team/code", "POST /api/v1/gate/openings",
    "POST /api/v1/gate/scans", "GET /api/v1/gate/scene", "GET /api/v1/gate/passages",
    "GET /api/v1/gate/counts", "GET /api/v1/gate/reports", "GET /api/v1/gate/handovers",
    "POST /api/v1/gate/handovers", "GET /api/v1/places",
}  # fmt: skip
"""They take nothing of a place: what they answer is the own one's."""


PARTS = ("shift", "entry", "course", "export", "member", "applicant", "place")


def desk_routes(world):
    """Method and path of each API route of a desk, with its permission."""
    for route in application(world).routes:
        for handler in getattr(route, "route_handlers", ()):
            for method in handler.http_methods - {"OPTIONS", "HEAD"}:
                permission = handler.opt.get("permission")
                if permission in DESKS and route.path.startswith("/api/"):
                    yield f"{method} {route.path}", permission


@pytest.fixture
async def other(world, client):
    """What belongs to other places: a ticket of a clinic and of a gate, an entry, a team, a
    place of another area."""
    person = await resident(world)
    await told(world, person.person, [("declaration", "self", 0)])
    clinic = await desk(world, "fever-clinic", "460100", serial=8)
    guard = await worker(world, Role.GUARD, await gate(world), serial=9)
    seen = await opened(client, guard, code=await shown(client, person))
    return {
        "desk ticket": (await opening(client, clinic, person))["ticket"],
        "gate ticket": seen.json()["ticket"],
        "entry": uuid.uuid4(),
        "course": uuid.uuid4(),
        "shift": uuid.uuid4(),
        "export": uuid.uuid4(),
        "member": clinic.staff,
        "applicant": person.account,
        "place": clinic.place,
    }


@pytest.mark.requirement("HI-10", "HI-11", "HI-13")
async def test_nothing_of_another_place_is_opened_or_named(world, client, other):
    own = {
        "desk_record": await desk(world, "fever-clinic", "460100", serial=1),
        "gate_scan": await worker(world, Role.GUARD, await gate(world), serial=2),
        "place_approve": await administrator(world, "430000"),
    }
    own |= {"team": own["desk_record"], "gate_passages": own["gate_scan"]}
    async with world.database.transaction() as tx:
        await tx.execute("update access_staff set manager = true where id = $1", own["team"].staff)
    for name, permission in desk_routes(world):
        if name in OWN:
            continue
        assert name in OTHERS, f"{name}: say in OTHERS or OWN how it is tried at another place"
        method, path = name.split()
        for part in PARTS:
            path = path.replace(f"{{{part}:uuid}}", str(other[part]))
        body = OTHERS[name](other)
        answer = await client.request(
            method, path, json=body or None, headers=own[permission].headers
        )
        assert answer.status_code in (403, 404), (name, answer.text)
        assert "田" not in answer.text


@pytest.mark.parametrize("role", list(Role))
async def test_no_other_role_gets_anywhere(world, client, other, role):
    login = await _login(world, role)
    for name, permission in desk_routes(world):
        if permission in PERMISSIONS[role]:
            continue
        method, path = name.split()
        for part in PARTS:
            path = path.replace(f"{{{part}:uuid}}", str(other[part]))
        answer = await client.request(method, path, headers=login.headers)
        assert answer.status_code == 403, name


async def _login(world, role):
    if role is Role.RESIDENT:
        return await resident(world, serial=5)
    if role is Role.ADMINISTRATOR:
        return await administrator(world, None, 5)
    place = await gate(world) if role in (Role.GUARD, Role.WORKER, Role.CLERK) else None
    return await worker(world, role, place, serial=5)
