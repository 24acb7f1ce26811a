"""Every route of every desk, tried by every role with what belongs to another place: it opens
nothing, names nothing and changes nothing. A route that is new is found by itself, and fails here
until it is said in TRIES how it is tried."""

import re
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from tests.lib.desks import VISIT
from tests.lib.paper import sheet
from tests.lib.town import Side, contents, side

from yimatong.access.permissions import PERMISSIONS, STAFF_ROLES, Permission, Role
from yimatong.doors.web import application

P = Permission
OF_NO_PLACE = {
    P.DESK, P.END_SESSION, P.PERMIT_REVIEW, P.INFORMATION_PUBLISH, P.INVITE, P.REGISTRY_PROPOSE,
    P.REGISTRY_APPROVE, P.STAFF_MANAGE,
}  # fmt: skip
"""What staff may do that is about no place; the command line's own tests try its areas."""
OF_A_PLACE = {one for role in STAFF_ROLES for one in PERMISSIONS[role]} - OF_NO_PLACE
OF_A_PLACE |= {P.PLACE_SETUP, P.OWN_VENUE}
WHO = (Role.WORKER, Role.GUARD, Role.CLERK, Role.ADMINISTRATOR, Role.RESIDENT)
"""Who tries a route at the own place: the first of these that may."""
STANDS_THERE = {"code", "short"}
"""Things of somebody who stands before the desk, wherever else they have been."""
REFUSED = {403, 404}
VOLATILE = frozenset(
    {
        "alembic_version",
        "audit_event",
        "access_idempotency",
        "access_limit",
        "access_quota",
        "access_session",
    }
)
"""Tables that a refused request may write into: that it was made."""


@dataclass(frozen=True)
class Try:
    """What the own place would take: `sends` in body or form, `at` in the path. `{thing}` is one
    of `tests.lib.town.THINGS`, of the place that the request is about; `first` is made before;
    `ward`: it is done at a ward."""

    sends: dict[str, Any] = field(default_factory=dict)
    at: str = ""
    first: str = ""
    ward: bool = False

    def named(self) -> set[str]:
        return {*re.findall(r"\{(\w+)\}", f"{self.sends}{self.at}")}

    def things(self) -> set[str]:
        return self.named() - STANDS_THERE

    def standing(self) -> set[str]:
        return self.named() & STANDS_THERE


def place(number: int) -> dict[str, Any]:
    return {
        "scene": "fever-clinic", "type": "clinic", "division": "460105", "township": "试验镇",
        "address": f"试验路 {number} 号", "name": "试验医院",
    }  # fmt: skip


