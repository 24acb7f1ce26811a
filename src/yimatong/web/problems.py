"""Errors as RFC 9457 problem details, in the reader's language."""

from http import HTTPStatus
from typing import Any

from litestar import Response

from yimatong.kernel.errors import YimatongError
from yimatong.web.pages import AnyRequest, language_of, site_of

PROBLEM_JSON = "application/problem+json"


def problem_response(request: AnyRequest, error: YimatongError) -> Response[dict[str, Any]]:
    """`type` names the first problem's code, `problems` lists each with its place."""
    catalogue, language = site_of(request).catalogue, language_of(request)
    problems = [
        {
            "code": problem.code,
            "detail": catalogue.explain(problem, language),
            **problem.where.parts(),
        }
        for problem in error.problems
    ]
    body = {
        "type": f"urn:yimatong:problem:{problems[0]['code']}",
        "title": HTTPStatus(error.status).phrase,
        "status": error.status,
        "detail": " ".join(str(problem["detail"]) for problem in problems),
        "instance": request.url.path,
        "problems": problems,
    }
    headers = {"content-language": language, "cache-control": "no-store"}
    if error.retry_after is not None:
        headers["retry-after"] = str(error.retry_after)
    return Response(body, status_code=error.status, media_type=PROBLEM_JSON, headers=headers)
