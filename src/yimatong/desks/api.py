"""The desk for programs: open somebody, hand in a form, the day's entries."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.params import Body

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.desks import (
    courses,
    exporting,
    late,
    opening,
    purchase_api,
    recording,
    today,
    withdrawing,
)
from yimatong.desks.late import Late
from yimatong.desks.model import DeskTools, Opened, Receipt
from yimatong.desks.recording import Sheet
from yimatong.desks.today import Line
from yimatong.desks.wiring import ROOM
from yimatong.kernel.clock import day_of
from yimatong.kernel.words import Words
from yimatong.presence.model import Present, Shown
from yimatong.scenes import Form, FormName, flat
from yimatong.scenes.model import Listed
from yimatong.storage import Database
from yimatong.web.routes import allowed

MAY: dict[str, Any] = {
    "opt": allowed(Permission.DESK_RECORD),
    "dependencies": ROOM,
    "tags": ["desk"],
}


class SceneHere(msgspec.Struct, frozen=True):
    """The scene of the place, with its forms as the scene file says them, and the names that
    fields of the type `listed` choose from, each with what finds it."""

    id: str
    title: Words
    forms: Mapping[FormName, Form]
    listed: tuple[Listed, ...]


class Export(msgspec.Struct, frozen=True):
    """A wish to take the register away."""

    id: UUID


class Handed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`values` by field: text, number, true or false, a list; rows as a list of objects. `seen`:
    how many entries the course had when the form was drawn."""

    ticket: str
    form: str
    values: dict[str, Any]
    seen: int | None = None


class HandedLate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """As `Handed`, of somebody whose QR code was scanned without a network, `seconds` ago; `once`
    is new for each scan, and the same whenever it is sent again."""

    code: str
    seconds: int
    once: UUID
    values: dict[str, Any]


@get("/api/v1/desk/scene", **MAY)
async def scene(database: Database, actor: Actor, tools: DeskTools) -> SceneHere:
    """What can be handed in here."""
    async with database.transaction() as tx:
        here = (await opening.desk_of(tx, tools, actor)).scene
    return SceneHere(here.id, here.title, here.forms, here.listed)


@post("/api/v1/desk/openings", **MAY)
async def open_person(
    data: Annotated[Shown, Body()], database: Database, actor: Actor, tools: DeskTools
) -> Opened:
    """Opens whoever shows a code, with the form that is due. On record."""
    async with database.transaction() as tx:
        desk = await opening.desk_of(tx, tools, actor)
        present = await opening.present_at(tx, tools, desk, data)
        if isinstance(present, Present):
            return await opening.opened(tx, tools, desk, present)
    raise present  # after the commit: the try counts


@post("/api/v1/desk/entries", **MAY)
async def hand_in(
    data: Annotated[Handed, Body()], database: Database, actor: Actor, tools: DeskTools
) -> Receipt:
    """Records a form about the person of the ticket. The ticket makes it count once: sent again,
    the first answer comes again."""
    sheet = Sheet(data.ticket, data.form, flat(data.values), data.seen)
    async with database.transaction() as tx:
        desk = await opening.desk_of(tx, tools, actor)
        return await recording.record(tx, tools, desk, sheet)


@post("/api/v1/desk/entries/late", **MAY)
async def hand_in_late(
    data: Annotated[HandedLate, Body()], database: Database, actor: Actor, tools: DeskTools
) -> Receipt:
    """Records the form of somebody who was scanned without a network, within 24 hours, as of the
    scan; the code has to have been good then. `once` makes it count once."""
    async with database.transaction() as tx:
        desk = await opening.desk_of(tx, tools, actor)
        scan = Late(data.code, data.seconds, data.once)
        scanned = await late.scanned(tx, tools, desk, scan)
        sheet = Sheet("", "record", flat(data.values))
        return await recording.record_of(tx, tools, desk, scanned, sheet)


@get("/api/v1/desk/entries", **MAY)
async def entries(
    database: Database,
    actor: Actor,
    tools: DeskTools,
    day: date | None = None,
    page: int = 0,
) -> list[Line]:
    """Twenty of the place's entries of a day, today without `day`, the newest first. Each is a
    look at its person, and on record."""
    async with database.transaction() as tx:
        desk = await opening.desk_of(tx, tools, actor)
        wanted = day or day_of(tools.clock.now())
        return await today.lines(tx, tools, desk, wanted, max(0, min(page, 9999)))


@get("/api/v1/desk/courses", **MAY)
async def register(database: Database, actor: Actor, tools: DeskTools) -> list[courses.Line]:
    """Who is under observation here: what was missed first. Each line is a look, and on record."""
    async with database.transaction() as tx:
        desk = await opening.desk_of(tx, tools, actor)
        return await courses.register(tx, tools, desk)


@post("/api/v1/desk/courses/{course:uuid}/opening", **MAY)
async def open_course(database: Database, actor: Actor, tools: DeskTools, course: UUID) -> Opened:
    """Opens somebody of the register without a scan."""
    async with database.transaction() as tx:
        desk = await opening.desk_of(tx, tools, actor)
        return await courses.opened(tx, tools, desk, course)


@post("/api/v1/desk/exports", **MAY)
async def ask_export(database: Database, actor: Actor, tools: DeskTools) -> Export:
    """Asks to take the register away; a colleague has to confirm within half an hour."""
    async with database.transaction() as tx:
        desk = await opening.desk_of(tx, tools, actor)
        return Export(await exporting.ask(tx, tools, desk))


@post("/api/v1/desk/exports/{export:uuid}/confirmation", status_code=204, **MAY)
async def confirm_export(database: Database, actor: Actor, tools: DeskTools, export: UUID) -> None:
    """Confirms a colleague's wish to take the register away; never one's own."""
    async with database.transaction() as tx:
        desk = await opening.desk_of(tx, tools, actor)
        await exporting.confirm(tx, tools, desk, export)


@get("/api/v1/desk/exports/{export:uuid}", media_type="text/csv", **MAY)
async def take_export(database: Database, actor: Actor, tools: DeskTools, export: UUID) -> str:
    """The register as CSV, names masked, for whoever asked."""
    async with database.transaction() as tx:
        desk = await opening.desk_of(tx, tools, actor)
        return await exporting.sheet(tx, tools, desk, export)


@post("/api/v1/desk/entries/{entry:uuid}/withdrawal", status_code=204, **MAY)
async def withdraw(database: Database, actor: Actor, tools: DeskTools, entry: UUID) -> None:
    """Takes an entry of this place back within 24 hours, with every fact it recorded."""
    async with database.transaction() as tx:
        desk = await opening.desk_of(tx, tools, actor)
        await withdrawing.withdraw(tx, tools, desk, entry)


ROUTES = [
    scene, open_person, hand_in, hand_in_late, entries, register, open_course, ask_export,
    confirm_export, take_export, withdraw, *purchase_api.ROUTES,
]  # fmt: skip
