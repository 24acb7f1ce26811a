"""Every route of the product: who may use it, and from where. A new one is found by itself."""

import uuid

import pytest
from tests.lib.logins import resident, worker

from yimatong.access.permissions import PERMISSIONS, Permission, Role
from yimatong.access.staff import PLACED
from yimatong.doors.web import application
from yimatong.web.routes import PUBLIC

OPEN = {
    "/", "/api/docs",
    "/api/schema", "/api/schema/openapi.json", "/api/schema/{path:str}",
    "/api/v1/desk/login/code", "/api/v1/desk/login/second",
    "/api/v1/login", "/api/v1/login/code", "/desk/login", "/desk/login/again", "/desk/login/code",
    "/desk/login/second", "/healthz", "/language", "/print", "/login", "/login/again",
    "/login/code",
    "/api/v1/information", "/api/v1/information/{entry:uuid}", "/information",
    "/information/{entry:uuid}", "/api/v1/policies", "/api/v1/policies/{name:str}", "/policies",
    "/policies/{name:str}",
    "/app.webmanifest", "/offline", "/worker.js",
    "/at/{poster:str}", "/api/v1/posters/{poster:str}", "/entry", "/login/link",
    "/login/link/again", "/login/link/code", "/login/screen", "/login/screen/waiting",
    "/login/with/{channel:str}", "/login/with/{channel:str}/back",
    "/api/v1/account/deletion/code", "/mine/delete/code", "/mine/delete/receipt",
    "/gate/setup",
    "/metrics", "/readyz", "/static/{file_path:path}",
}  # fmt: skip
"""Routes for anybody. A new one has to be put here by hand."""


def walked(world):
    """Path, method and permission of every handler."""
    for route in application(world).routes:
        for handler in getattr(route, "route_handlers", [getattr(route, "route_handler", None)]):
            for method in getattr(handler, "http_methods", ["GET"]):
                if method not in ("OPTIONS", "HEAD"):
                    yield route.path, method, handler.opt.get("permission")


def filled(path: str) -> str:
    for part in [part for part in path.split("/") if part.startswith("{")]:
        path = path.replace(part, str(uuid.UUID(int=7)))
    return path


async def test_every_route_names_a_permission_and_the_open_ones_are_known(world):
    found = list(walked(world))
    assert len(found) > 30
    assert {permission for _, _, permission in found} <= {*Permission, PUBLIC}
    assert {path for path, _, permission in found if permission == PUBLIC} <= OPEN


async def test_without_a_session_no_route_answers_but_the_open_ones(world, client):
    for path, method, permission in walked(world):
        if permission != PUBLIC:
            answered = await client.request(method, filled(path))
            assert answered.status_code in (401, 303), (path, method)
            if answered.status_code == 303:
                assert answered.headers["location"].endswith("/login")


@pytest.mark.parametrize("role", list(Role))
async def test_a_session_without_the_permission_is_refused(world, client, role):
    login = await (resident(world) if role is Role.RESIDENT else _staff(world, role))
    for path, method, permission in walked(world):
        if permission != PUBLIC and permission not in PERMISSIONS[role]:
            answered = await client.request(method, filled(path), headers=login.headers)
            assert answered.status_code == 403, (path, method, answered.text[:200])


async def _staff(world, role):
    return await worker(world, role, uuid.UUID(int=1) if role in PLACED else None)


async def test_another_site_cannot_make_a_browser_change_anything(world, client):
    login = await resident(world)
    client.cookies.set("session", login.token)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://elsewhere.test"}):
        for path, method, _ in walked(world):
            if method != "GET":
                answered = await client.request(method, filled(path), headers=headers)
                assert answered.status_code == 403, (path, method)


async def test_options_is_answered_at_every_route(world, client):
    for path, _, _ in walked(world):
        answered = await client.options(filled(path))
        assert (answered.status_code, "OPTIONS" in answered.headers["allow"]) == (204, True), path


@pytest.mark.requirement("YM-01")
async def test_no_operation_takes_a_colour(world):
    schema = application(world).openapi_schema.to_schema()
    bodies = [
        name
        for path in schema["paths"].values()
        for operation in path.values()
        if "requestBody" in operation
        for name in str(operation["requestBody"]).split("'")
        if name.startswith("#/components/schemas/")
    ]
    assert bodies
    for reference in bodies:
        shape = schema["components"]["schemas"][reference.rsplit("/", 1)[1]]
        assert not {"colour", "state", "role"} & set(shape.get("properties", {}))


async def test_pages_answers_and_files_carry_the_strict_headers(client):
    for path in ("/login", "/nowhere", "/api/nowhere", "/static/css/app.css"):
        headers = (await client.get(path)).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


async def test_an_unknown_address_is_told_as_a_page_or_as_problem_details(client):
    page, problem = await client.get("/nowhere"), await client.get("/api/nowhere")
    assert (page.status_code, problem.status_code) == (404, 404)
    assert problem.headers["content-type"].startswith("application/problem+json")
    assert problem.json()["problems"][0]["code"] == "web.not_found"
