"""The closed vocabulary: what can be recorded about a person, and who says it.

A new kind is one entry in `KINDS` plus its words (`policy.kind.…` in words.toml). The table
is that of the contract, row by row.
"""

from collections.abc import Iterable
from dataclasses import dataclass

SOURCES = (
    "self",
    "registry",
    "clinic",
    "pharmacy",
    "gate",
    "venue",
    "employer",
    "issuer",
    "tracing",
    "appeal",
    "exchange",
)
"""Who a fact can come from. The words stand under `policy.source.…`."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fact: who says it, and which of the optional fields it may carry."""

    name: str
    said_by: tuple[str, ...]
    lasting: bool = False
    """It goes on until it ends (`ended_at`)."""
    has_value: bool = False
    """It carries a temperature, and always does."""
    has_region: bool = False
    """It may name a division of GB/T 2260."""


def _group(stem: str, names: str, *said_by: str, lasting: bool = False) -> Iterable[Kind]:
    return (Kind(f"{stem}.{name}", said_by, lasting=lasting) for name in names.split())


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("declaration", ("self",)),
        *_group("checkin", "normal abnormal", "self"),
        *_group("symptom", "fever dry_cough fatigue other", "self", "gate", "clinic"),
        Kind("temperature", ("gate", "clinic", "pharmacy", "self", "issuer"), has_value=True),
        Kind("exposure.case", ("self",)),
        Kind("exposure.fever_patient", ("self", "clinic", "pharmacy")),
        Kind("exposure.risk_area_person", ("self",)),
        Kind("stay.risk_area", ("self", "registry"), has_region=True),
        Kind("stay.abroad", ("self", "registry")),
        Kind("arrival.province", ("self", "registry"), has_region=True),
        Kind("arrival.abroad", ("self", "registry")),
        *_group(
            "case",
            "confirmed clinical suspected asymptomatic fever",
            "registry",
            "clinic",
            lasting=True,
        ),
        *_group("contact", "close secondary", "registry", "tracing", lasting=True),
        *_group("quarantine", "central home", "registry", lasting=True),
        Kind("followup.clear", ("registry", "clinic")),
        Kind("clinic.fever_visit", ("clinic",)),
        *_group("pharmacy", "fever_medicine cough_medicine", "pharmacy"),
        *_group("review", "requested", "self"),
        *_group("review", "approved refused more", "issuer"),
        Kind("withdrawn", SOURCES),
    )
}
"""Every kind by its name, in the order of the contract."""


def kinds_matching(pattern: str) -> tuple[str, ...]:
    """The kinds that `case.*` or `case.fever` means; empty where there is none."""
    if pattern.endswith(".*"):
        return tuple(name for name in KINDS if name.startswith(pattern[:-1]))
    return (pattern,) if pattern in KINDS else ()
