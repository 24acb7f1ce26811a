"""Drawing a page in the reader's language, and drawing a form again with what was wrong."""

from collections.abc import Mapping
from typing import Any

from litestar import Request
from litestar.response import Template

from yimatong.kernel.errors import YimatongError
from yimatong.kernel.words import Language, Words
from yimatong.web.forms import Form
from yimatong.web.site import LANGUAGE_COOKIE, PRINT_COOKIE, Site, preferred

AnyRequest = Request[Any, Any, Any]


def site_of(request: AnyRequest) -> Site:
    site: Site = request.app.state.site
    return site


def language_of(request: AnyRequest) -> Language:
    return preferred(
        request.query_params.get("lang"),
        request.cookies.get(LANGUAGE_COOKIE),
        request.headers.get("accept-language", ""),
    )


def absolute(request: AnyRequest, path: str) -> str:
    """A path of ours as another device or an app can open it."""
    return (site_of(request).public_url or str(request.base_url)).rstrip("/") + path


def apps_of(request: AnyRequest) -> list[str]:
    """Of the apps that residents may log in by, those that can be asked from this browser:
    WeChat's page opens in WeChat alone, and WeChat opens no other app's."""
    within = "micromessenger" in request.headers.get("user-agent", "").lower()
    return [app for app in site_of(request).apps if (app == "wechat") == within]


def page(request: AnyRequest, template: str, status: int = 200, **context: Any) -> Template:
    """A page from a template. Every template may say `t(key)`, `w(words)` and `static(path)`."""
    site, language = site_of(request), language_of(request)

    def t(key: str, **params: object) -> str:
        return site.catalogue.say(key, language, **params)

    def w(words: Words) -> str:
        return words.said_in(language)

    shown = {
        "t": t,
        "w": w,
        "static": site.static,
        "language": language,
        "actor": request.scope.get("user"),
        "path": request.url.path,
        "big": request.cookies.get(PRINT_COOKIE) == "big",
        "demo": site.demo,
        "typed": Form({}),
        "problems": {},
        **context,
    }
    return Template(
        template, context=shown, status_code=status, headers={"cache-control": "no-store"}
    )


def form_again(
    request: AnyRequest, template: str, typed: Form, error: YimatongError, **context: Any
) -> Template:
    """The form as it was typed, each problem beside its field, with the error's own status."""
    problems = problem_texts(request, error)
    return page(request, template, error.status, typed=typed, problems=problems, **context)


def problem_texts(request: AnyRequest, error: YimatongError) -> Mapping[str, str]:
    """What was wrong by field; what belongs to no field stands under the empty name."""
    catalogue, language = site_of(request).catalogue, language_of(request)
    texts: dict[str, str] = {}
    for problem in error.problems:
        name = problem.where.field or ""
        said = catalogue.explain(problem, language)
        texts[name] = f"{texts[name]} {said}" if name in texts else said
    return texts
