"""The gate for programs: open, let pass, look back, report."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Response, post
from litestar.openapi import ResponseSpec
from litestar.params import Body

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.audit import Purpose
from yimatong.gates import service
from yimatong.gates.entry import check_plate, check_reading
from yimatong.gates.model import Concern, Direction, Entry, Felt, Reason, Tools
from yimatong.gates.pages import ROOM
from yimatong.gates.say import Opening, Speaker, Verdict
from yimatong.gates.scans import RECORDED, Knock, ScanAtOnce, Scans
from yimatong.kernel.words import Language
from yimatong.policy.model import Answer
from yimatong.presence.model import Present, Shown
from yimatong.presence.showing import post_of, present_by
from yimatong.storage import Database
from yimatong.web.pages import AnyRequest
from yimatong.web.routes import IdempotencyKey, allowed


class Entered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A passage; `ticket` from the opening, `temperature` in ℃ as text, or else `felt`."""

    ticket: str
    direction: Direction
    reason: Reason
    temperature: str | None = None
    felt: Felt | None = None
    plate: str | None = None


class Ticket(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ticket of an opening, at most ten minutes old."""

    ticket: str


class Reported(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A doubt about somebody who was just scanned; `note`: at most 300 characters."""

    ticket: str
    concern: Concern
    note: str = ""


class Passed(msgspec.Struct, frozen=True):
    """An earlier passage of the person at any gate."""

    at: datetime
    gate: str
    direction: Direction
    verdict: Answer


@post("/api/v1/gate/openings", opt=allowed(Permission.GATE_SCAN), dependencies=ROOM)
async def open_person(
    data: Annotated[Shown, Body()],
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
        post = await post_of(tx, actor)
        present = await present_by(tx, tools, post, data, Purpose.GATE_CHECK)
        if isinstance(present, Present):
            return await service.opened(tx, tools, post, present, speaker)
    raise present  # after the commit: the try counts


@post("/api/v1/gate/passages", opt=allowed(Permission.GATE_SCAN), dependencies=ROOM)
async def let_pass(
    data: Annotated[Entered, Body()],
    database: Database,
    actor: Actor,
    tools: Tools,
    speaker: Speaker,
) -> Verdict:
    """Decides by the place's table with the temperature and records it. The ticket makes it count
    once: sent again, the first answer comes again."""
    reading = check_reading(data.temperature, data.felt)
    entry = Entry(reading, data.direction, data.reason, check_plate(data.plate))
    async with database.transaction() as tx:
        post = await post_of(tx, actor)
        return await service.passed(tx, tools, post, data.ticket, entry, speaker)


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
        post = await post_of(tx, actor)
        found = await service.seen(tx, tools, post, data.ticket)
    return [Passed(one.at, one.gate, one.direction, one.verdict) for one in found]


@post("/api/v1/gate/reports", opt=allowed(Permission.GATE_SCAN), dependencies=ROOM)
async def report(
    data: Annotated[Reported, Body()],
    database: Database,
    actor: Actor,
    tools: Tools,
    speaker: Speaker,
) -> Verdict:
    """Refuses somebody whose track or code is in doubt, and keeps why."""
    async with database.transaction() as tx:
        post = await post_of(tx, actor)
        return await service.reported(
            tx, tools, post, data.ticket, data.concern, data.note, speaker
        )


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


ROUTES = [open_person, let_pass, passages, report, scan_at_once]
