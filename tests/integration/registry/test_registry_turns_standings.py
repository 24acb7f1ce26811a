"""A fact of the registry turns a standing; nothing else of the registry does."""

import pytest

from yimatong.codes.standings import Standings
from yimatong.doors.packs import library
from yimatong.ledger import NewFact, record
from yimatong.registry import Origin, approve, propose, propose_end


@pytest.fixture
async def declared(tx, clock, randomness, person):
    """Somebody who declared and was approved: green in two editions that review."""
    for kind, source in (
        ("declaration", "self"),
        ("review.requested", "self"),
        ("review.approved", "issuer"),
    ):
        await record(
            tx,
            clock,
            randomness,
            [
                NewFact(
                    person=person,
                    kind=kind,
                    observed_at=clock.now(),
                    source=source,
                    recorder=person,
                )
            ],
        )
        clock.advance(minutes=1)
    return person


@pytest.fixture
def colour(tx, clock):
    standings = Standings(library(), clock)

    async def of(person, region):
        return (await standings.of(tx, person, region)).standing.colour

    return of


@pytest.mark.parametrize(
    ("region", "kind", "turned"),
    [
        pytest.param("hubei", kind, turned, marks=pytest.mark.requirement("HB-02"))
        for kind, turned in (
            ("case.confirmed", "red"),
            ("case.clinical", "red"),
            ("case.suspected", "red"),
            ("case.fever", "red"),
            ("contact.close", "yellow"),
            ("quarantine.home", "yellow"),
            ("quarantine.central", "yellow"),
        )
    ]
    + [
        pytest.param("shandong", kind, "red", marks=pytest.mark.requirement("SD-03"))
        for kind in (
            "case.suspected",
            "case.asymptomatic",
            "contact.close",
            "quarantine.home",
            "arrival.province",
            "stay.risk_area",
        )
    ],
)
async def test_a_colour_turns_when_a_second_person_approves(
    tx, clock, randomness, declared, maker, checker, proposal, colour, region, kind, turned
):
    assert await colour(declared, region) == "green"
    id = await propose(tx, clock, randomness, maker, proposal(kind))
    assert await colour(declared, region) == "green"
    await approve(tx, clock, randomness, checker, id)
    assert await colour(declared, region) == turned


@pytest.mark.requirement("SD-03")
async def test_a_contact_turns_green_again_when_the_observation_is_lifted(
    tx, clock, randomness, declared, maker, checker, proposal, colour
):
    id = await propose(tx, clock, randomness, maker, proposal("contact.close"))
    await approve(tx, clock, randomness, checker, id)
    clock.advance(hours=1)
    origin = Origin("演示疾控中心", "2026-0303")
    [id] = await propose_end(
        tx, clock, randomness, maker, declared, "contact.close", clock.now(), origin
    )
    assert await colour(declared, "shandong") == "red"
    await approve(tx, clock, randomness, checker, id)
    assert await colour(declared, "shandong") == "green"
