"""Two persons of the health authority, and somebody with a card."""

from uuid import UUID

import pytest
from tests.lib.persons import a_card, id_number

from yimatong.access.actor import Actor
from yimatong.access.permissions import Role
from yimatong.people.service import People
from yimatong.registry import NewProposal, Origin

NUMBER = id_number()


def actor(role, number):
    return Actor(account=UUID(int=number), role=role, session=b"")


@pytest.fixture
def maker():
    return actor(Role.REGISTRAR, 71)


@pytest.fixture
def checker():
    return actor(Role.REGISTRY_CHECKER, 72)


@pytest.fixture
def people(keys, clock, randomness):
    return People(keys, clock, randomness)


@pytest.fixture
async def person(database, people):
    """Committed, in the region `hubei`."""
    async with database.transaction() as tx:
        account = await people.account_for(tx, "+8613900001234")
        return await people.register_card(tx, account, a_card(number=NUMBER, region="hubei"))


@pytest.fixture
def proposal(clock, person):
    def make(kind="case.confirmed", **given):
        known = {"observed_at": clock.now(), "origin": Origin("演示疾控中心", "2026-0302")}
        return NewProposal(person=person, kind=kind, **{**known, **given})

    return make
