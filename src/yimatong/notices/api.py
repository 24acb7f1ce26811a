"""One's notices, for programs."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, post, put

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.kernel.words import Language
from yimatong.messages.model import Wish
from yimatong.notices.model import Kind
from yimatong.notices.pages import ROOM
from yimatong.notices.service import MOST, Notices, Shown
from yimatong.storage import Database
from yimatong.web.routes import allowed

MAY = allowed(Permission.OWN_NOTICES)


class Because(msgspec.Struct, frozen=True):
    """A reason: the rule and the fact's kind and source, and the rule's words where it has any.

    `until`: when it ends by time alone; null where that takes a new fact.
    """

    rule: str
    kind: str
    source: str
    since: datetime
    until: datetime | None
    reason: str | None
    to_do: str | None


class OneNotice(msgspec.Struct, frozen=True):
    """`before` and `after`: a colour, or a state where there is none. `lapses_at`: of a reminder,
    when it lapses; `after` is what comes then. `person`: whom of the family it is about."""

    id: UUID
    person: UUID
    at: datetime
    kind: Kind
    before: str
    after: str
    policy: str
    reasons: list[Because]
    to_do: list[str]
    lapses_at: datetime | None
    read: bool


class Listed(msgspec.Struct, frozen=True):
    """The newest notices first, and how many of them were not read."""

    notices: list[OneNotice]
    unread: int


class Read(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which notices were read."""

    ids: Annotated[list[UUID], msgspec.Meta(max_length=MOST)]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What comes by SMS beside log-in codes and changes of colour, and in which language."""

    reminders: bool
    invitations: bool
    sms_language: Language


@get("/api/v1/notices", opt=MAY, dependencies=ROOM, tags=["notices"])
async def get_notices(
    database: Database, actor: Actor, notices: Notices, language: Language
) -> Listed:
    """What one was told of oneself and of the family one acts for, in the last 30 days."""
    async with database.transaction() as tx:
        shown = await notices.listed(tx, actor)
    read = [_one(each, language) for each in shown]
    return Listed(read, len([one for one in read if not one.read]))


@post("/api/v1/notices/read", opt=MAY, dependencies=ROOM, tags=["notices"], status_code=204)
async def post_read(data: Read, database: Database, actor: Actor, notices: Notices) -> None:
    """These notices were read; again changes nothing, and others' are left as they are."""
    async with database.transaction() as tx:
        await notices.read(tx, actor, data.ids)


@get("/api/v1/notices/settings", opt=MAY, dependencies=ROOM, tags=["notices"])
async def get_settings(database: Database, actor: Actor, notices: Notices) -> Settings:
    """What comes by SMS."""
    async with database.transaction() as tx:
        wish = await notices.wish(tx, actor)
    return Settings(wish.reminders, wish.invitations, wish.language)


@put("/api/v1/notices/settings", opt=MAY, dependencies=ROOM, tags=["notices"], status_code=204)
async def put_settings(data: Settings, database: Database, actor: Actor, notices: Notices) -> None:
    """Changes what comes by SMS."""
    wish = Wish(data.reminders, data.invitations, data.sms_language)
    async with database.transaction() as tx:
        await notices.keep_wish(tx, actor, wish)


def _one(shown: Shown, language: Language) -> OneNotice:
    notice = shown.notice
    reasons = [
        Because(
            one.why.rule, one.why.kind, one.why.source, one.why.since, one.why.until,
            one.said.reason.said_in(language) if one.said else None,
            one.said.to_do.said_in(language) if one.said else None,
        )
        for one in shown.reasons
    ]  # fmt: skip
    return OneNotice(
        id=notice.id,
        person=notice.person,
        at=notice.at,
        kind=notice.kind,
        before=notice.before,
        after=notice.after,
        policy=notice.policy,
        reasons=reasons,
        to_do=[words.said_in(language) for words in shown.to_do],
        lapses_at=notice.moment,
        read=notice.read_at is not None,
    )


ROUTES = [get_notices, post_read, get_settings, put_settings]
