"""Forms of the declarations room as a browser sends them, with nothing amiss in them."""

from typing import Any

from yimatong.declarations.reading import promise_digest
from yimatong.doors.world import World

HOME = {"division": "460100", "township": "一街道", "address": "一路 1 号"}


def promise(world: World, region: str = "hainan") -> str:
    return world.library.named(region, world.clock.now()).promise.zh


def check_in(world: World, **changes: Any) -> dict[str, Any]:
    form = {"once": "c1", "temperature": "36.5", "conditions": "none", "lately": "none"}
    return _promised(world, form | changes)


def declaration(world: World, **changes: Any) -> dict[str, Any]:
    asked = ("contact_case", "stay_abroad", "stay_risk_area", "contact_risk_person")
    form = {"once": "d1", "kind": "resident", "symptoms": "none", "contact_fever_patient": "no"}
    return _promised(world, form | dict.fromkeys(asked, "no") | changes)


def coming_back(world: World, **changes: Any) -> dict[str, Any]:
    """A return planned for next week; the tests' clocks stand at 2 March 2026."""
    form = {
        "once": "r1", "stage": "planned", "planned_day": "2026-03-09", "origin": "440000",
        "departure_place": "某市", "health_before": "well", "stay_risk_area": "no",
        "contact_case": "no", "contact_asymptomatic": "no", "symptoms": "none",
        "isolation_days": "14", "conditions": "none", "measures": "戴口罩",
    }  # fmt: skip
    return _promised(world, form | changes)


def to_work(world: World, **changes: Any) -> dict[str, Any]:
    form = {
        "once": "w1", "employer": "试验单位", "start_day": "2026-03-02", "origin": "460000",
        "temperature": "36.5", "conditions": "none", "contact_case": "no",
        "contact_fever_patient": "no", "stay_risk_area": "no",
    }  # fmt: skip
    return _promised(world, form | changes)


def _promised(world: World, form: dict[str, Any]) -> dict[str, Any]:
    return {**HOME, "promise": promise_digest(promise(world)), **form}


async def kinds(world: World, person: Any) -> list[str]:
    """The facts there are of a person by kind, the withdrawing ones too."""
    async with world.database.transaction() as tx:
        rows = await tx.fetch("select kind from ledger_fact where person = $1", person)
    return sorted(row["kind"] for row in rows)
