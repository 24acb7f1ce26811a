"""我的健康码信息: what is known, page by page; the copy to take away; deleting the account."""

from collections.abc import Sequence
from importlib import resources
from math import ceil
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.di import Provide
from litestar.response import Redirect, Template
from markupsafe import Markup

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.codes.standings import Standings
from yimatong.declarations.telling import told
from yimatong.doors.mine.ending import Receipt, delete, lines
from yimatong.doors.mine.known import Mine, mine_of
from yimatong.doors.mine.model import Export
from yimatong.doors.mine.records import RECORDS
from yimatong.gates.day import LOOK_BACK
from yimatong.gates.gate import Tools as GateTools
from yimatong.kernel.clock import Clock, minute
from yimatong.kernel.errors import BadInput, Conflict, TooMany, YimatongError
from yimatong.kernel.ids import new_id
from yimatong.kernel.words import Language
from yimatong.people import gone
from yimatong.people.cookies import logged_out
from yimatong.people.service import People
from yimatong.people.steps import address_of
from yimatong.places import divisions
from yimatong.policy.library import Library
from yimatong.scenes import Scenes
from yimatong.scenes.telling import told as values_told
from yimatong.storage import Database
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import AnyRequest, form_again, language_of, page, site_of
from yimatong.web.routes import PUBLIC, allowed

T = TypeVar("T")
PAGE = 20
PARTS = ("facts", "passages", "entries", "visits", "looks")
"""What is shown page by page."""
ACT = "mine.act."
MINE: dict[str, Any] = {
    "dependencies": {"mine": Provide(mine_of, sync_to_thread=False)},
    "include_in_schema": False,
}
OWN: dict[str, Any] = {"opt": allowed(Permission.OWN_RECORD), **MINE}
DELETE: dict[str, Any] = {"opt": allowed(Permission.OWN_CARD), **MINE}
CONFIRM: dict[str, Any] = {"opt": allowed(PUBLIC), "status_code": 200, **MINE}
"""By the sealed ticket and the code alone, so that who sends it again gets the answer again,
though nobody is logged in any more."""
REFUSED = (BadInput, Conflict, TooMany)


@get("/mine", **OWN)
async def show(
    request: AnyRequest,
    database: Database,
    library: Library,
    scenes: Scenes,
    actor: Actor,
    mine: Mine,
    gate_tools: GateTools,
) -> Template | Redirect:
    """What is known, by whom; twenty of a kind on a page."""
    if actor.person is None:
        return Redirect("/card", status_code=303)
    async with database.transaction() as tx:
        known, fresh = await mine.read(tx, actor), await mine.is_fresh(tx, actor)
    since = known.made_at - LOOK_BACK
    lists: dict[str, Sequence[Any]] = {
        "facts": known.facts,
        "passages": [one for one in known.passages if one.at >= since],
        "entries": known.entries,
        "visits": known.visits,
        "looks": known.looks,
    }
    paged = {name: _slice(request, name, lists[name]) for name in PARTS}
    shown = _shown(request, known, library, scenes, gate_tools)
    return page(request, "mine.html", **shown, paged=paged, fresh=fresh)


@get("/mine/copy.json", **OWN)
async def copy_json(database: Database, actor: Actor, mine: Mine) -> Response[bytes]:
    """Everything as JSON, `yimatong-export/1`."""
    async with database.transaction() as tx:
        known = await mine.take(tx, actor)
    body = msgspec.json.format(msgspec.json.encode(known))
    return _file(body, "application/json", f"yimatong-{known.made_at:%Y-%m-%d}.json")


@get("/mine/copy.html", **OWN)
async def copy_html(
    request: AnyRequest,
    database: Database,
    library: Library,
    scenes: Scenes,
    actor: Actor,
    mine: Mine,
    gate_tools: GateTools,
) -> Template:
    """Everything as one file that opens from a disk and prints, in the reader's language."""
    async with database.transaction() as tx:
        known = await mine.take(tx, actor)
    css = resources.files("yimatong.doors.mine").joinpath("copy.css").read_text("utf-8")
    style = Markup(f"<style>{css}</style>")  # noqa: S704  our own file
    shown = _shown(request, known, library, scenes, gate_tools)
    drawn = page(request, "mine_copy.html", **shown, style=style)
    drawn.headers["content-disposition"] = _attached(f"yimatong-{known.made_at:%Y-%m-%d}.html")
    return drawn


@get("/mine/delete", **DELETE)
async def ask_form(
    request: AnyRequest, database: Database, clock: Clock, actor: Actor, mine: Mine
) -> Template:
    """What is erased, what is kept, why and until when; said before anything is done."""
    return await _ask_page(request, database, clock, actor, mine, Form({}))


