"""The code and the standing behind it, as programs read them."""

from datetime import datetime

import pytest
from tests.lib.logins import resident
from tests.lib.told import told

from yimatong.access.sessions import actor_of
from yimatong.codes import code_ids
from yimatong.codes.service import Codes
from yimatong.codes.verify import Refusal, Verified, verify

DECLARED = [("declaration", "self", 0)]


@pytest.fixture
async def login(world):
    login = await resident(world, region="hainan")
    await told(world, login.person, DECLARED)
    return login


@pytest.fixture
def ask(client, login):
    async def asked(method, path, **more):
        headers = {"authorization": f"Bearer {login.token}", "accept-language": "en"}
        return await client.request(method, path, headers=headers, **more)

    return asked


def checked(world, text):
    keys = world.keys
    return verify(text, keys.verifiers(), world.clock.now(), accept={"test"})


async def test_a_code_verifies_says_the_standing_and_lives_two_minutes(world, login, ask, clock):
    code = (await ask("GET", "/api/v1/code")).json()
    found = checked(world, code["text"])
    assert isinstance(found, Verified)
    assert (found.claims.state, found.claims.colour) == (code["state"], code["colour"])
    assert code_ids.opened(found.claims.code_id, world.keys) == login.person
    clock.set(datetime.fromisoformat(code["expires_at"]))
    clock.advance(seconds=30)
    assert checked(world, code["text"]) is Refusal.EXPIRED


async def test_the_mark_of_the_standing_stays_until_the_standing_changes(world, login, ask, clock):
    first = (await ask("GET", "/api/v1/code")).json()
    clock.advance(minutes=1)
    second = (await ask("GET", "/api/v1/code")).json()
    assert first["text"] != second["text"]
    assert first["standing"] == second["standing"]
    await told(world, login.person, [("contact.close", "registry", 0)])
    assert (await ask("GET", "/api/v1/code")).json()["standing"] != first["standing"]


@pytest.mark.requirement("YM-02", "HN-02")
async def test_the_whole_standing_comes_with_its_reasons_explained(world, login, ask, clock):
    await told(world, login.person, [("contact.close", "registry", 1)])
    standing = (await ask("GET", "/api/v1/standing")).json()
    said = world.library.named("hainan", clock.now()).said_by_rule
    [reason] = standing["reasons"]
    assert (standing["colour"], reason["colour"]) == ("red", "red")
    assert reason["reason"] == said[reason["rule"]].reason.en
    assert reason["to_do"] == said[reason["rule"]].to_do.en
    assert (reason["kind"], reason["source"]) == ("contact.close", "registry")
    assert standing["as_of"] == clock.now().isoformat()


async def test_a_display_writes_nothing(world, login):
    """In a transaction that PostgreSQL allows no write."""
    codes = Codes(world.people, world.standings, world.mint, world.library, world.clock)
    async with world.database.transaction() as tx:
        actor = await actor_of(tx, world.clock, login.token)
        await codes.shown(tx, actor)
    async with world.database.transaction() as tx:
        await tx.execute("set transaction read only")
        assert (await codes.shown(tx, actor)).standing.colour == "green"


async def test_a_short_code_is_made_when_asked_for_and_limited(ask):
    made = (await ask("POST", "/api/v1/code/short")).json()
    assert len(made["text"]) == 9
    answers = [(await ask("POST", "/api/v1/code/short")).status_code for _ in range(10)]
    assert answers == [201] * 9 + [429]


async def test_the_page_shows_a_short_code_big_and_says_when_there_were_too_many(ask, clock):
    shown = await ask("POST", "/code/short")
    assert shown.status_code == 200
    assert 'class="code-short"' in shown.text
    for _ in range(9):
        await ask("POST", "/code/short")
    refused = await ask("POST", "/code/short")
    assert refused.status_code == 429
    assert 'role="alert"' in refused.text
    assert 'class="code-short"' not in refused.text


@pytest.mark.requirement("YM-01")
async def test_no_route_takes_a_colour(client):
    described = (await client.get("/api/schema/openapi.json")).json()
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            named = [one["name"] for one in operation.get("parameters", [])]
            assert not {"colour", "color", "state", "standing"} & set(named), (method, path)
            assert "olour" not in str(operation.get("requestBody", "")), (method, path)