ENTRY = {"direction": "in", "reason": "home", "temperature": "36.5"}
FORM = {**VISIT, "risk_area": "no", "fever_contact": "no"}
LATE = {"seconds": 0, "once": str(UUID(int=9))}
CARD = {
    "name": "试验人", "document_kind": "resident_id", "document_number": "110101199003070038",
    "ethnic_group": "01", "region": "hunan",
}  # fmt: skip
SHEET = {"signed_on": "2026-03-02", "sheet": sheet()}
NEXT_OF_KIN = {"short": "{short}", "relation": "parent"}
TRIES = {
    # whoever stands there, and what their ticket opens
    "GET /desk/record": Try(),
    "POST /desk/record": Try({"ticket": "{ticket}"}),
    "POST /desk/record/save": Try({"ticket": "{ticket}", "form": "record", **FORM}),
    "POST /desk/record/late": Try({"code": "{code}", **LATE, "form": "record", **FORM}),
    "GET /desk/record/day": Try(),
    "POST /desk/record/withdraw": Try({"entry": "{entry}"}),
    "GET /api/v1/desk/scene": Try(),
    "POST /api/v1/desk/openings": Try({"code": "{code}"}),
    "POST /api/v1/desk/entries": Try({"ticket": "{ticket}", "form": "record", "values": VISIT}),
    "POST /api/v1/desk/entries/late": Try({"code": "{code}", **LATE, "values": VISIT}),
    "GET /api/v1/desk/entries": Try(),
    "POST /api/v1/desk/entries/{entry:uuid}/withdrawal": Try(at="{entry}"),
    # a ward's register, and taking it away by two
    "GET /desk/record/courses": Try(ward=True),
    "POST /desk/record/courses": Try({"course": "{course}"}, ward=True),
    "POST /desk/record/courses/export": Try({"confirm": "{export}"}, ward=True),
    "GET /desk/record/courses/export/{export:uuid}": Try(at="{export_ready}", ward=True),
    "GET /api/v1/desk/courses": Try(ward=True),
    "POST /api/v1/desk/courses/{course:uuid}/opening": Try(at="{course}", ward=True),
    "POST /api/v1/desk/exports": Try(ward=True),
    "POST /api/v1/desk/exports/{export:uuid}/confirmation": Try(at="{export}", ward=True),
    "GET /api/v1/desk/exports/{export:uuid}": Try(at="{export_ready}", ward=True),
    "GET /desk/gate": Try(),
    "POST /desk/gate": Try({"ticket": "{gate_ticket}"}),
    "POST /desk/gate/pass": Try({"ticket": "{gate_ticket}", **ENTRY}),
    "POST /desk/gate/passages": Try({"ticket": "{gate_ticket}"}),
    "POST /desk/gate/report": Try({"ticket": "{gate_ticket}", "concern": "track"}),
    "POST /api/v1/gate/openings": Try({"code": "{code}"}),
    "POST /api/v1/gate/scans": Try({"code": "{code}", **ENTRY}),
    "POST /api/v1/gate/passages": Try({"ticket": "{gate_ticket}", **ENTRY}),
    "POST /api/v1/gate/passages/search": Try({"ticket": "{gate_ticket}"}),
    "POST /api/v1/gate/reports": Try({"ticket": "{gate_ticket}", "concern": "track"}),
    # a gate's vehicles, its days and its shifts
    "POST /desk/gate/vehicle": Try({"vehicle": "{vehicle}"}),
    "POST /desk/gate/vehicle/done": Try({"vehicle": "{vehicle}"}),
    "POST /api/v1/gate/vehicles/search": Try({"vehicle": "{vehicle}"}),
    "GET /desk/gate/day": Try(),
    "GET /desk/gate/reports": Try(),
    "GET /api/v1/gate/scene": Try(),
    "GET /api/v1/gate/counts": Try(),
    "GET /api/v1/gate/passages": Try(),
    "GET /api/v1/gate/reports": Try(),
    "GET /desk/gate/handover": Try(),
    "POST /desk/gate/handover": Try({"note": "试验", "once": "1"}),
    "POST /desk/gate/handover/taking": Try({"handover": "{handover}"}),
    "GET /api/v1/gate/handovers": Try(),
    "POST /api/v1/gate/handovers": Try({"note": "试验"}),
    "POST /api/v1/gate/handovers/{shift:uuid}/taking": Try(at="{handover}"),
    "GET /desk/clerk": Try(),
    "POST /desk/clerk": Try({**CARD, "why": "paper", "present": "yes"}),
    "POST /desk/clerk/person": Try({"ticket": "{clerk_ticket}"}),
    "POST /desk/clerk/declare": Try({"ticket": "{clerk_ticket}"}),
    "POST /desk/clerk/card": Try({"ticket": "{clerk_ticket}", "once": "{clerk_ticket}"}),
    "POST /desk/clerk/lost": Try({"ticket": "{clerk_ticket}"}),
    "POST /desk/clerk/family": Try({"ticket": "{clerk_ticket}", **NEXT_OF_KIN}),
    "POST /api/v1/desk/persons": Try({"card": CARD, "why": "paper", "present": True}),
    "POST /api/v1/desk/declarations": Try({"ticket": "{clerk_ticket}", **SHEET}),
    "POST /api/v1/desk/papers": Try({"ticket": "{clerk_ticket}"}),
    "POST /api/v1/desk/papers/lost": Try({"ticket": "{clerk_ticket}"}),
    "POST /api/v1/desk/families": Try({"ticket": "{clerk_ticket}", **NEXT_OF_KIN}),
    "POST /api/v1/desk/families/end": Try({"ticket": "{clerk_ticket}", "account": "{applicant}"}),
    # an administrator's area
    "GET /desk/places": Try(),
    "POST /desk/places": Try({"do": "approve", "place": "{pending}"}),
    "GET /api/v1/places": Try(),
    "POST /api/v1/places/{place:uuid}/approval": Try(at="{pending}"),
    "POST /api/v1/places/{place:uuid}/refusal": Try({"reason": "试验"}, at="{pending}"),
    "POST /api/v1/places/{place:uuid}/closing": Try(at="{open}"),
    "GET /desk/venues": Try(),
    "GET /desk/venues/{place:uuid}/poster.pdf": Try(at="{open}"),
    "GET /desk/venues/list.csv": Try(),
    "GET /api/v1/desk/venues": Try(),
    # an owner's venues
    "GET /venues": Try(),
    "GET /venues/new": Try(),
    "POST /venues/new": Try({**place(1), "type": "shop", "scene": ""}),
    "GET /venues/{place:uuid}": Try(at="{venue}"),
    "GET /venues/{place:uuid}/poster.pdf": Try(at="{venue}"),
    "POST /venues/{place:uuid}/close": Try({"sure": "yes"}, at="{venue}"),
    "GET /api/v1/venues": Try(),
    "POST /api/v1/venues": Try({**place(2), "type": "shop", "scene": None}),
    "GET /api/v1/venues/{place:uuid}/counts": Try(at="{venue}"),
    "POST /api/v1/venues/{place:uuid}/closing": Try(at="{venue}"),
    # a resident who becomes a worker
    "GET /desks/new": Try(),
    "GET /desks/join": Try(),
    "POST /desks/join": Try({"code": "AC3D-97KM", "worker": "试验人"}),
    "POST /api/v1/places/joining": Try({"code": "AC3D-97KM", "worker": "试验人"}),
    "GET /api/v1/places/own": Try(),
    "POST /desks/new": Try({**place(3), "area": "460100", "worker": "试验人"}),
    "POST /desks/new/withdraw": Try(first="waiting"),
    "POST /api/v1/places": Try({"worker": "试验人", "place": place(4)}),
    "DELETE /api/v1/places/own": Try(first="waiting"),
    # the team; what ends it comes last
    "GET /desk/team": Try(),
    "POST /desk/team": Try({"do": "remove", "who": "{member}"}),
    "POST /desk/team/code": Try(),
    "GET /api/v1/desk/team": Try(),
    "POST /api/v1/desk/team/code": Try(),
    "POST /api/v1/desk/team/applicants/{applicant:uuid}": Try(at="{applicant}"),
    "DELETE /api/v1/desk/team/applicants/{applicant:uuid}": Try(at="{applicant}"),
    "DELETE /api/v1/desk/team/{member:uuid}": Try(at="{member}"),
    "POST /api/v1/desk/team/{member:uuid}/managing": Try(at="{member}"),
    "DELETE /api/v1/desk/team/{member:uuid}/managing": Try(at="{self}", first="member"),
    "POST /desk/team/close": Try({"sure": "yes"}, first="managing"),
}
UNKNOWN_CODE = {"POST /desks/join", "POST /api/v1/places/joining"}
"""At the own place too they answer that the code is none: there is one answer for all of them."""
_key = count(1)


