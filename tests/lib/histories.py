"""Random histories of one person, made to hit the edges of the five editions.

A history is a moment and a list of dictionaries, the fields of a JSON Lines facts file, all
valid. Its facts lie on the spans that policies count (N × 24 hours before the moment,
midnights in Shanghai), or a microsecond or second beside them, far more often than anywhere else.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from tests.lib.reading_facts import DAY, SHANGHAI, SMALLEST, moment

Line = dict[str, Any]
SECOND = timedelta(seconds=1)
NOTHING = timedelta()
BESIDE = (NOTHING, NOTHING, NOTHING, SMALLEST, -SMALLEST, SECOND, -SECOND)
SPANS = (0, 0, 1, 2, 3, 4, 5, 6, 13, 14, 15, 19, 28)
SPELLINGS = (SHANGHAI, SHANGHAI, UTC, timezone(timedelta(hours=-7)), timezone(timedelta(hours=9)))

SAID_BY = {
    "declaration": ("self",),
    "symptom.fever": ("self", "gate", "clinic"),
    "symptom.dry_cough": ("self", "gate", "clinic"),
    "symptom.fatigue": ("self", "gate", "clinic"),
    "symptom.other": ("self", "gate", "clinic"),
    "temperature": ("gate", "clinic", "pharmacy", "self", "issuer"),
    "exposure.case": ("self",),
    "exposure.fever_patient": ("self", "clinic", "pharmacy"),
    "exposure.risk_area_person": ("self",),
    "stay.risk_area": ("self", "registry"),
    "stay.abroad": ("self", "registry"),
    "arrival.province": ("self", "registry"),
    "arrival.abroad": ("self", "registry"),
    "case.confirmed": ("registry", "clinic"),
    "case.clinical": ("registry", "clinic"),
    "case.suspected": ("registry", "clinic"),
    "case.asymptomatic": ("registry", "clinic"),
    "case.fever": ("registry", "clinic"),
    "contact.close": ("registry", "tracing"),
    "contact.secondary": ("registry", "tracing"),
    "quarantine.central": ("registry",),
    "quarantine.home": ("registry",),
    "followup.clear": ("registry", "clinic"),
    "clinic.fever_visit": ("clinic",),
    "pharmacy.fever_medicine": ("pharmacy",),
    "pharmacy.cough_medicine": ("pharmacy",),
    "review.requested": ("self",),
    "review.approved": ("issuer",),
    "review.refused": ("issuer",),
    "review.more": ("issuer",),
    "checkin.normal": ("self",),
    "checkin.abnormal": ("self",),
    "withdrawn": ("self", "registry", "appeal"),
}
REGIONS = {"stay.risk_area": ("420100", "420000"), "arrival.province": ("420000", "440300")}
LASTING = [kind for kind in SAID_BY if kind.startswith(("case.", "contact.", "quarantine."))]
WORDS = [kind for kind in SAID_BY if kind.startswith("review.")]
CALM = ["temperature", "checkin.normal", "checkin.abnormal", "followup.clear", "symptom.other"]
WORRY = [k for k in SAID_BY if k not in {"declaration", "withdrawn", *LASTING, *WORDS, *CALM}]
HEATS = (36.5, 37.2, 37.2, 37.3, 37.3, 37.4, 37.4, 39.0)
NAMES = ("", "10-", "9-", "B-", "a-", "é-", "甲-", "😀-")
"""Prefixes of ids, in an order by code point that no collation of a language keeps."""


@dataclass(frozen=True)
class History:
    """Facts of one person and the moment that is asked for."""

    at: datetime
    facts: list[Line]


@dataclass(frozen=True)
class Told:
    """One fact before it is spelled out; moments, not text."""

    kind: str
    observed: datetime
    ended: datetime | None
    recorded: datetime


@st.composite
def moments(draw: st.DrawFn, at: datetime, ahead: int = 0) -> datetime:
    """On, or just beside, a multiple of 24 hours from `at`, or a midnight in Shanghai."""
    days = draw(st.sampled_from(SPANS)) - draw(st.sampled_from((0, 0, ahead)))
    near = at - days * DAY
    if draw(st.booleans()):
        near = datetime.combine(near.date(), time(), SHANGHAI)
    elif not draw(st.integers(0, 4)):
        near += timedelta(minutes=draw(st.integers(-2880, 2880)))
    return near + draw(st.sampled_from(BESIDE))


@st.composite
def tellings(draw: st.DrawFn, kind: str, at: datetime) -> Told:
    """A fact of one kind: observed by about `at`, recorded then, later, or just too late."""
    observed = draw(moments(at))
    ended = None
    if kind in LASTING and draw(st.integers(0, 3)):
        ended = max(
            draw(moments(at, ahead=15)), observed + draw(st.sampled_from((SECOND, NOTHING)))
        )
    recorded = observed
    if not draw(st.integers(0, 3)):
        recorded = max(observed, draw(st.sampled_from((at, at - DAY, at + SMALLEST, at + DAY))))
    return Told(kind, observed, ended, recorded)


@st.composite
def some_of(draw: st.DrawFn, kinds: list[str], at: datetime, least: int, most: int) -> list[Told]:
    chosen = draw(st.lists(st.sampled_from(kinds), min_size=least, max_size=most))
    return [draw(tellings(kind, at)) for kind in chosen]


@st.composite
def answers(draw: st.DrawFn, told: list[Told], at: datetime) -> list[Told]:
    """What answers to an earlier fact, on the edge of a span counted from that one."""
    made = []
    for one in told:
        if draw(st.integers(0, 3)):
            continue
        start = draw(st.sampled_from((one.observed, one.ended or one.observed)))
        days = draw(st.sampled_from((0, 0, 3, 5, 14)))
        observed = start + days * DAY + draw(st.sampled_from(BESIDE))
        kind = draw(st.sampled_from((*CALM, *WORDS, "followup.clear", one.kind)))
        ended = observed + 14 * DAY if kind in LASTING else None
        made.append(Told(kind, min(observed, at), ended, max(observed, at - SECOND)))
    return made


@st.composite
def diaries(draw: st.DrawFn, at: datetime) -> list[Told]:
    """Days of check-in before `at`: long runs, gaps, abnormal days, days that are both."""
    last = at.date() - draw(st.sampled_from((0, 0, 0, 1, 2, 3))) * DAY
    told = []
    for length in draw(st.lists(st.sampled_from((1, 2, 13, 13, 14, 14, 15)), max_size=3)):
        told += [draw(checkins("checkin.normal", last - n * DAY, at)) for n in range(length)]
        last -= length * DAY
        if draw(st.booleans()):
            told.append(draw(checkins("checkin.abnormal", last, at)))
            last -= draw(st.sampled_from((0, 0, 1))) * DAY
        else:
            last -= DAY
    return told


@st.composite
def checkins(draw: st.DrawFn, kind: str, day: Any, at: datetime) -> Told:
    """A check-in at some hour of that day, edges of the day before all."""
    late = DAY - SMALLEST
    hour = draw(st.sampled_from((timedelta(hours=9), NOTHING, late, timedelta(hours=21))))
    observed = datetime.combine(day, time(), SHANGHAI) + hour
    recorded = observed if draw(st.integers(0, 9)) else max(observed, at)
    return Told(kind, observed, None, recorded)


def spelled(draw: st.DrawFn, when: datetime) -> str:
    """RFC 3339 with one of several offsets, sometimes Z."""
    text = when.astimezone(draw(st.sampled_from(SPELLINGS))).isoformat()
    return text.replace("+00:00", "Z")


def as_line(draw: st.DrawFn, told: Told, name: str) -> Line:
    """The fields of a facts file; moments that a bare date can say are sometimes one."""
    line: Line = {"id": name, "person": "p1", "kind": told.kind}
    line["source"] = draw(st.sampled_from(SAID_BY[told.kind]))
    line["observed_at"] = bare(draw, told.observed, NOTHING) or spelled(draw, told.observed)
    if told.ended:
        line["ended_at"] = bare(draw, told.ended, DAY) or spelled(draw, told.ended)
    if told.recorded != told.observed or draw(st.booleans()):
        line["recorded_at"] = spelled(draw, told.recorded)
    if told.kind == "temperature":
        line["value"] = draw(st.sampled_from(HEATS))
    if told.kind in REGIONS:
        line["region"] = draw(st.sampled_from(REGIONS[told.kind]))
    return line


def bare(draw: st.DrawFn, when: datetime, back: timedelta) -> str | None:
    """The date that means this midnight, or none where it is not one, or by chance."""
    local = when.astimezone(SHANGHAI)
    if local.time() != time() or draw(st.booleans()):
        return None
    return (local - back).date().isoformat()


@st.composite
def corrections(draw: st.DrawFn, lines: list[Line], at: datetime) -> list[Line]:
    """Facts withdrawn, ended by being recorded again, and withdrawals withdrawn in turn."""
    made: list[Line] = []
    for number in range(draw(st.integers(0, 3)) if lines else 0):
        old = draw(st.sampled_from(lines + made))
        again = old["kind"] in LASTING and draw(st.booleans())
        told = draw(tellings(old["kind"] if again else "withdrawn", at))
        if again:
            start = moment(old["observed_at"])
            told = Told(told.kind, start, told.ended, max(told.recorded, start))
            told = (
                told
                if told.ended is None or told.ended > start
                else Told(told.kind, start, start + SECOND, told.recorded)
            )
        made.append(as_line(draw, told, f"~{number}") | {"retracts": old["id"]})
    return made


OPENINGS = [
    "2020-02-18T00:00:00+08:00",
    "2020-02-22T00:00:00+08:00",
    "2020-03-08T00:00:00+08:00",
    "2020-03-16T00:00:00+08:00",
    "2020-04-01T20:00:00+08:00",
]


@st.composite
def askings(draw: st.DrawFn) -> datetime:
    """A moment in spring 2020: mostly when all editions are in force, at times when one begins."""
    if not draw(st.integers(0, 9)):
        start = moment(draw(st.sampled_from(OPENINGS)))
        return start + draw(st.sampled_from((*BESIDE, -DAY, DAY)))
    noon = datetime(2020, 4, 20, 12, tzinfo=SHANGHAI)
    hour = draw(st.sampled_from((NOTHING, -12 * timedelta(hours=1), timedelta(minutes=437))))
    return noon + hour + draw(st.sampled_from(BESIDE))


@st.composite
def histories(draw: st.DrawFn) -> History:
    """A person's facts, in any order, and the moment that is asked for."""
    at = draw(askings())
    told = draw(some_of(["declaration"], at, 1, 2)) if draw(st.integers(0, 9)) else []
    told += draw(some_of(WORDS, at, 0, 4)) if draw(st.booleans()) else []
    told += draw(some_of(CALM, at, 0, 4))
    told += draw(some_of(LASTING, at, 1, 3)) if draw(st.booleans()) else []
    told += draw(some_of(WORRY, at, 1, 3)) if draw(st.booleans()) else []
    told += draw(diaries(at)) if draw(st.booleans()) else []
    told += draw(answers(told, at))
    prefix = draw(st.lists(st.sampled_from(NAMES), min_size=len(told), max_size=len(told)))
    lines = [as_line(draw, one, f"{prefix[i]}{i}") for i, one in enumerate(told)]
    lines += draw(corrections(lines, at))
    return History(at, draw(st.permutations(lines)))
