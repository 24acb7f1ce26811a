"""The API's description: what may go wrong is said once, for every operation."""

from collections.abc import Callable
from typing import Any

from litestar import Request
from litestar.openapi.plugins import JsonRenderPlugin

from yimatong.web.problems import PROBLEM_JSON

_TEXT, _COUNT = {"type": "string"}, {"type": "integer"}
_PLACE = {"file": _TEXT, "line": _COUNT, "key": _TEXT, "field": _TEXT, "row": _COUNT,
          "column": _TEXT}  # fmt: skip
PROBLEM = {
    "title": "Problem details",
    "description": "RFC 9457. `type` names the first problem; `problems` lists each, with its"
    " place where there is one.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance", "problems"],
    "properties": {
        "type": {"type": "string", "pattern": "^urn:yimatong:problem:"},
        "title": _TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "In the language of Accept-Language."},
        "instance": _TEXT,
        "problems": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["code", "detail"],
                "properties": {"code": _TEXT, "detail": _TEXT, **_PLACE},
                "additionalProperties": False,
            },
        },
    },
}
_RETRY = {"Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer"}}}
REFUSED = "4XX"
"""Every refusal looks alike, so the range is named and not each status of each operation."""


Described = dict[str, Any]


class DescribedPlugin(JsonRenderPlugin):
    """The description as JSON, with the problem details, and what a room adds to it."""

    def __init__(self, *, path: str, added: Callable[[Described], Described]) -> None:
        super().__init__(path=path)
        self._added = added

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        return super().render(request, self._added(with_problems(openapi_schema)))


def with_problems(described: dict[str, Any]) -> dict[str, Any]:
    """The description in which each operation says how it refuses, and that it may be away."""
    components = described.get("components", {})
    schemas = components.get("schemas", {}) | {"Problem": PROBLEM}
    paths = {
        path: {name: _told(part) for name, part in item.items()}
        for path, item in described["paths"].items()
    }
    return {**described, "paths": paths, "components": components | {"schemas": schemas}}


def _told(part: Any) -> Any:
    if not isinstance(part, dict) or "responses" not in part:
        return part
    answers = {code: one for code, one in part["responses"].items() if code < "4"}
    answers[REFUSED] = _response("Refused: what was wrong, what is allowed, what to do")
    answers["503"] = _response("A part underneath does not answer; nothing was recorded", _RETRY)
    return part | {"responses": answers}


def _response(said: str, headers: dict[str, Any] | None = None) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    found: dict[str, Any] = {"description": said, "content": {PROBLEM_JSON: {"schema": schema}}}
    return found | ({"headers": headers} if headers else {})