def desk_routes(world) -> dict[str, Permission]:
    """Every route of a place with its permission, in whatever room."""
    found = {}
    for route in application(world).routes:
        for handler in getattr(route, "route_handlers", ()):
            if handler.opt.get("permission") in OF_A_PLACE:
                for method in handler.http_methods - {"OPTIONS", "HEAD"}:
                    found[f"{method} {route.path}"] = handler.opt["permission"]
    return found


async def things(about: Side, tried: Try) -> dict[str, str]:
    """What the request is about, made anew."""
    if tried.first:
        await about.make(tried.first)
    return {what: await about.make(what) for what in tried.things() | tried.standing()}


async def asked(client, by, name: str, tried: Try, made: dict[str, str]):
    method, path = name.split()
    path = re.sub(r"\{\w+:\w+\}", filled(tried.at, made), path)
    kind, body = "json" if path.startswith("/api/") else "data", filled(tried.sends, made)
    headers = by.headers | {"Idempotency-Key": str(next(_key))}
    return await client.request(method, path, headers=headers, **({kind: body} if body else {}))


def filled(part: Any, made: dict[str, str]) -> Any:
    if isinstance(part, dict):
        return {name: filled(value, made) for name, value in part.items()}
    if isinstance(part, str) and part[1:-1] in made:
        return made[part[1:-1]]
    return part


