"""B1: `decide` for one person with ten facts and twenty check-ins, beside a function by hand."""

import random
from datetime import datetime, timedelta
from decimal import Decimal

from bench import Row
from bench.policies_by_hand import BY_HAND
from bench.rounds import rates
from yimatong.doors.packs import library
from yimatong.kernel.clock import SHANGHAI
from yimatong.policy.decide import decide
from yimatong.policy.facts import Fact
from yimatong.policy.kinds import KINDS

NOON = datetime(2020, 4, 20, 12, tzinfo=SHANGHAI)
PERSONS = 200
FACTS, CHECKINS = 10, 20
OFTEN = ("declaration", "review.requested", "review.approved", "temperature")
"""What most people have; the other six of the ten facts are any kinds."""


def run() -> list[Row]:
    """One row for each edition: persons decided a second."""
    histories = people(random.Random(20200216))
    policies, rows = library(), []
    for name, by_hand in BY_HAND.items():
        policy = policies.named(name, NOON)
        if any(decide(policy, one, NOON) != by_hand(one, NOON) for one in histories):
            raise AssertionError(f"{name}: the reference says something else")

        def ours(policy=policy) -> None:  # type: ignore[no-untyped-def]
            for one in histories:
                decide(policy, one, NOON)

        def theirs(by_hand=by_hand) -> None:  # type: ignore[no-untyped-def]
            for one in histories:
                by_hand(one, NOON)

        figure, reference = (rate * PERSONS for rate in rates(ours, theirs))
        work = f"decide, {name.split('@')[0]}"
        rows.append(Row("B1", work, figure, reference, figure / reference, "persons/s", "≥ 0.5"))
    return rows


def people(chance: random.Random) -> list[list[Fact]]:
    """Histories of the past four weeks."""
    return [one_history(chance) for _ in range(PERSONS)]


def one_history(chance: random.Random) -> list[Fact]:
    others = [kind for kind in KINDS if kind not in (*OFTEN, "withdrawn") and "checkin" not in kind]
    kinds = [*OFTEN, *chance.choices(others, k=FACTS - len(OFTEN))]
    kinds += chance.choices(("checkin.normal", "checkin.abnormal"), (95, 5), k=CHECKINS)
    return [fact(chance, kind, number) for number, kind in enumerate(kinds)]


def fact(chance: random.Random, kind: str, number: int) -> Fact:
    """A check-in for each of the last days; anything else at any minute of them."""
    if kind.startswith("checkin"):
        observed = NOON - timedelta(days=number - FACTS, minutes=chance.randrange(600))
    else:
        observed = NOON - timedelta(minutes=chance.randrange(28 * 1440))
    lasts = KINDS[kind].lasting and chance.random() < 0.8
    return Fact(
        id=f"f{number}",
        person="p",
        kind=kind,
        observed_at=observed,
        ended_at=observed + timedelta(days=chance.randrange(1, 15)) if lasts else None,
        recorded_at=observed,
        source="self",
        value=Decimal(chance.choice(("36.5", "36.8", "37.4"))) if kind == "temperature" else None,
    )
