"""Whom campus and unit gates admit (HI-17), under each of the five editions."""

from itertools import product
from typing import get_args

import pytest
from tests.conftest import REGIONS

from yimatong.doors.packs import library
from yimatong.places.model import KIND_OF_TYPE, PlaceType
from yimatong.policy.admission import admit
from yimatong.policy.model import Colour, Warmth

STRICT = (PlaceType.CAMPUS, PlaceType.UNIT)
EDITIONS = {one.region: one for one in library().policies() if one.region in REGIONS}
SEEN: tuple[Colour | None, ...] = (*get_args(Colour), None)
CHECKED = {
    ("hunan", "unit", "yellow"), ("shandong", "unit", "yellow"), ("yunnan", "unit", None),
}  # fmt: skip
"""Who is not green and may wait at such a gate instead of being sent away: by edition, gate and
colour, at a normal temperature. Hainan knows none."""


def answers(region: str, gate: PlaceType, colour: Colour | None) -> set[str]:
    """At every temperature."""
    policy, place = EDITIONS[region], KIND_OF_TYPE[gate].value
    return {admit(policy, place, colour, warm) for warm in get_args(Warmth)}


@pytest.mark.requirement("HI-17")
@pytest.mark.parametrize(("region", "gate"), list(product(EDITIONS, STRICT)))
def test_campus_and_unit_gates_admit_nobody_but_green(region, gate):
    admitted = {colour for colour in SEEN if "admit" in answers(region, gate, colour)}
    assert admitted == {"green"}


@pytest.mark.requirement("HI-17")
@pytest.mark.parametrize("gate", STRICT)
def test_in_hainan_everybody_else_is_sent_away_at_once(gate):
    others = [colour for colour in SEEN if colour != "green"]
    assert [answers("hainan", gate, colour) for colour in others] == [{"refuse"}] * 3
    green = EDITIONS["hainan"], KIND_OF_TYPE[gate].value, "green"
    assert [admit(*green, warm) for warm in ("normal", "fever", "unmeasured")] == [
        "admit", "refuse", "check",
    ]  # fmt: skip


def test_who_may_wait_there_elsewhere_is_known():
    found = {
        (region, gate.value, colour)
        for region, gate, colour in product(EDITIONS, STRICT, SEEN)
        if colour != "green" and "check" in answers(region, gate, colour)
    }
    assert found == CHECKED
