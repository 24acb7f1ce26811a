"""What was typed: a draft from the desk's form, a query from the address of a page."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from yimatong.information.model import Draft, Kind, Query
from yimatong.kernel.errors import NotFound, Problem, Where
from yimatong.places import provinces
from yimatong.web.forms import Form

LONGEST_SEARCH = 50
LAST_PAGE = 1000


def read_draft(form: Form, today: date) -> tuple[Draft, list[Problem]]:
    """The draft, and what could not be read; something harmless stands in its place."""
    problems: list[Problem] = []
    kind = _kind(form["kind"])
    if kind is None:
        problems.append(Problem("information.wrong.kind", Where(field="kind")))
    draft = Draft(
        kind=kind or Kind.NOTICE,
        title=form["title"],
        text=form["text"],
        valid_from=_day(form, "valid_from", problems) or today,
        valid_until=_day(form, "valid_until", problems),
        title_en=form.optional("title_en"),
        text_en=form.optional("text_en"),
        region=form.optional("region"),
        division=form.optional("division"),
        phone=form.optional("phone"),
        address=form.optional("address"),
    )
    return draft, problems


def read_query(asked: Mapping[str, str]) -> Query:
    """What cannot be read is left out: an old link still finds something."""
    page = asked.get("page", "")
    region = asked.get("region", "")
    return Query(
        region=region if region in provinces() else None,
        kind=_kind(asked.get("kind", "")),
        text=asked.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH],
        page=min(max(int(page), 1), LAST_PAGE) if page.isascii() and page.isdigit() else 1,
    )


def read_id(text: str) -> UUID | None:
    """The id of the entry that a form is about, None where it is about none; NotFound where it
    cannot be one."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound.of("information.unknown") from None


def _kind(text: str) -> Kind | None:
    return Kind(text) if text in list(Kind) else None


def _day(form: Form, name: str, problems: list[Problem]) -> date | None:
    """`2026-03-02`, as browsers send it, or `2026/3/2`, as people type it."""
    typed = form[name].replace("/", "-").replace(".", "-")
    if not typed:
        return None
    try:
        year, month, day = (int(part) for part in typed.split("-"))
        return date(year, month, day)
    except ValueError:
        problems.append(Problem("information.wrong.day", Where(field=name)))
        return None
