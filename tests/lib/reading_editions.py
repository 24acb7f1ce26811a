"""The five editions read a second time, by hand, from the contract alone.

Nothing here is driven by a policy file and nothing is clever: one plain function for each
edition says its clauses one after the other, in the order of the contract. A rule is named
after its clause; the contract does not fix ids, so they are not compared.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from tests.lib.reading_facts import (
    DAY,
    SHANGHAI,
    Fact,
    a_run_after,
    day,
    is_open,
    last_day,
    later_by,
    latest,
    moment,
    of_kind,
    under,
)

CASES = {"case.confirmed", "case.clinical", "case.suspected", "case.asymptomatic", "case.fever"}
QUARANTINES = {"quarantine.central", "quarantine.home"}
ARRIVALS = {"arrival.province", "arrival.abroad"}
SYMPTOMS = {"symptom.fever", "symptom.dry_cough", "symptom.fatigue"}
EXPOSURES = {"exposure.case", "exposure.fever_patient", "exposure.risk_area_person"}
PHARMACIES = {"pharmacy.fever_medicine", "pharmacy.cough_medicine"}
CHECKINS = {"checkin.normal", "checkin.abnormal"}


class Reason(NamedTuple):
    """One rule and one fact that it holds by."""

    rule: str
    colour: str
    fact: str
    since: datetime
    until: datetime | None


class Reading(NamedTuple):
    """A standing, but for when it changes next."""

    state: str
    colour: str | None = None
    reasons: tuple[Reason, ...] = ()
    valid_until: datetime | None = None


def worst(reasons: list[Reason], valid_until: datetime | None = None) -> Reading:
    """Issued, in the worst colour among the rules that hold; none: green."""
    colours = {reason.colour for reason in reasons}
    colour = "red" if "red" in colours else "yellow" if "yellow" in colours else "green"
    return Reading("issued", colour, tuple(reasons), valid_until if colour == "green" else None)


# ── hunan@2020-03-08 ─────────────────────────────────────────────────────────────────────


def hunan(facts: list[Fact], now: datetime) -> Reading:
    """Automatic; a code does not expire."""
    if now < moment("2020-03-08T00:00:00+08:00"):
        return Reading("not_in_force")
    if not of_kind(facts, "declaration"):
        return Reading("undeclared")
    holds = []
    for fact in facts:
        kind, name = fact["kind"], fact["id"]
        start, end = fact["observed_at"], fact["ended_at"]
        if kind in CASES - {"case.fever"} and is_open(fact, now):
            holds.append(Reason("case open", "red", name, start, end))
        if kind == "quarantine.central" and is_open(fact, now):
            holds.append(Reason("central quarantine open", "red", name, start, end))
        if kind == "contact.close" and under(14, start, now):
            holds.append(Reason("close contact", "red", name, start, start + 14 * DAY))
        if kind == "quarantine.home" and is_open(fact, now):
            holds.append(Reason("home quarantine open", "yellow", name, start, end))
        maybe = {"stay.risk_area", "stay.abroad", "contact.secondary"} | EXPOSURES
        if kind in maybe and under(14, start, now):
            holds.append(Reason("maybe exposed", "yellow", name, start, start + 14 * DAY))
    return worst(holds)


# ── hainan@2020-02-18 ────────────────────────────────────────────────────────────────────


def hainan(facts: list[Fact], now: datetime) -> Reading:
    """Automatic; back to green by a run of 14 normal days."""
    if now < moment("2020-02-18T00:00:00+08:00"):
        return Reading("not_in_force")
    if not of_kind(facts, "declaration"):
        return Reading("undeclared")
    holds = []
    isolated = (CASES - {"case.fever"}) | {"contact.close"} | QUARANTINES
    seen = PHARMACIES | ARRIVALS | {"stay.risk_area", "clinic.fever_visit"}
    seen |= {"symptom.fever", "symptom.dry_cough"}
    for fact in facts:
        kind, name, start = fact["kind"], fact["id"], fact["observed_at"]
        if kind in isolated and still_watched(facts, fact, now):
            holds.append(Reason("isolated", "red", name, start, None))
        if kind == "case.fever" and still_watched(facts, fact, now):
            holds.append(Reason("fever patient", "yellow", name, start, None))
        hot = kind == "temperature" and fact["value"] >= Decimal("37.3")
        if (kind in seen or hot) and not a_run_after(facts, day(start)):
            holds.append(Reason("maybe ill", "yellow", name, start, None))
    return worst(holds)


def still_watched(facts: list[Fact], fact: Fact, now: datetime) -> bool:
    """Open, or ended and no run of normal days since."""
    return is_open(fact, now) or not a_run_after(facts, last_day(fact))


# ── yunnan@2020-04-01 ────────────────────────────────────────────────────────────────────


def yunnan(facts: list[Fact], now: datetime) -> Reading:
    """Automatic; green lasts 14 days from the latest declaration."""
    if now < moment("2020-04-01T20:00:00+08:00"):
        return Reading("not_in_force")
    if not of_kind(facts, "declaration"):
        return Reading("undeclared")
    holds = []
    for fact in facts:
        kind, name = fact["kind"], fact["id"]
        start, end = fact["observed_at"], fact["ended_at"]
        if kind in CASES | {"contact.close", "quarantine.central"} and is_open(fact, now):
            holds.append(Reason("isolated", "red", name, start, end))
        if kind == "quarantine.home" and is_open(fact, now):
            holds.append(Reason("home quarantine open", "yellow", name, start, end))
        hot = kind == "temperature" and fact["value"] >= Decimal("37.3")
        if (kind in SYMPTOMS | {"exposure.case", "stay.abroad"} or hot) and under(14, start, now):
            holds.append(Reason("declared", "yellow", name, start, start + 14 * DAY))
    ends = latest(of_kind(facts, "declaration"))["observed_at"] + 14 * DAY
    if not holds and now >= ends:
        return Reading("expired")
    return worst(holds, ends)


# ── shandong@2020-02-22 ──────────────────────────────────────────────────────────────────


def shandong(facts: list[Fact], now: datetime) -> Reading:
    """Signed by an issuer; valid for 5 days and kept green by a report every day."""
    if now < moment("2020-02-22T00:00:00+08:00"):
        return Reading("not_in_force")
    decisions = of_kind(facts, "review.approved", "review.refused", "review.more")
    words = decisions + of_kind(facts, "review.requested")
    if not words:
        return Reading("undeclared")
    word = latest(words)
    holds = conditions_not_met(facts, now)
    if word["kind"] == "review.refused":
        holds.append(Reason("refused", "red", word["id"], word["observed_at"], None))
    if word["kind"] == "review.more":
        holds.append(Reason("more wanted", "yellow", word["id"], word["observed_at"], None))
    if holds:
        return worst(holds)
    if word["kind"] == "review.requested":
        renews = bool(decisions) and latest(decisions)["kind"] == "review.approved"
        if not renews or not under(5, latest(decisions)["observed_at"], word["observed_at"]):
            return Reading("pending")
    return signed(facts, latest(decisions), now)


def conditions_not_met(facts: list[Fact], now: datetime) -> list[Reason]:
    """SD-03."""
    holds = []
    for fact in facts:
        kind, name = fact["kind"], fact["id"]
        start, end = fact["observed_at"], fact["ended_at"]
        if kind in CASES and (is_open(fact, now) or under(14, end, now)):
            holds.append(Reason("case", "red", name, start, later_by(14, end)))
        if kind == "contact.close" and is_open(fact, now):
            holds.append(Reason("close contact open", "red", name, start, end))
        if kind in QUARANTINES and is_open(fact, now):
            holds.append(Reason("quarantine open", "red", name, start, end))
        met = ARRIVALS | SYMPTOMS | {"exposure.risk_area_person", "stay.risk_area"}
        hot = kind == "temperature" and fact["value"] > Decimal("37.3")
        if (kind in met or hot) and under(14, start, now):
            holds.append(Reason("14 days not over", "red", name, start, start + 14 * DAY))
    return holds


def signed(facts: list[Fact], approval: Fact, now: datetime) -> Reading:
    """What an approval in effect is worth where no rule holds."""
    report = latest([approval, *of_kind(facts, *CHECKINS)])
    second_day = day(report["observed_at"]) + 2 * DAY
    unreported = datetime.combine(second_day, time(), SHANGHAI)
    over = approval["observed_at"] + 5 * DAY
    lapses = []
    if now >= over:
        lapses.append(Reason("5 days are over", "yellow", approval["id"], over, None))
    if day(report["observed_at"]) < day(now) - DAY:
        lapses.append(Reason("no report", "yellow", report["id"], unreported, None))
    return worst(lapses, min(over, unreported))


# ── hubei@2020-03-16 ─────────────────────────────────────────────────────────────────────


def hubei(facts: list[Fact], now: datetime) -> Reading:
    """Reviewed; green is kept by a normal check-in or temperature every 72 hours."""
    if now < moment("2020-03-16T00:00:00+08:00"):
        return Reading("not_in_force")
    if not of_kind(facts, "declaration"):
        return Reading("undeclared")
    holds = [reason for fact in facts for reason in four_categories(facts, fact, now)]
    if holds:
        return worst(holds)
    words = of_kind(facts, "review.approved", "review.refused", "review.more")
    if not words or latest(words)["kind"] == "review.more":
        return Reading("pending")
    if latest(words)["kind"] == "review.refused":
        return Reading("refused")
    cool = [f for f in of_kind(facts, "temperature") if f["value"] < Decimal("37.3")]
    kept = latest([latest(words), *of_kind(facts, "checkin.normal"), *cool])
    over = kept["observed_at"] + timedelta(hours=72)
    if now >= over:
        return worst([Reason("no record for 72 hours", "yellow", kept["id"], over, None)])
    return worst([], over)


def four_categories(facts: list[Fact], fact: Fact, now: datetime) -> list[Reason]:
    """四类人员 and whom their categories leave behind."""
    kind, name = fact["kind"], fact["id"]
    start, end = fact["observed_at"], fact["ended_at"]
    holds = []
    if kind in CASES and (is_open(fact, now) or under(14, end, now)):
        holds.append(Reason("case", "red", name, start, later_by(14, end)))
    if kind in CASES and end and now >= end + 14 * DAY and not cleared(facts, end + 14 * DAY):
        holds.append(Reason("recovered", "yellow", name, end + 14 * DAY, None))
    if kind == "contact.close" and (is_open(fact, now) or under(14, start, now)):
        longest = max(end, start + 14 * DAY) if end else None
        holds.append(Reason("close contact", "yellow", name, start, longest))
    if kind == "quarantine.home" and is_open(fact, now) and not cleared(facts, start):
        holds.append(Reason("home quarantine", "yellow", name, start, end))
    if kind == "quarantine.central" and under(14, start, now):
        holds.append(Reason("central quarantine", "yellow", name, start, start + 14 * DAY))
    hot = kind == "temperature" and fact["value"] >= Decimal("37.3")
    if hot and not cleared(facts, start):
        holds.append(Reason("fever measured", "yellow", name, start, None))
    return holds


def cleared(facts: list[Fact], since: datetime) -> bool:
    """Re-checked or ruled out at that moment or later."""
    return any(fact["observed_at"] >= since for fact in of_kind(facts, "followup.clear"))


EDITIONS: dict[str, Callable[[list[Fact], datetime], Reading]] = {
    "hunan@2020-03-08": hunan,
    "hainan@2020-02-18": hainan,
    "yunnan@2020-04-01": yunnan,
    "shandong@2020-02-22": shandong,
    "hubei@2020-03-16": hubei,
}
