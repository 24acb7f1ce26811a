"""The four forms as pages: drawn, kept unfinished, handed in once."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from litestar.response import Redirect, Template

from yimatong.access import idempotency
from yimatong.access.actor import Actor
from yimatong.declarations.drawing import drawn
from yimatong.declarations.model import (
    CheckInSheet,
    DeclarationSheet,
    Receipt,
    ReturnSheet,
    Sheet,
    WorkSheet,
)
from yimatong.declarations.model import Form as Name
from yimatong.declarations.reading import read
from yimatong.declarations.service import Declarations
from yimatong.kernel.clock import Clock, minute
from yimatong.kernel.errors import BadInput, Conflict, TooMany, YimatongError
from yimatong.kernel.ids import Randomness, new_id
from yimatong.kernel.words import Language
from yimatong.people import drafts
from yimatong.people.drafts import Draft
from yimatong.people.service import People
from yimatong.people.tickets import FormTicket
from yimatong.policy.library import Library
from yimatong.storage import Database, Tx
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import AnyRequest, form_again, page
from yimatong.web.ways import onward


class Kind(NamedTuple):
    """A form: what it fills, what handing it in does, and where that leads."""

    name: Name
    sheet: type[Sheet]
    hand_in: Callable[..., Awaitable[Receipt]]
    after: str


AT: Mapping[str, Kind] = {
    "/declare": Kind("declaration", DeclarationSheet, Declarations.declare, "/code"),
    "/checkin": Kind("checkin", CheckInSheet, Declarations.check_in, "/code"),
    "/return": Kind("return", ReturnSheet, Declarations.come_back, "/return/done"),
    "/work": Kind("work", WorkSheet, Declarations.go_to_work, "/work/answer"),
}
"""By the path of the page; the template is called like it."""
LONGEST_KEPT = 1000
"""Characters of one answer in a draft."""
Answer = Template | Redirect


def typed_fields(path: str, form: Form) -> dict[str, list[str]]:
    """What of a form is worth keeping unfinished: its answers, never the promise."""
    names = [field.name for field in msgspec.structs.fields(AT[path].sheet)]
    return {
        name: [text[:LONGEST_KEPT] for text in form.many(name)[:40]]
        for name in names
        if name != "promise" and any(form.many(name))
    }


class Forms:
    """What the pages of the room do in a request."""

    def __init__(
        self,
        people: People,
        library: Library,
        clock: Clock,
        randomness: Randomness,
        database: Database,
    ) -> None:
        self._people = people
        self._clock = clock
        self._randomness = randomness
        self._database = database
        self._declarations = Declarations(people, library, clock, randomness)

    async def show(self, request: AnyRequest, actor: Actor, language: Language) -> Answer:
        """The form, with what was kept of it, else with what does not change from last time."""
        mark = drafts.mark_of(self._people, actor, request.url.path)
        if mark is None:
            return Redirect("/card", status_code=303)
        async with self._database.transaction() as tx:
            draft = await drafts.read(self._people, tx, mark)
            shown = await self._shown(tx, actor, mark, language)
        if draft:
            shown |= {"typed": Form(draft.fields), "draft": _told(draft)}
        return page(request, _template(mark.path), **shown)

    async def take(self, request: AnyRequest, actor: Actor, language: Language) -> Answer:
        """Hands the form in, keeps it for later, or begins it anew, as the button says."""
        form, path = await read_form(request), request.url.path
        mark = drafts.mark_of(self._people, actor, path)
        if mark is None:
            return Redirect("/card", status_code=303)
        try:
            self._refuse_other(mark, form)
            if form["later"] or form["anew"]:
                async with self._database.transaction() as tx:
                    await self._keep(tx, mark, form)
                return Redirect(path, status_code=303)
            await self._hand_in(actor, mark, form, await request.body())
        except (BadInput, Conflict, TooMany) as error:
            async with self._database.transaction() as tx:
                shown = await self._shown(tx, actor, mark, language)
            return form_again(request, _template(path), form, in_words(error), **shown)
        return Redirect(onward(request, AT[path].after), status_code=303)

    async def _hand_in(self, actor: Actor, mark: FormTicket, form: Form, body: bytes) -> None:
        if not form["once"]:
            raise BadInput.of("declarations.no_token")
        key, digest = f"form:{form['once'][:40]}", hashlib.sha256(body).digest()
        kind, account = AT[mark.path], actor.account
        async with self._database.transaction() as tx:
            if await idempotency.begin(tx, self._clock, account, key, digest) is None:
                ground = await self._declarations.ground(tx, actor)
                sheet, unread = read(form, kind.sheet, ground.policy.promise)
                await kind.hand_in(self._declarations, tx, actor, sheet, unread)
                await idempotency.finish(tx, account, key, 303, kind.after.encode())
                await drafts.drop(tx, mark)

    async def _keep(self, tx: Tx, mark: FormTicket, form: Form) -> None:
        if form["anew"]:
            await drafts.drop(tx, mark)
        else:
            await drafts.keep(self._people, tx, mark, typed_fields(mark.path, form))

    def _refuse_other(self, mark: FormTicket, form: Form) -> None:
        """A form that was drawn for one person is not handed in for another."""
        drawn_for = drafts.read_mark(self._people, form["whose"], mark.path)
        if drawn_for and (drawn_for.account, drawn_for.person) != (mark.account, mark.person):
            raise Conflict.of("declarations.other_person")

    async def _shown(
        self, tx: Tx, actor: Actor, mark: FormTicket, language: Language
    ) -> dict[str, Any]:
        ground = await self._declarations.ground(tx, actor)
        last = await self._declarations.last_texts(tx, actor)
        about = hashlib.sha256(mark.account.bytes + mark.person.bytes + mark.path.encode())
        return {
            **drawn(ground, last, language),
            "once": new_id(self._randomness).hex,
            "whose": drafts.write_mark(self._people, mark),
            "draft_key": about.hexdigest()[:20],
            "draft_of": AT[mark.path].name,
            "masked": await self._people.masked(tx, mark.person),
        }


def _template(path: str) -> str:
    return f"{path[1:]}.html"


def _told(draft: Draft) -> dict[str, Any]:
    until: datetime = draft.kept_at + drafts.KEPT
    return {
        "cut_off": draft.cut_off,
        "kept_at": minute(draft.kept_at),
        "until": minute(until),
    }


def in_words(error: YimatongError) -> YimatongError:
    """A used token is told in a person's words, not in those of a program's header."""
    if error.problems[0].code.startswith("access.idempotency"):
        return BadInput.of("declarations.sent_already")
    return error
