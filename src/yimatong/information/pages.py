"""What command tells everybody, to look up without a log-in."""

from typing import Any
from uuid import UUID

from litestar import Response, get

from yimatong.information import desk_pages
from yimatong.information.reading import read_query
from yimatong.information.service import Information
from yimatong.information.shown import ROOM, asked, shared
from yimatong.kernel.words import Language
from yimatong.storage import Database
from yimatong.web.kept import kept_page
from yimatong.web.pages import AnyRequest, page
from yimatong.web.routes import PUBLIC, allowed


@get("/information", opt=allowed(PUBLIC), dependencies=ROOM, include_in_schema=False)
async def look_up(
    request: AnyRequest, database: Database, information: Information, language: Language
) -> Response[Any]:
    """What holds today in a province and everywhere, by kind and by what stands in it."""
    query = read_query(request.query_params)
    async with database.transaction() as tx:
        found = await information.current(tx, query)
        gone = await information.traces(tx, query)
    shown = page(
        request,
        "information.html",
        found=found,
        gone=gone,
        **asked(query, "/information", language),
        **shared(information, language),
    )
    return kept_page(request, shown)


@get("/information/{entry:uuid}", opt=allowed(PUBLIC), dependencies=ROOM, include_in_schema=False)
async def one(
    request: AnyRequest,
    database: Database,
    information: Information,
    language: Language,
    entry: UUID,
) -> Response[Any]:
    """One entry; what was taken down shows that it was, and no longer what it said."""
    async with database.transaction() as tx:
        found = (await information.one(tx, entry)).left()
    shown = page(request, "information_one.html", one=found, **shared(information, language))
    return kept_page(request, shown)


ROUTES = [look_up, one, *desk_pages.ROUTES]
