"""Every policy in plain words, for anybody: a list, and a page for each edition."""

from datetime import datetime
from typing import Any, Literal

from litestar import Response, get

from yimatong.doors.policies.plain import plain
from yimatong.kernel.clock import Clock, minute
from yimatong.kernel.errors import NotFound
from yimatong.kernel.words import Language
from yimatong.places import divisions
from yimatong.policy.library import Library
from yimatong.policy.model import Policy
from yimatong.web.kept import kept_page
from yimatong.web.pages import AnyRequest, page, site_of
from yimatong.web.routes import PUBLIC, allowed

Status = Literal["now", "coming", "over"]


@get("/policies", opt=allowed(PUBLIC), include_in_schema=False)
async def every(request: AnyRequest, library: Library, clock: Clock) -> Response[Any]:
    """Every edition that is at hand."""
    now = clock.now()
    found = [(one, status(one, now)) for one in library.policies()]
    return kept_page(request, page(request, "policies.html", policies=found, minute=minute))


@get("/policies/{name:str}", opt=allowed(PUBLIC), include_in_schema=False)
async def one(
    request: AnyRequest, library: Library, clock: Clock, language: Language, name: str
) -> Response[Any]:
    """One edition by its full name; by its region, the one in force now."""
    policy = named(library, name, clock.now())
    shown = page(
        request,
        "policy.html",
        policy=plain(policy, site_of(request).catalogue, language),
        in_force=status(policy, clock.now()),
        minute=minute,
        divisions=divisions(),
    )
    return kept_page(request, shown)


def named(library: Library, name: str, now: datetime) -> Policy:
    """The edition; NotFound in words for who looks for it on a page."""
    try:
        return library.named(name, now)
    except NotFound:
        raise NotFound.of("policies.unknown", name=name) from None


def status(policy: Policy, now: datetime) -> Status:
    """Whether it is in force `now`, `coming`, or `over`."""
    if policy.in_force_at(now):
        return "now"
    return "coming" if policy.in_force_from > now else "over"
