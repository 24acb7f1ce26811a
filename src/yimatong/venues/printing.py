"""The poster as an answer: a file to keep, named by its id."""

from litestar import Response

from yimatong.places import Place
from yimatong.places.posters import PATH
from yimatong.venues.poster import drawn
from yimatong.web.pages import AnyRequest, absolute, site_of


def printed(request: AnyRequest, place: Place, id: str) -> Response[bytes]:
    """The sheet of the open place whose poster has this id."""
    sheet = drawn(place, id, absolute(request, PATH + id), site_of(request).catalogue)
    headers = {
        "cache-control": "no-store",
        "content-disposition": f'attachment; filename="poster-{id}.pdf"',
    }
    return Response(sheet, media_type="application/pdf", headers=headers)
