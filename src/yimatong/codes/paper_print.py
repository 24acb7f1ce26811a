"""The card as a page to print: A6, black on white, both languages, nothing of colour."""

from litestar.response import Template

from yimatong.codes.paper import Printed
from yimatong.codes.picture import drawn
from yimatong.kernel.clock import minute
from yimatong.web.pages import AnyRequest, page, site_of


def printed_page(request: AnyRequest, printed: Printed, back: str) -> Template:
    """The card between buttons that are not printed. It is in this answer alone."""
    say = site_of(request).catalogue.say
    return page(
        request,
        "paper_print.html",
        printed=printed,
        picture=drawn(printed.text),
        both=lambda key, **params: [(one, say(key, one, **params)) for one in ("zh", "en")],
        minute=minute,
        back=back,
    )
