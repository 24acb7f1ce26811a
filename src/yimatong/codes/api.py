"""The code and the standing behind it, for programs and for the page that shows the code."""

from datetime import datetime
from typing import Self

import msgspec
from litestar import get, post

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.codes import paper_api
from yimatong.codes.model import Elsewhere, Shown
from yimatong.codes.pages import CODES
from yimatong.codes.service import Codes
from yimatong.kernel.clock import rfc3339
from yimatong.kernel.ids import Randomness
from yimatong.kernel.words import Language
from yimatong.keys import KeyRing
from yimatong.policy.explain import Because
from yimatong.policy.model import Answer, Colour, RuleColour, State
from yimatong.storage import Database
from yimatong.web.routes import allowed


class CodeAnswer(msgspec.Struct, frozen=True):
    """A plain code. Moments are RFC 3339 with +08:00.

    `text` goes into the QR code as it is. `standing` changes where the standing behind the
    code does; read `/api/v1/standing` again then. `next_change_at`: when time alone changes it.
    `holder` changes with the log-in and with the person it acts for.
    """

    text: str
    expires_at: str
    as_of: str
    state: State
    colour: Colour | None
    standing: str
    holder: str
    valid_until: str | None
    next_change_at: str | None

    @classmethod
    def of(cls, shown: Shown, holder: str) -> Self:
        standing = shown.standing
        return cls(
            shown.text,
            rfc3339(shown.claims.expires_at),
            rfc3339(shown.as_of),
            standing.state,
            standing.colour,
            shown.digest,
            holder,
            _optional(standing.valid_until),
            _optional(standing.next_change_at),
        )


class ReasonAnswer(msgspec.Struct, frozen=True):
    """A rule that holds, what the person is told, the law's sentence, and the fact behind it."""

    rule: str
    colour: RuleColour
    reason: str
    to_do: str
    sentence: str
    kind: str
    source: str
    observed_at: str
    since: str
    until: str | None

    @classmethod
    def of(cls, because: Because, language: Language) -> Self:
        return cls(
            because.rule,
            because.colour,
            because.said.reason.said_in(language),
            because.said.to_do.said_in(language),
            because.said.sentence,
            because.kind,
            because.source,
            rfc3339(because.observed_at),
            rfc3339(because.since),
            _optional(because.until),
        )


class StandingAnswer(msgspec.Struct, frozen=True):
    """The whole standing, explained in the language of the request."""

    state: State
    colour: Colour | None
    policy: str
    title: str
    region: str
    name: str
    document_tail: str
    registered_at: str
    as_of: str
    valid_until: str | None
    next_change_at: str | None
    to_do: str | None
    reasons: list[ReasonAnswer]


class ElsewhereAnswer(msgspec.Struct, frozen=True):
    """What a province says of the person; `own` is that of residence.

    `checkpoint`: what a checkpoint there answers to the person without fever.
    """

    region: str
    province: str
    own: bool
    policy: str
    title: str
    state: State
    colour: Colour | None
    checkpoint: Answer
    valid_until: str | None
    next_change_at: str | None
    to_do: str | None
    reasons: list[ReasonAnswer]

    @classmethod
    def of(cls, reading: Elsewhere, language: Language) -> Self:
        standing = reading.standing
        return cls(
            reading.region,
            reading.province.said_in(language),
            reading.own,
            standing.policy,
            reading.policy.title.said_in(language),
            standing.state,
            standing.colour,
            reading.answer,
            _optional(standing.valid_until),
            _optional(standing.next_change_at),
            reading.to_do.said_in(language) if reading.to_do else None,
            [ReasonAnswer.of(because, language) for because in reading.reasons],
        )


class ShortAnswer(msgspec.Struct, frozen=True):
    """A short code to be read out; good once, until `expires_at`."""

    text: str
    expires_at: str


@get("/api/v1/code", opt=allowed(Permission.OWN_CODE), dependencies=CODES, tags=["codes"])
async def get_code(database: Database, actor: Actor, codes: Codes) -> CodeAnswer:
    """A fresh code of the person who is logged in; 409 before a card is registered."""
    async with database.transaction() as tx:
        return CodeAnswer.of(await codes.shown(tx, actor), actor.holder)


@get("/api/v1/standing", opt=allowed(Permission.OWN_CODE), dependencies=CODES, tags=["codes"])
async def get_standing(
    database: Database, actor: Actor, codes: Codes, language: Language
) -> StandingAnswer:
    """What colour, by which rules and facts, since and until when, and what to do about it."""
    async with database.transaction() as tx:
        shown = await codes.shown(tx, actor)
        reasons = await codes.reasons(tx, actor, shown)
    standing, claims = shown.standing, shown.claims
    return StandingAnswer(
        standing.state,
        standing.colour,
        standing.policy,
        shown.policy.title.said_in(language),
        claims.region,
        claims.name,
        claims.document_tail,
        rfc3339(shown.registered_at),
        rfc3339(shown.as_of),
        _optional(standing.valid_until),
        _optional(standing.next_change_at),
        shown.to_do.said_in(language) if shown.to_do else None,
        [ReasonAnswer.of(because, language) for because in reasons],
    )


@get("/api/v1/standings", opt=allowed(Permission.OWN_CODE), dependencies=CODES, tags=["codes"])
async def get_standings(
    database: Database, actor: Actor, codes: Codes, language: Language
) -> list[ElsewhereAnswer]:
    """What each province whose policy is at hand says of the person, the own province first: the
    same facts, read by another policy."""
    async with database.transaction() as tx:
        readings = await codes.elsewhere(tx, actor)
    return [ElsewhereAnswer.of(reading, language) for reading in readings]


@post("/api/v1/code/short", opt=allowed(Permission.OWN_CODE), dependencies=CODES, tags=["codes"])
async def post_short_code(
    database: Database, actor: Actor, codes: Codes, keys: KeyRing, randomness: Randomness
) -> ShortAnswer:
    """A new short code; the earlier one is over.

    Takes no Idempotency-Key: the answer would have to be kept, and sending it again is harmless.
    """
    async with database.transaction() as tx:
        made = await codes.short(tx, actor, keys, randomness)
    return ShortAnswer(made.text, rfc3339(made.expires_at))


def _optional(moment: datetime | None) -> str | None:
    return rfc3339(moment) if moment else None


ROUTES = [get_code, get_standing, get_standings, post_short_code, *paper_api.ROUTES]
