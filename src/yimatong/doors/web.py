"""The web door: every room's pages and API routes as one ASGI application."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from litestar import Litestar, Router, get, post
from litestar.config.compression import CompressionConfig
from litestar.datastructures import CacheControlHeader, State
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Redirect, Template
from litestar.static_files import create_static_files_router
from litestar.template import TemplateConfig
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from yimatong import __version__
from yimatong.access.actor import Actor
from yimatong.doors.clerk.api import ROUTES as CLERK_API
from yimatong.doors.clerk.pages import ROUTES as CLERK
from yimatong.doors.desk import ROUTES as DESK
from yimatong.doors.errors import answer
from yimatong.doors.health import ROUTES as HEALTH
from yimatong.doors.home import ROUTES as HOME
from yimatong.doors.joining import ROUTES as JOINING
from yimatong.doors.mine.api import ROUTES as MINE
from yimatong.doors.offline import ROUTES as OFFLINE
from yimatong.doors.parking import guard
from yimatong.doors.policies.api import ROUTES as POLICIES
from yimatong.doors.rooms import routes, template_folders
from yimatong.doors.shortcut import with_shortcut
from yimatong.doors.world import World
from yimatong.gates.described import with_choices
from yimatong.kernel.errors import NotAllowed
from yimatong.kernel.words import LANGUAGES, Language
from yimatong.web.forms import Form, read_form
from yimatong.web.openapi import DescribedPlugin
from yimatong.web.origin import comes_from_us
from yimatong.web.pages import AnyRequest, language_of, page
from yimatong.web.routes import PUBLIC, allowed
from yimatong.web.session import SessionMiddleware, session_cookie, who
from yimatong.web.site import LANGUAGE_COOKIE, PRINT_COOKIE, Site, static_versions
from yimatong.web.ways import forget_on_arrival, ours

STATIC = Path(__file__).parent / "static"
LARGEST_BODY = 10_000_000
YEAR = 365 * 24 * 3600
SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
        "img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; "
        "worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
}


@post("/language", opt=allowed(PUBLIC), status_code=303, include_in_schema=False)
async def keep_language(request: AnyRequest) -> Redirect:
    """Keeps the chosen language for a year and goes back to where it was chosen."""
    form = await read_form(request)
    return _kept(form, LANGUAGE_COOKIE, form["language"], LANGUAGES)


@post("/print", opt=allowed(PUBLIC), status_code=303, include_in_schema=False)
async def keep_print(request: AnyRequest) -> Redirect:
    """Keeps for a year whether pages are in big print (长辈版), and goes back."""
    form = await read_form(request)
    return _kept(form, PRINT_COOKIE, form["size"], ("big", "normal"))


def _kept(form: Form, cookie: str, chosen: str, choices: Sequence[str]) -> Redirect:
    back = form["back"]
    answered = Redirect(back if ours(back) else "/", status_code=303)
    if chosen in choices:
        answered.set_cookie(cookie, chosen, max_age=YEAR, samesite="lax")
    return answered


@get("/api/docs", opt=allowed(PUBLIC), include_in_schema=False)
async def api_docs(request: AnyRequest) -> Template:
    """The API's description to read and try, from our own files."""
    return page(request, "api_docs.html")


def refuse_cross_site(request: AnyRequest) -> None:
    if not comes_from_us(request.method, request.headers):
        raise NotAllowed.of("web.cross_site")


def application(world: World) -> Litestar:
    """The application over a wired world; the caller opens and closes the world."""
    state = State(_shared(world))
    handlers: list[Any] = [
        keep_language,
        keep_print,
        api_docs,
        *CLERK,
        *CLERK_API,
        *DESK,
        *HEALTH,
        *HOME,
        *JOINING,
        *OFFLINE,
        *MINE,
        *POLICIES,
        *routes(),
        _static(),
    ]
    if world.config.demo:
        from yimatong.doors.demo.pages import ROUTES as DEMO  # noqa: PLC0415  never in production

        handlers += DEMO
    return Litestar(
        handlers,
        before_request=refuse_cross_site,
        before_send=[forget_on_arrival],
        compression_config=CompressionConfig("gzip", minimum_size=800),
        dependencies=_dependencies(state),
        exception_handlers={Exception: answer},
        guards=[guard],
        logging_config=None,
        middleware=[DefineMiddleware(SessionMiddleware, exclude=["^/static/", "^/healthz$"])],
        openapi_config=_openapi(state),
        request_max_body_size=LARGEST_BODY,
        state=state,
        template_config=TemplateConfig(directory=[*template_folders()], engine=JinjaTemplateEngine),
    )


def _shared(world: World) -> dict[str, Any]:
    """What is at hand to every handler and to what stands around them."""
    site = Site(
        world.catalogue,
        static_versions(STATIC),
        world.config.demo,
        world.config.public_url,
        world.apps.names(),
    )
    cookie = session_cookie(secure=world.config.secure_cookies)
    return {**world.shared(), "site": site, "session_cookie": cookie}


def _dependencies(state: State) -> dict[str, Provide]:
    """What handlers ask for by name. It is looked up at each request, so that another world can
    be put behind the application (`over`)."""

    def named(name: str) -> Provide:
        return Provide(lambda: state[name], sync_to_thread=False)

    shared = {name: named(name) for name in state}
    shared["actor"] = Provide(_actor, sync_to_thread=False)
    shared["language"] = Provide(_language, sync_to_thread=False)
    return shared


def _actor(request: AnyRequest) -> Actor:
    return who(request)


def _language(request: AnyRequest) -> Language:
    return language_of(request)


def _static() -> Router:
    """Files whose address changes with them, so that they may be kept for a year."""
    return create_static_files_router(
        "/static",
        directories=[STATIC],
        opt=allowed(PUBLIC),
        cache_control=CacheControlHeader(public=True, max_age=YEAR, immutable=True),
    )


def _openapi(state: State) -> OpenAPIConfig:
    def added(described: dict[str, Any]) -> dict[str, Any]:
        return with_choices(described, state["gate_tools"].forms)

    return OpenAPIConfig(
        title="Yimatong 一码通",
        version=__version__,
        description="Everything the pages do. Errors are problem details (RFC 9457).",
        components=Components(
            security_schemes={"session": SecurityScheme(type="http", scheme="bearer")}
        ),
        security=[{"session": []}],
        openapi_router=Router(
            "/api/schema", route_handlers=[], opt=allowed(PUBLIC), include_in_schema=False
        ),
        render_plugins=[DescribedPlugin(path="/openapi.json", added=added)],
        use_handler_docstrings=True,
    )


def asgi(world: World) -> ASGIApp:
    """The whole door; every answer, refusals of unknown addresses too, carries the headers. Only
    the short way's JSON goes without those that speak of pages."""
    return over(application(world), world)


def over(app: Litestar, world: World) -> ASGIApp:
    """The whole door with a world behind an application, instead of the one it was made for."""
    app.state.update(_shared(world))
    return with_shortcut(_with_headers(app), world.scans, world.catalogue)


def _with_headers(app: ASGIApp) -> ASGIApp:
    added = [(name.encode(), value.encode()) for name, value in SECURITY_HEADERS.items()]

    async def answered(scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *added]
            await send(message)

        await app(scope, receive, sending)

    return answered
