"""Errors as RFC 9457 problem details, in the reader's language."""

from http import HTTPStatus
from typing import Any

from litestar import Response

from yimatong.kernel.errors import YimatongError
from yimatong.kernel.words import Catalogue, Language
from yimatong.web.pages import AnyRequest, language_of, site_of

PROBLEM_JSON = "application/problem+json"


def problem_response(request: AnyRequest, error: YimatongError) -> Response[dict[str, Any]]:
    """The error as this request's answer."""
    language = language_of(request)
    body = problem_details(error, site_of(request).catalogue, language, request.url.path)
    return Response(
        body,
        status_code=error.status,
        media_type=PROBLEM_JSON,
        headers=problem_headers(error, language),
    )


def problem_details(
    error: YimatongError, catalogue: Catalogue, language: Language, path: str
) -> dict[str, Any]:
    """`type` names the first problem's code, `problems` lists each with its place."""
    problems = [
        {
            "code": problem.code,
            "detail": catalogue.explain(problem, language),
            **problem.where.parts(),
        }
        for problem in error.problems
    ]
    return {
        "type": f"urn:yimatong:problem:{problems[0]['code']}",
        "title": HTTPStatus(error.status).phrase,
        "status": error.status,
        "detail": " ".join(str(problem["detail"]) for problem in problems),
        "instance": path,
        "problems": problems,
    }


def problem_headers(error: YimatongError, language: Language) -> dict[str, str]:
    """Retry-After where waiting helps (RFC 9110, section 10.2.3)."""
    headers = {"content-language": language, "cache-control": "no-store"}
    if error.retry_after is not None:
        headers["retry-after"] = str(error.retry_after)
    return headers
