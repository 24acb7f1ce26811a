"""A gate's day: who passed and how many; of its own gate alone."""

from datetime import date, datetime, timedelta

import msgspec

from yimatong.gates import day_store
from yimatong.gates.gate import Gate, Tools
from yimatong.gates.looks import look_at_all
from yimatong.kernel.clock import SHANGHAI, day_of, start_of
from yimatong.kernel.errors import BadInput, Where
from yimatong.policy.model import Answer
from yimatong.storage import Tx

PAGE = 20
LOOK_BACK = timedelta(days=14)
"""HI-09: how far back passages are seen."""
ANSWERS: tuple[Answer, ...] = ("admit", "check", "refuse")
"""From the best to the worst."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A passage as its gate lists it; the name is masked, of a plate only that there was one."""

    at: datetime
    name: str
    direction: str | None
    verdict: Answer
    has_plate: bool
    vehicle: int | None
    """The number of the vehicle among those of the day."""
    aboard: int | None
    """How many people were in it."""


class Hour(msgspec.Struct, frozen=True):
    """What an hour came to; `hour` of 9 is from 09:00 to 10:00."""

    hour: int
    counts: dict[Answer, int]
    count: int


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """A day in numbers; they name nobody. `directions` by the answers of the scene, those that
    were not asked under the empty name."""

    day: date
    count: int
    verdicts: dict[Answer, int]
    directions: dict[str, int]
    hours: list[Hour]


async def lines(
    tx: Tx, tools: Tools, gate: Gate, day: date, verdict: Answer | None, page: int
) -> list[Line]:
    """PAGE passages of a day, the newest first. Each is a look at its person, and on record.

    BadInput where the day lies ahead, or further back than passages are seen.
    """
    place, span = gate.post.place.id, _span(tools, day)
    rows = await day_store.of_place(tx, place, span, verdict, page * PAGE, PAGE)
    wanted = [row["vehicle"] for row in rows if row["vehicle"]]
    vehicles = await day_store.vehicles(tx, place, span, wanted) if wanted else {}
    persons = dict.fromkeys(row["person"] for row in rows)
    names = {person: (await tools.people.masked(tx, person)).name for person in persons}
    await look_at_all(tx, tools, gate, persons, "gates.day")
    return [
        Line(
            at=row["at"].astimezone(SHANGHAI),
            name=names[row["person"]],
            direction=row["direction"],
            verdict=row["verdict"],
            has_plate=row["has_plate"],
            vehicle=vehicles[row["vehicle"]]["number"] if row["vehicle"] else None,
            aboard=vehicles[row["vehicle"]]["aboard"] if row["vehicle"] else None,
        )
        for row in rows
    ]


async def counts(tx: Tx, tools: Tools, gate: Gate, day: date) -> Counts:
    """How many passed by verdict, direction and hour. BadInput as `lines`."""
    rows = await day_store.tallies(tx, gate.post.place.id, _span(tools, day))
    hours: dict[int, dict[Answer, int]] = {}
    directions: dict[str, int] = {}
    for row in rows:
        of_hour = hours.setdefault(row["hour"], dict.fromkeys(ANSWERS, 0))
        of_hour[row["verdict"]] += row["count"]
        direction = row["direction"] or ""
        directions[direction] = directions.get(direction, 0) + row["count"]
    return Counts(
        day=day,
        count=sum(directions.values()),
        verdicts={one: sum(of_hour[one] for of_hour in hours.values()) for one in ANSWERS},
        directions=directions,
        hours=[Hour(hour, each, sum(each.values())) for hour, each in hours.items()],
    )


def _span(tools: Tools, day: date) -> tuple[datetime, datetime]:
    today = day_of(tools.clock.now())
    if not today - LOOK_BACK <= day <= today:
        raise BadInput.of(
            "gates.day.range", Where(field="day"), earliest=today - LOOK_BACK, latest=today
        )
    return start_of(day), start_of(day) + timedelta(days=1)
