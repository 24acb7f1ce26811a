"""What makes the pages an app on the home screen: the manifest, the service worker, and the one
page that is shown without a network."""

import hashlib
from pathlib import Path
from typing import Any

import msgspec
from litestar import Response, get
from litestar.response import Template

from yimatong.kernel.words import LANGUAGES
from yimatong.web.pages import AnyRequest, language_of, page, site_of
from yimatong.web.routes import PUBLIC, allowed
from yimatong.web.site import Site

HERE = Path(__file__).parent
CARRIED = (
    "css/app.css", "css/code.css", "icon.svg", "js/code.js", "js/offline.js", "vendor/qrcode.mjs",
)  # fmt: skip
"""What the page without a network is made of."""
OF_THE_PAGE = (
    "words.toml", "../codes/words.toml", "../codes/templates/sign.html", "templates/offline.html",
    "static/js/worker.js",
)  # fmt: skip
"""What else the worker's version changes with."""
KEPT_FOR = {"cache-control": "public, max-age=3600"}
COLOUR = "#05603a"
ICONS = (("icons/192.png", "192x192", "any"), ("icons/512.png", "512x512", "any"),
         ("icons/maskable.png", "512x512", "maskable"))  # fmt: skip


@get("/offline", opt=allowed(PUBLIC), include_in_schema=False)
async def offline(request: AnyRequest) -> Template:
    """The same for everybody, in both languages: the service worker keeps it."""
    site = site_of(request)
    return page(request, "offline.html", say=site.catalogue.say, languages=LANGUAGES)


@get("/worker.js", opt=allowed(PUBLIC), include_in_schema=False)
async def worker(request: AnyRequest) -> Response[str]:
    """The service worker with the addresses of the files it keeps."""
    return Response(_script(site_of(request)), media_type="text/javascript", headers=KEPT_FOR)


@get("/app.webmanifest", opt=allowed(PUBLIC), include_in_schema=False)
async def manifest(request: AnyRequest) -> Response[dict[str, Any]]:
    """How the pages look on a home screen, in the language asked for (`?lang=`)."""
    site, language = site_of(request), language_of(request)
    described = {
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "lang": {"zh": "zh-CN", "en": "en"}[language],
        "name": site.catalogue.say("offline.app", language),
        "short_name": site.catalogue.say("web.product", language),
        "description": site.catalogue.say("home.about", language),
        "theme_color": COLOUR,
        "background_color": COLOUR,
        "icons": [
            {"src": site.static(file), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for file, sizes, purpose in ICONS
        ],
    }
    return Response(described, media_type="application/manifest+json", headers=KEPT_FOR)


def _script(site: Site) -> str:
    files = ["/offline", *map(site.static, CARRIED)]
    parts = [(HERE / file).read_bytes() for file in OF_THE_PAGE]
    version = hashlib.sha256(b"".join([*parts, *map(str.encode, files)])).hexdigest()[:12]
    told = f"const VERSION = {_js(version)};\nconst FILES = {_js(files)};\n"
    return told + parts[-1].decode()


def _js(value: object) -> str:
    return msgspec.json.encode(value).decode()


ROUTES = [offline, worker, manifest]
