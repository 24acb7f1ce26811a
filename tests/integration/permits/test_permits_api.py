import pytest
from tests.lib.logins import resident, worker

from yimatong.access.permissions import Role
from yimatong.ledger import NewFact, record


@pytest.fixture
async def applicant(world):
    """A resident of Shandong who applied."""
    login = await resident(world, region="shandong")
    asked = NewFact(
        person=login.person,
        kind="review.requested",
        observed_at=world.clock.now(),
        source="self",
        recorder=login.account,
    )
    async with world.database.transaction() as tx:
        await record(tx, world.clock, world.randomness, [asked])
    world.clock.advance(minutes=1)
    return login


@pytest.fixture
async def issuer(world):
    return await worker(world, Role.ISSUER)


@pytest.fixture
def send(client, applicant, issuer):
    """Posts an answer; the answer of the server."""

    async def send(key="one", **body):
        headers = {"authorization": f"Bearer {issuer.token}"}
        path = f"/api/v1/desk/permits/{applicant.person}"
        keyed = {**headers, "idempotency-key": key} if key else headers
        return await client.post(path, json=body, headers=keyed)

    return send


async def read(client, login, path):
    return (await client.get(path, headers={"authorization": f"Bearer {login.token}"})).json()


@pytest.mark.requirement("SD-05")
async def test_an_application_is_listed_answered_and_told(client, applicant, issuer, send):
    assert (await read(client, applicant, "/api/v1/permit"))["state"] == "waiting"
    [one] = await read(client, issuer, "/api/v1/desk/permits?region=shandong")
    assert (one["person"], one["state"], one["name"]) == (str(applicant.person), "pending", "田*")
    assert (await send(word="more", reason="请测量体温")).status_code == 201
    told = await read(client, applicant, "/api/v1/permit")
    assert (told["state"], told["reason"]) == ("more", "请测量体温")
    assert await read(client, issuer, "/api/v1/desk/permits?region=shandong") == []


async def test_the_same_request_again_gets_the_same_answer(client, world, send):
    first, again = await send(word="approved"), await send(word="approved")
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert (await send(word="refused", reason="另一个")).status_code == 422
    assert (await send("two", word="approved")).status_code == 409
    async with world.database.transaction() as tx:
        found = await tx.fetchval("select count(*) from ledger_fact where source = 'issuer'")
    assert found == 1


@pytest.mark.parametrize(
    ("key", "body"),
    [
        ("one", {"word": "refused"}),
        ("one", {"word": "green"}),
        ("one", {"word": "approved", "colour": "green"}),
        (None, {"word": "approved"}),
    ],
)
async def test_a_request_that_is_not_right_records_nothing(client, applicant, send, key, body):
    assert (await send(key, **body)).status_code in (400, 422)
    assert (await read(client, applicant, "/api/v1/permit"))["state"] == "waiting"


async def test_a_resident_may_neither_list_nor_answer(client, applicant):
    headers = {"authorization": f"Bearer {applicant.token}", "idempotency-key": "one"}
    listed = await client.get("/api/v1/desk/permits?region=shandong", headers=headers)
    path = f"/api/v1/desk/permits/{applicant.person}"
    answered = await client.post(path, json={"word": "approved"}, headers=headers)
    assert (listed.status_code, answered.status_code) == (403, 403)
