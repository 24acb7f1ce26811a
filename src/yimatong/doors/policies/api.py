"""Policies in plain words, for programs; in the language of the request."""

from datetime import datetime

import msgspec
from litestar import Response, get

from yimatong.doors.policies.pages import Status, every, named, one, status
from yimatong.doors.policies.plain import PlainPolicy, plain
from yimatong.kernel.clock import Clock
from yimatong.kernel.words import Language
from yimatong.policy.library import Library
from yimatong.policy.model import Issuing
from yimatong.web.kept import kept_json
from yimatong.web.pages import AnyRequest, site_of
from yimatong.web.routes import PUBLIC, allowed


class PolicyEntry(msgspec.Struct, frozen=True):
    """An edition that is at hand. `status`: in force `now`, `coming`, or `over`."""

    name: str
    region: str
    title: str
    status: Status
    in_force_from: datetime
    in_force_until: datetime | None
    issuing: Issuing


@get("/api/v1/policies", opt=allowed(PUBLIC), tags=["policies"])
async def get_policies(
    request: AnyRequest, library: Library, clock: Clock, language: Language
) -> Response[list[PolicyEntry]]:
    """Every edition that is at hand."""
    now = clock.now()
    found = [
        PolicyEntry(
            policy.name,
            policy.region,
            policy.title.said_in(language),
            status(policy, now),
            policy.in_force_from,
            policy.in_force_until,
            policy.issuing,
        )
        for policy in library.policies()
    ]
    return kept_json(request, found)


@get("/api/v1/policies/{name:str}", opt=allowed(PUBLIC), tags=["policies"])
async def get_policy(
    request: AnyRequest, library: Library, clock: Clock, language: Language, name: str
) -> Response[PlainPolicy]:
    """One edition in plain words, by its full name (`hubei@2020-03-16`); by its region, the one
    in force now."""
    policy = named(library, name, clock.now())
    return kept_json(request, plain(policy, site_of(request).catalogue, language))


ROUTES = [every, one, get_policies, get_policy]
