"""The API's description (OpenAPI 3.1), with what every operation may be refused with."""

from typing import Any

from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.router import Router

from yimatong import __version__
from yimatong.web.pages import AnyRequest
from yimatong.web.problems import PROBLEM_JSON
from yimatong.web.routes import PUBLIC, allowed

_TEXT, _NUMBER = {"type": "string"}, {"type": "integer"}
_ONE = {
    "type": "object",
    "required": ["code", "detail"],
    "properties": {
        "code": _TEXT,
        "detail": _TEXT,
        "file": _TEXT,
        "line": _NUMBER,
        "key": _TEXT,
        "field": _TEXT,
        "row": _NUMBER,
        "column": _TEXT,
    },
}
PROBLEM = {
    "type": "object",
    "description": "Problem details (RFC 9457); `problems` lists each mistake with its place.",
    "required": ["type", "title", "status", "detail", "instance", "problems"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": _NUMBER,
        "detail": _TEXT,
        "instance": _TEXT,
        "problems": {"type": "array", "minItems": 1, "items": _ONE},
    },
}
_REFUSED = {
    "description": "Refused or not possible now; the body says what was wrong and what to do",
    "content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}},
}


class _Described(JsonRenderPlugin):
    """Replaces the framework's own idea of an error by ours."""

    def render(self, request: AnyRequest, openapi_schema: dict[str, Any]) -> bytes:
        return super().render(request, with_problems(openapi_schema))


def with_problems(schema: dict[str, Any]) -> dict[str, Any]:
    """Of the schema what programs use, each operation with its refusals; done twice it is the
    same."""
    paths = schema["paths"]
    schema["paths"] = {path: paths[path] for path in paths if path.startswith("/api/v1/")}
    schema["components"].setdefault("schemas", {})["ProblemDetails"] = PROBLEM
    for path in schema["paths"].values():
        for operation in path.values():
            operation["responses"].pop("400", None)
            operation["responses"] |= {"4XX": _REFUSED, "503": _REFUSED}
    return schema


def openapi() -> OpenAPIConfig:
    """Everything the pages do, at /api/schema/openapi.json."""
    return OpenAPIConfig(
        title="Yimatong 一码通",
        version=__version__,
        description="Everything the pages do. Errors are problem details (RFC 9457).",
        components=Components(
            security_schemes={"session": SecurityScheme(type="http", scheme="bearer")}
        ),
        security=[{"session": []}],
        openapi_router=Router("/api/schema", route_handlers=[], opt=allowed(PUBLIC)),
        render_plugins=[_Described(path="/openapi.json")],
        use_handler_docstrings=True,
    )
