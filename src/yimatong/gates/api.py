"""The gate for programs: what is asked, open, let pass, look back, report. What is about a
vehicle, a day or a shift has a file of its own."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.openapi import ResponseSpec
from litestar.params import Body

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.gates import api_day, api_shift, back, service
from yimatong.gates.gate import Tools, gate_of
from yimatong.gates.model import Concern, Doubt, Handed, More
from yimatong.gates.say import Opening, Speaker, Verdict
from yimatong.gates.scans import RECORDED, Knock, ScanAtOnce, Scans
from yimatong.gates.track import Mark
from yimatong.gates.wiring import ROOM
from yimatong.kernel.words import Language, Words
from yimatong.policy.model import Answer
from yimatong.presence.model import Shown
from yimatong.scenes import Form, flat
from yimatong.storage import Database
from yimatong.web.pages import AnyRequest
from yimatong.web.routes import IdempotencyKey, allowed

SCAN: dict[str, Any] = {"opt": allowed(Permission.GATE_SCAN), "dependencies": ROOM}


class GateScene(msgspec.Struct, frozen=True):
    """The scene of the place, with its form as the scene file says it: fields, limits, choices."""

    id: str
    title: Words
    form: Form


class ShownAtGate(Shown, frozen=True, forbid_unknown_fields=True):
    """What the person shows; `vehicle` is the ticket of the vehicle they are in."""

    vehicle: str = ""


class PassageEntered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A passage; `ticket` from the opening, and the answers that the place's scene asks for:
    `temperature` in ℃ as text, or else `felt`; `more` what a scene asks beyond these, by field.
    With `vehicle`, from the verdict of somebody in the same one, its plate need not be said
    again, nor what is the same for all."""

    ticket: str
    direction: str | None = None
    reason: str | None = None
    temperature: str | None = None
    felt: str | None = None
    plate: str | None = None
    more: More | None = None
    vehicle: str = ""


class Ticket(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ticket of an opening, at most ten minutes old."""

    ticket: str


class Reported(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A doubt about somebody who was just scanned; `note`: at most 300 characters."""

    ticket: str
    concern: Concern
    note: str = ""
    vehicle: str = ""


class Passed(msgspec.Struct, frozen=True):
    """An earlier passage of the person at any gate; `mark` where it is worth a look."""

    at: datetime
    gate: str
    direction: str | None
    verdict: Answer
    mark: Mark | None


@get("/api/v1/gate/scene", **SCAN)
async def scene(database: Database, actor: Actor, tools: Tools) -> GateScene:
    """What is asked at this gate."""
    async with database.transaction() as tx:
        gate = await gate_of(tx, tools, actor)
    return GateScene(gate.form.scene.id, gate.form.scene.title, gate.form.form)


@post("/api/v1/gate/openings", **SCAN)
async def open_person(
    data: Annotated[ShownAtGate, Body()],
    database: Database,
    actor: Actor,
    tools: Tools,
    speaker: Speaker,
) -> Opening:
    """Opens somebody who is present: masked name, colour as of now, a ticket.

    By a fresh code; where there is none, by the document in hand, so many an hour, and with the
    reason on record.
    """
    async with database.transaction() as tx:
        gate = await gate_of(tx, tools, actor)
        opening = await service.opened(tx, tools, gate, data, speaker, data.vehicle)
    if isinstance(opening, Opening):
        return opening
    raise opening  # after the commit: the try counts


@post("/api/v1/gate/passages", **SCAN)
async def let_pass(
    data: Annotated[PassageEntered, Body()],
    database: Database,
    actor: Actor,
    tools: Tools,
    speaker: Speaker,
) -> Verdict:
    """Decides by the place's table with the temperature and records it. The ticket makes it count
    once: sent again, the first answer comes again."""
    names = ("direction", "reason", "temperature", "felt", "plate")
    answers = {name: getattr(data, name) for name in names if getattr(data, name) is not None}
    handed = Handed(data.ticket, flat({**(data.more or {}), **answers}), data.vehicle)
    async with database.transaction() as tx:
        gate = await gate_of(tx, tools, actor)
        return await service.passed(tx, tools, gate, handed, speaker)


@post(
    "/api/v1/gate/passages/search",
    opt=allowed(Permission.GATE_PASSAGES),
    dependencies=ROOM,
    status_code=200,
)
async def passages(
    data: Annotated[Ticket, Body()], database: Database, actor: Actor, tools: Tools
) -> list[Passed]:
    """The passages of 14 days of the person of the ticket, the newest first, at most 100."""
    async with database.transaction() as tx:
        gate = await gate_of(tx, tools, actor)
        found = await back.seen(tx, tools, gate, data.ticket)
    return [Passed(one.at, one.gate, one.direction, one.verdict, one.mark) for one in found]


@post("/api/v1/gate/reports", **SCAN)
async def report(
    data: Annotated[Reported, Body()],
    database: Database,
    actor: Actor,
    tools: Tools,
    speaker: Speaker,
) -> Verdict:
    """Refuses somebody whose track or code is in doubt, and keeps why."""
    doubt = Doubt(data.ticket, data.concern, data.note, data.vehicle)
    async with database.transaction() as tx:
        gate = await gate_of(tx, tools, actor)
        return await service.reported(tx, tools, gate, doubt, speaker)


@post(
    "/api/v1/gate/scans",
    opt=allowed(Permission.GATE_SCAN),
    responses={201: ResponseSpec(Verdict, generate_examples=False, description="Recorded")},
)
async def scan_at_once(
    data: Annotated[ScanAtOnce, Body()],
    key: IdempotencyKey,
    request: AnyRequest,
    scans: Scans,
    language: Language,
) -> Response[bytes]:
    """Opens and decides in one request, for gates that read code and temperature by themselves.
    The key makes it count once: sent again, the first answer comes again."""
    answer = await scans.submit(Knock(request.auth, key, data, language))
    return Response(answer, status_code=RECORDED, media_type="application/json")


ROUTES = [
    scene,
    open_person,
    let_pass,
    passages,
    report,
    scan_at_once,
    *api_day.ROUTES,
    *api_shift.ROUTES,
]
