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

Form: TypeAlias = Literal["declaration", "checkin"]
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


class Promise(msgspec.Struct, frozen=True):
    """What was promised, word for word, in the language shown, and whose words they are."""

    text: str
    language: Language
    policy: str
    """The edition, `hubei@2020-03-16`."""


class Receipt(msgspec.Struct, frozen=True):
    """One declaration or check-in as it is kept; nothing in it names anybody."""

    id: UUID
    form: Form
    made_at: datetime
    promise: Promise
    facts: list[UUID]
    answers: dict[str, object]
    """The sheet without personal text, the promise and what was left empty."""


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
    "transport_number", "transits", "notes",
)  # fmt: skip
"""Fields that go to `people`, sealed, and nowhere else."""
