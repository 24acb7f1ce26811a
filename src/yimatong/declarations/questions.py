"""What is asked about the past, how far back, and which fact a yes becomes."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from yimatong.kernel.clock import start_of

_A_SECOND = timedelta(seconds=1)


class Question(NamedTuple):
    """`name` is the sheet's field; `days` how far back it asks; with `region`: also where."""

    name: str
    kind: str
    days: int
    region: bool = False


DECLARED = (
    Question("contact_case", "exposure.case", 14),
    Question("stay_abroad", "stay.abroad", 14),
    Question("stay_risk_area", "stay.risk_area", 14, region=True),
    Question("contact_risk_person", "exposure.risk_area_person", 14),
    Question("contact_fever_patient", "exposure.fever_patient", 14),
)
"""The first two are Yunnan's (YN-03); the rules of Hunan, Hainan and Shandong need the rest."""

LATELY = (
    Question("fever_lately", "symptom.fever", 14),
    Question("dry_cough_lately", "symptom.dry_cough", 14),
    Question("contact_fever_patient", "exposure.fever_patient", 31),
    Question("stay_risk_area", "stay.risk_area", 31, region=True),
    Question("contact_risk_person", "exposure.risk_area_person", 31),
)
"""Hainan's (HI-04): symptoms within 14 days, contacts and stays within a month."""

_CASE = Question("contact_case", "exposure.case", 14)
_STAY = Question("stay_risk_area", "stay.risk_area", 14, region=True)
RETURNING = (_STAY, _CASE, Question("contact_asymptomatic", "exposure.case", 14))
"""Hainan's (HI-05). Who carries the virus without symptoms is a case to the ledger, so whoever met
them met a case."""

WORKING = (_CASE, Question("contact_fever_patient", "exposure.fever_patient", 14), _STAY)
"""What Hainan calls the history of contacts (HI-06)."""

SYMPTOM_DAYS = 14


def last_moment(day: date, now: datetime) -> datetime:
    """When it was last so, if `day` was the last day: the day's last second, or now.

    A stay counts at its last moment (contract), and nothing may lie in the future. One second
    before midnight, so that it still belongs to the day that was named: runs of normal days
    are counted from the day after it.
    """
    return min(start_of(day + timedelta(days=1)) - _A_SECOND, now)
