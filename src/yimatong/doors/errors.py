"""Whatever goes wrong in a request becomes one clear answer: a page, or problem details."""

from typing import Any

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.response import Redirect, Template

from yimatong.doors.parking import KEPT
from yimatong.kernel.errors import (
    BadInput,
    NotFound,
    NotLoggedIn,
    Problem,
    TooLarge,
    Where,
    YimatongError,
)
from yimatong.kernel.ids import new_id
from yimatong.storage.database import lost, unavailable
from yimatong.web.pages import page, problem_texts
from yimatong.web.problems import problem_response
from yimatong.web.ways import to_log_in

Answer = Response[Any] | Template | Redirect
AnyRequest = Request[Any, Any, Any]
log = structlog.get_logger()
_PASSES = frozenset({429, 500, 503})
"""Statuses after which the same request may do better."""


class Broken(YimatongError):
    """A mistake of ours. The person gets a reference, the log gets the trace."""


class Refused(YimatongError):
    """The framework refused the request before any handler saw it."""


def answer(request: AnyRequest, error: Exception) -> Answer:
    """For every exception that leaves a handler."""
    told = _as_ours(request, error)
    if request.url.path.startswith("/api/"):
        return problem_response(request, told)
    if isinstance(told, NotLoggedIn):
        return to_log_in(request, kept=told.problems[0].code == KEPT)
    again = told.status in _PASSES
    problems = problem_texts(request, told)
    shown = page(request, "error.html", told.status, problems=problems, again=again)
    if told.retry_after is not None:
        shown.headers["retry-after"] = str(told.retry_after)
    return shown


def _as_ours(request: AnyRequest, error: Exception) -> YimatongError:
    if isinstance(error, YimatongError):
        return error
    if lost(error):
        return unavailable()
    if isinstance(error, RecursionError) and "deserializing" in str(error):
        return BadInput.of("web.too_deep")
    if isinstance(error, ValidationException):
        return BadInput(*_field_problems(error))
    if isinstance(error, HTTPException):
        return _refusal(request, error)
    incident = str(new_id(request.app.state.randomness))
    log.error(
        "request.broken",
        incident=incident,
        path=request.url.path,
        error=type(error).__name__,
        exc_info=error,
    )
    return Broken.of("web.broken", incident=incident)


def _refusal(request: AnyRequest, error: HTTPException) -> YimatongError:
    if error.status_code == 404:
        return NotFound.of("web.not_found")
    if error.status_code == 413:
        return TooLarge.of("web.too_large", limit=10)
    if error.status_code == 405:
        refused = Refused.of("web.method", method=request.method)
    else:
        refused = Refused.of("web.unreadable", reason=error.detail)
    refused.status = error.status_code
    return refused


def _field_problems(error: ValidationException) -> list[Problem]:
    extra = error.extra if isinstance(error.extra, list) else []
    found = [
        Problem("web.field", Where(key=str(item.get("key") or "")), {"reason": item["message"]})
        for item in extra
        if isinstance(item, dict) and "message" in item
    ]
    return found or [Problem("web.unreadable", params={"reason": error.detail})]