@post("/mine/delete", status_code=200, **DELETE)
async def ask(
    request: AnyRequest,
    database: Database,
    clock: Clock,
    people: People,
    actor: Actor,
    language: Language,
    mine: Mine,
) -> Template:
    """Sends the code."""
    form = await read_form(request)
    try:
        gone.check_promise(form.ticked("promise"))
        async with database.transaction() as tx:
            once, address = _once(form, people), address_of(request)
            ticket = await gone.ask(people, tx, actor, once, address, language)
    except REFUSED as error:
        return await _ask_page(request, database, clock, actor, mine, form, error)
    return page(request, "mine_delete_code.html", ticket=ticket, path="/mine/delete")


@post("/mine/delete/code", **CONFIRM)
async def confirm(
    request: AnyRequest, database: Database, standings: Standings, mine: Mine
) -> Template:
    """Tries the code; right, the account is gone and this is the receipt."""
    form = await read_form(request)
    shown: dict[str, Any] = {"ticket": form["ticket"], "path": "/mine/delete"}
    try:
        receipt = await delete(mine, standings, database, form["ticket"], form["code"])
    except REFUSED as error:
        return form_again(request, "mine_delete_code.html", Form({}), error, **shown)
    drawn = page(
        request,
        "mine_deleted.html",
        **shown,
        receipt=receipt,
        code=form["code"],
        minute=minute,
        actor=None,
    )
    drawn.cookies = _dropped(request)
    return drawn


@post("/mine/delete/receipt", **CONFIRM)
async def receipt_file(
    request: AnyRequest, database: Database, standings: Standings, mine: Mine
) -> Response[bytes]:
    """The receipt as a file, while the ticket lasts."""
    form = await read_form(request)
    receipt: Receipt = await delete(mine, standings, database, form["ticket"], form["code"])
    body = msgspec.json.format(msgspec.json.encode(receipt))
    return _file(body, "application/json", f"yimatong-deletion-{receipt.at:%Y-%m-%d}.json")


async def _ask_page(
    request: AnyRequest,
    database: Database,
    clock: Clock,
    actor: Actor,
    mine: Mine,
    form: Form,
    error: YimatongError | None = None,
) -> Template:
    async with database.transaction() as tx:
        ends = await gone.ends(mine.people, tx, actor.account)
    shown: dict[str, Any] = {
        "once": new_id(mine.people.randomness),
        "ends": ends,
        "lines": lines(clock.now()),
        "minute": minute,
        "path": "/mine/delete",
    }
    if error is None:
        return page(request, "mine_delete.html", **shown)
    return form_again(request, "mine_delete.html", form, error, **shown)


def _shown(
    request: AnyRequest, known: Export, library: Library, scenes: Scenes, gate_tools: GateTools
) -> dict[str, Any]:
    catalogue, language = site_of(request).catalogue, language_of(request)
    keys = catalogue.keys()
    return {
        "told": lambda one: told(one.receipt, one.texts, catalogue, language),
        "entered": lambda one: values_told(
            scenes.by_id.get(one.scene), one.form, one.values, catalogue, language
        ),
        "scenes": scenes.by_id,
        "asked_at_gate": gate_tools.forms.told,
        "acts": {key.removeprefix(ACT) for key in keys if key.startswith(ACT)},
        "known": known,
        "policy": library.named(known.standing.policy, known.made_at),
        "divisions": divisions(),
        "left_out": [one.name for one in RECORDS if not one.exported],
        "minute": minute,
        "path": "/mine",
    }


def _slice(request: AnyRequest, name: str, items: Sequence[T]) -> dict[str, Any]:
    """One page of a list, by the number in the address; what is no number is the first."""
    text = request.query_params.get(name, "1")
    last = max(1, ceil(len(items) / PAGE))
    number = min(max(int(text), 1), last) if text.isdecimal() and len(text) < 6 else 1
    shown = items[(number - 1) * PAGE : number * PAGE]
    return {"name": name, "items": shown, "number": number, "last": last, "count": len(items)}


def _file(body: bytes, media_type: str, name: str) -> Response[bytes]:
    headers = {"cache-control": "no-store", "content-disposition": _attached(name)}
    return Response(body, media_type=media_type, headers=headers)


def _attached(name: str) -> str:
    return f'attachment; filename="{name}"'


def _once(form: Form, people: People) -> UUID:
    try:
        return UUID(form["once"])
    except ValueError:
        return new_id(people.randomness)


def _dropped(request: AnyRequest) -> list[Cookie]:
    """The browser forgets its session, which is over."""
    return list(logged_out(request, "/").cookies)


ROUTES = [show, copy_json, copy_html, ask_form, ask, confirm, receipt_file]
