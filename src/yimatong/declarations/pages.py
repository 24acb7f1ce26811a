"""The two forms of a resident, and what was handed in with them."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Any, get_args

from litestar import get, post
from litestar.di import Provide
from litestar.response import Redirect, Template

from yimatong.access import idempotency
from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.declarations.checks import LONGEST, Ground, begins_review
from yimatong.declarations.model import ABROAD, Condition, Lately, Symptom, Transport
from yimatong.declarations.offered import prefectures, provinces
from yimatong.declarations.questions import DECLARED, LATELY
from yimatong.declarations.reading import promise_digest, read_check_in, read_declaration
from yimatong.declarations.service import Declarations
from yimatong.kernel.clock import SHANGHAI, Clock, day_of
from yimatong.kernel.errors import BadInput, Conflict, TooMany, YimatongError
from yimatong.kernel.ids import Randomness, new_id
from yimatong.kernel.words import Language
from yimatong.people.service import People
from yimatong.places import Division
from yimatong.policy.library import Library
from yimatong.storage import Database, Tx
from yimatong.web.forms import Form, read_form
from yimatong.web.pages import AnyRequest, form_again, page
from yimatong.web.routes import allowed
from yimatong.web.ways import onward

AFTER = "/code"
"""Where a person in a queue wants to be next."""


def declarations_of(
    people: People, library: Library, clock: Clock, randomness: Randomness
) -> Declarations:
    """The room's verbs for a request."""
    return Declarations(people, library, clock, randomness)


ROOM = {"declarations": Provide(declarations_of, sync_to_thread=False)}


@get("/declare", opt=allowed(Permission.DECLARE), dependencies=ROOM, include_in_schema=False)
async def declaration_form(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    declarations: Declarations,
    randomness: Randomness,
    language: Language,
) -> Template | Redirect:
    """The empty form, with the texts that were typed last."""
    return await _form(request, database, actor, declarations, randomness, language, "declare")


@get("/checkin", opt=allowed(Permission.CHECK_IN), dependencies=ROOM, include_in_schema=False)
async def check_in_form(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    declarations: Declarations,
    randomness: Randomness,
    language: Language,
) -> Template | Redirect:
    """The daily form."""
    return await _form(request, database, actor, declarations, randomness, language, "checkin")


@post("/declare", opt=allowed(Permission.DECLARE), dependencies=ROOM, include_in_schema=False)
async def declare(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    declarations: Declarations,
    clock: Clock,
    randomness: Randomness,
    language: Language,
) -> Template | Redirect:
    """Records a declaration and goes on to the code; sent twice it counts once."""

    async def hand_in(tx: Tx, form: Form, ground: Ground) -> None:
        sheet, unread = read_declaration(form, ground.policy.promise)
        await declarations.declare(tx, actor, sheet, unread)

    again = (randomness, language, "declare")
    return await _hand_in(request, database, actor, declarations, clock, hand_in, again)


@post("/checkin", opt=allowed(Permission.CHECK_IN), dependencies=ROOM, include_in_schema=False)
async def check_in(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    declarations: Declarations,
    clock: Clock,
    randomness: Randomness,
    language: Language,
) -> Template | Redirect:
    """Records a check-in and goes on to the code; sent twice it counts once."""

    async def hand_in(tx: Tx, form: Form, ground: Ground) -> None:
        sheet, unread = read_check_in(form, ground.policy.promise)
        await declarations.check_in(tx, actor, sheet, unread)

    again = (randomness, language, "checkin")
    return await _hand_in(request, database, actor, declarations, clock, hand_in, again)


@get("/records", opt=allowed(Permission.OWN_RECORD), dependencies=ROOM, include_in_schema=False)
async def records(
    request: AnyRequest, database: Database, actor: Actor, declarations: Declarations
) -> Template | Redirect:
    """What was handed in, and what was promised with it word for word (HB-08)."""
    if actor.person is None:
        return Redirect("/card", status_code=303)
    async with database.transaction() as tx:
        found = await declarations.own(tx, actor, "declaration")
        found += await declarations.own(tx, actor, "checkin")
    found.sort(key=lambda receipt: receipt.made_at, reverse=True)
    return page(request, "records.html", receipts=found, shanghai=SHANGHAI)


async def _form(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    declarations: Declarations,
    randomness: Randomness,
    language: Language,
    name: str,
) -> Template | Redirect:
    if actor.person is None:
        return Redirect("/card", status_code=303)
    async with database.transaction() as tx:
        shown = await _shown(tx, declarations, actor, language)
    return page(request, f"{name}.html", once=new_id(randomness).hex, **shown)


async def _hand_in(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    declarations: Declarations,
    clock: Clock,
    hand_in: Callable[[Tx, Form, Ground], Any],
    again: tuple[Randomness, Language, str],
) -> Template | Redirect:
    form, body = await read_form(request), await request.body()
    key, digest = f"form:{form['once'][:40]}", hashlib.sha256(body).digest()
    try:
        if not form["once"]:
            raise BadInput.of("declarations.no_token")
        async with database.transaction() as tx:
            if await idempotency.begin(tx, clock, actor.account, key, digest) is None:
                await hand_in(tx, form, await declarations.ground(tx, actor))
                await idempotency.finish(tx, actor.account, key, 303, AFTER.encode())
    except (BadInput, Conflict, TooMany) as error:
        return await _again(request, database, actor, declarations, form, error, again)
    return Redirect(onward(request, AFTER), status_code=303)


async def _again(
    request: AnyRequest,
    database: Database,
    actor: Actor,
    declarations: Declarations,
    form: Form,
    error: YimatongError,
    again: tuple[Randomness, Language, str],
) -> Template | Redirect:
    """The form as it was typed; its token is new, since nothing was recorded under the old."""
    randomness, language, name = again
    if actor.person is None:
        return Redirect("/card", status_code=303)
    async with database.transaction() as tx:
        shown = await _shown(tx, declarations, actor, language)
    once = new_id(randomness).hex
    return form_again(request, f"{name}.html", form, _in_words(error), once=once, **shown)


def _in_words(error: YimatongError) -> YimatongError:
    """A used token is told in a person's words, not in those of a program's header."""
    if error.problems[0].code.startswith("access.idempotency"):
        return BadInput.of("declarations.sent_already")
    return error


async def _shown(
    tx: Tx, declarations: Declarations, actor: Actor, language: Language
) -> dict[str, Any]:
    ground = await declarations.ground(tx, actor)
    promise = ground.policy.promise.said_in(language)
    return {
        "last": await declarations.last_texts(tx, actor),
        "today": day_of(ground.now).isoformat(),
        "policy": ground.policy,
        "promise_text": promise,
        "promise_digest": promise_digest(promise),
        "temperature_needed": bool(begins_review(ground.policy)),
        "prefectures": _pairs(prefectures(ground.policy.division), language),
        "provinces": _pairs(provinces(), language),
        "elsewhere": _pairs(_elsewhere(ground), language),
        "abroad": ABROAD,
        "transports": [one for one in get_args(Transport) if one],
        "symptom_names": get_args(Symptom),
        "condition_names": get_args(Condition),
        "lately_names": get_args(Lately),
        "declared": DECLARED,
        "lately": LATELY,
        "longest": LONGEST,
    }


def _elsewhere(ground: Ground) -> list[Division]:
    return [one for one in provinces() if one.code != ground.policy.division]


def _pairs(divisions: Iterable[Division], language: Language) -> list[tuple[str, str]]:
    """Code and name, as a list to choose from wants them."""
    return [(one.code, one.words.said_in(language)) for one in divisions]


ROUTES = [declaration_form, check_in_form, declare, check_in, records]