@pytest.fixture
async def own(world, client) -> Side:
    return await side(world, client, "甲", "460105", "460100")


@pytest.fixture
async def near(world, client) -> Side:
    """The same desks in the same administrator's area."""
    return await side(world, client, "乙", "460106", "460100")


@pytest.fixture
async def far(world, client) -> Side:
    """The same desks in another province."""
    return await side(world, client, "丙", "430102", "430100")


async def test_each_route_of_a_place_is_tried_and_each_that_is_tried_is_there(world):
    found, how = desk_routes(world).keys(), "say in TRIES what its own place would take"
    assert not found - TRIES.keys(), f"{sorted(found - TRIES.keys())}: {how}"
    assert not TRIES.keys() - found, f"{sorted(TRIES.keys() - found)}: no such route any more"


@pytest.mark.requirement("HI-10", "HI-11", "HI-13")
async def test_each_route_takes_what_is_of_its_own_place(world, client, own):
    permissions = desk_routes(world)
    for name, tried in TRIES.items():
        role = next(one for one in WHO if permissions[name] in PERMISSIONS[one])
        made = await things(own, tried)
        by = own.ward[0] if tried.ward else own.logins[role]
        answer = await asked(client, by, name, tried, made)
        wanted = (422,) if name in UNKNOWN_CODE else (200, 201, 202, 204, 303)
        assert answer.status_code in wanted, (name, answer.status_code, answer.text[-600:])
        assert not answer.headers.get("location", "").endswith("/login"), name


@pytest.mark.requirement("HI-10", "HI-11", "HI-13")
@pytest.mark.parametrize("role", list(Role))
async def test_nothing_of_another_place_is_opened_named_or_changed(
    world, client, own, near, far, role
):
    permissions = desk_routes(world)
    others = (far,) if role is Role.ADMINISTRATOR else (near, far)
    every = {what for tried in TRIES.values() for what in tried.things()}
    made = [{what: await other.make(what) for what in sorted(every)} for other in others]
    made = [{**one, "code": await own.make("code"), "short": "AC3D-97KM"} for one in made]
    before = await contents(world, VOLATILE)
    for name, tried in TRIES.items():
        may = permissions[name] in PERMISSIONS[role]
        by = own.ward[0] if tried.ward and role is Role.WORKER else own.logins[role]
        for its in made if tried.things() or not may else made[: name.startswith("GET")]:
            answer = await asked(client, by, name, tried, its)
            wanted = {403} if not may else REFUSED if tried.things() else {200}
            assert answer.status_code in wanted, (name, answer.status_code, answer.text[-600:])
            said = [text for other in others for text in other.says if text in answer.text]
            assert not said, (name, said)
    after = await contents(world, VOLATILE)
    assert {table for table in after if after[table] != before[table]} == set()
