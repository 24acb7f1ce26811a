"""The pages of a gate's day and of its reports."""

from datetime import date
from functools import partial
from typing import Any, get_args

from litestar import get
from litestar.di import Provide
from litestar.response import Template

from yimatong.access.permissions import Permission
from yimatong.gates import day as days
from yimatong.gates import reports
from yimatong.gates.gate import gate_of
from yimatong.gates.screen import PATH, Screen, screen_of
from yimatong.gates.wiring import page_for
from yimatong.kernel.clock import day_of
from yimatong.kernel.errors import BadInput
from yimatong.policy.model import Answer
from yimatong.web.pages import AnyRequest, page, problem_texts

MAY = page_for(Permission.GATE_PASSAGES, screen=Provide(screen_of, sync_to_thread=False))


@get(PATH + "/day", **MAY)
async def day(screen: Screen) -> Template:
    """Who passed on a day and how many; twenty on a page, of one answer or of all."""
    today = day_of(screen.tools.clock.now())
    asked = screen.request.query_params
    wanted, number = _day_in(asked.get("day", ""), today), page_in(screen.request)
    verdict = _answer_in(asked.get("verdict", ""))
    try:
        shown = await _shown(screen, wanted, verdict, number)
    except BadInput as error:
        shown = await _shown(screen, today, verdict, 0)
        shown |= {"problems": problem_texts(screen.request, error), "status": error.status}
    return page(
        screen.request,
        "gate_day.html",
        **shown,
        today=today,
        earliest=today - days.LOOK_BACK,
        verdict=verdict or "",
        answers=days.ANSWERS,
        path=PATH,
    )


@get(PATH + "/reports", **MAY)
async def read_reports(screen: Screen) -> Template:
    """What was reported within 14 days: by this guard, or by all where one answers for the gate."""
    number = page_in(screen.request)
    of_all = screen.actor.manager
    async with screen.database.transaction() as tx:
        gate = await gate_of(tx, screen.tools, screen.actor)
        found = await reports.latest(tx, screen.tools, gate, number, of_all=of_all)
    return page(
        screen.request,
        "gate_reports.html",
        place=gate.post.place,
        reports=found,
        of_all=of_all,
        at=number,
        more=len(found) == days.PAGE,
        path=PATH,
    )


async def _shown(
    screen: Screen, wanted: date, verdict: Answer | None, number: int
) -> dict[str, Any]:
    async with screen.database.transaction() as tx:
        gate = await gate_of(tx, screen.tools, screen.actor)
        counts = await days.counts(tx, screen.tools, gate, wanted)
        lines = await days.lines(tx, screen.tools, gate, wanted, verdict, number)
    return {
        "place": gate.post.place,
        "day": wanted,
        "counts": counts,
        "busiest": max((one.count for one in counts.hours), default=0),
        "lines": lines,
        "said": partial(screen.tools.forms.said, gate.form.scene.id, "direction"),
        "at": number,
        "more": len(lines) == days.PAGE,
    }


def page_in(request: AnyRequest) -> int:
    """The number of a page; what is none is the first."""
    text = request.query_params.get("page", "0")
    return int(text) if text.isdecimal() and len(text) < 5 else 0


def _day_in(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


def _answer_in(text: str) -> Answer | None:
    return next((one for one in get_args(Answer) if one == text), None)


ROUTES = [day, read_reports]
