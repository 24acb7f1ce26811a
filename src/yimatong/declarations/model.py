"""What a person may answer, and what is kept of it.

The forms and the API fill the same sheets; an answer that is missing is None or empty text,
so that each missing one can be named. Texts are as typed; `checks` says what is wrong.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias
from uuid import UUID

import msgspec

from yimatong.kernel.words import Language

Form: TypeAlias = Literal["declaration", "checkin", "return", "work"]
Transport: TypeAlias = Literal["", "train", "plane", "coach", "car", "ship", "other"]
Symptom: TypeAlias = Literal["fever", "dry_cough", "fatigue", "none"]
Condition: TypeAlias = Literal[
    "fever", "fatigue", "dry_cough", "phlegm", "nose", "throat", "headache", "aches", "breath",
    "chest", "eyes", "nausea", "vomiting", "diarrhoea", "abdomen", "none",
]  # fmt: skip
"""The body conditions of Hainan's form (HI-04), in its order."""
Lately: TypeAlias = Literal[
    "fever_lately", "dry_cough_lately", "contact_fever_patient", "stay_risk_area",
    "contact_risk_person", "none",
]  # fmt: skip
"""The exposure questions of Hainan's form (HI-04). Two of its four ask for two things at once;
here each thing is a tick of its own, because each is a fact of its own."""

ReturnSymptom: TypeAlias = Literal[
    "fever", "dry_cough", "fatigue", "throat", "diarrhoea", "other", "none"
]
"""The symptoms that Hainan's form for who comes back asks for (HI-05)."""
Health: TypeAlias = Literal["", "well", "unwell", "in_care"]

Moment: TypeAlias = Annotated[datetime, msgspec.Meta(tz=True)]
ABROAD = "abroad"


class Sheet(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What every form asks: where one lives or stays, ℃, and the promise word for word."""

    division: str = ""
    """Six digits of GB/T 2260: prefecture of the person's province."""
    township: str = ""
    address: str = ""
    temperature: Decimal | None = None
    promise: str = ""
    """The text that was shown and agreed to, unchanged; empty: not agreed."""


class DeclarationSheet(Sheet):
    """Yunnan's declaration (YN-03), with the questions that other policies' rules need."""

    kind: Literal["", "resident", "arriving"] = ""
    employer: str = ""
    origin: str = ""
    """Where one arrives from: a province's code, or `abroad` (Hong Kong, Macao, Taiwan too)."""
    country: str = ""
    departure_place: str = ""
    departed_at: Moment | None = None
    transport: Transport = ""
    transport_number: str = ""
    transits: str = ""
    arrived_at: Moment | None = None
    contact_case: bool | None = None
    contact_case_day: date | None = None
    stay_abroad: bool | None = None
    stay_abroad_day: date | None = None
    stay_risk_area: bool | None = None
    stay_risk_area_day: date | None = None
    stay_risk_area_region: str = ""
    contact_risk_person: bool | None = None
    contact_risk_person_day: date | None = None
    contact_fever_patient: bool | None = None
    contact_fever_patient_day: date | None = None
    symptoms: list[Symptom] = []
    symptoms_day: date | None = None


class CheckInSheet(Sheet):
    """Hainan's daily check-in (HI-04)."""

    conditions: list[Condition] = []
    lately: list[Lately] = []
    fever_lately_day: date | None = None
    dry_cough_lately_day: date | None = None
    contact_fever_patient_day: date | None = None
    stay_risk_area_day: date | None = None
    stay_risk_area_region: str = ""
    contact_risk_person_day: date | None = None
    notes: str = ""


class ReturnSheet(Sheet):
    """Hainan's registration of who comes back from outside the province (HI-05). The residence is
    the one after the return."""

    stage: Literal["", "planned", "arrived"] = ""
    planned_day: date | None = None
    arrived_at: Moment | None = None
    origin: str = ""
    """Where one comes back from: a province's code, or `abroad` (Hong Kong, Macao, Taiwan too)."""
    departure_place: str = ""
    left_day: date | None = None
    """When one left the province, where one remembers."""
    health_before: Health = ""
    stay_risk_area: bool | None = None
    stay_risk_area_day: date | None = None
    stay_risk_area_region: str = ""
    contact_case: bool | None = None
    contact_case_day: date | None = None
    contact_asymptomatic: bool | None = None
    contact_asymptomatic_day: date | None = None
    symptoms: list[ReturnSymptom] = []
    symptoms_day: date | None = None
    isolation_days: int | None = None
    """Days of isolation at home after the return, as planned; 0: none."""
    conditions: list[Condition] = []
    measures: str = ""


class WorkSheet(Sheet):
    """Hainan's registration of who goes back to work (HI-06)."""

    employer: str = ""
    start_day: date | None = None
    origin: str = ""
    """Where one was before: the own province's code, another's, or `abroad`."""
    departure_place: str = ""
    arrived_at: Moment | None = None
    """Where one was elsewhere: when one arrived."""
    conditions: list[Condition] = []
    contact_case: bool | None = None
    contact_case_day: date | None = None
    contact_fever_patient: bool | None = None
    contact_fever_patient_day: date | None = None
    stay_risk_area: bool | None = None
    stay_risk_area_day: date | None = None
    stay_risk_area_region: str = ""
    notes: str = ""


class Promise(msgspec.Struct, frozen=True):
    """What was promised, word for word, in the language shown, and whose words they are."""

    text: str
    language: Language
    policy: str
    """The edition, `hubei@2020-03-16`."""


class Receipt(msgspec.Struct, frozen=True):
    """One sheet as it is kept; nothing in it names anybody."""

    id: UUID
    form: Form
    made_at: datetime
    promise: Promise
    facts: list[UUID]
    answers: dict[str, object]
    """The sheet without personal text, the promise and what was left empty."""
    taken_back_at: datetime | None = None

    on_paper: bool = False
    """Signed on paper on that day, and entered by a clerk."""


class Handed(msgspec.Struct, frozen=True):
    """A sheet with the texts that are kept sealed; for its owner alone."""

    receipt: Receipt
    texts: dict[str, str]


JOURNEY = (
    "origin", "country", "departure_place", "departed_at", "transport", "transport_number",
    "transits", "arrived_at",
)  # fmt: skip
"""Fields that only somebody who arrives fills in."""
PERSONAL = (
    "township", "address", "employer", "country", "departure_place", "departed_at", "transport",
    "transport_number", "transits", "notes", "measures",
)  # fmt: skip
"""Fields that go to `people`, sealed, and nowhere else."""
