import re

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


def asking(login, language="zh"):
    return {"headers": {"authorization": f"Bearer {login.token}", "accept-language": language}}


def answer(login, word, reason=""):
    return {"region": "shandong", "person": str(login.person), "word": word, "reason": reason}


@pytest.mark.requirement("SD-05", "SD-06")
async def test_an_issuer_refuses_with_a_reason_and_the_applicant_reads_it(
    client, applicant, issuer
):
    assert "等待审核" in (await client.get("/permit", **asking(applicant))).text
    listed = (await client.get("/desk/permits?region=shandong", **asking(issuer))).text
    assert str(applicant.person) in listed
    data = answer(applicant, "refused", "居家观察未满 14 天")
    done = await client.post("/desk/permits", data=data, **asking(issuer))
    assert done.status_code == 303
    after = await client.get(done.headers["location"], **asking(issuer))
    assert "决定已经记录" in after.text
    assert str(applicant.person) not in after.text
    own = await client.get("/permit", **asking(applicant))
    assert "不予签发" in own.text
    assert "居家观察未满 14 天" in own.text


@pytest.mark.parametrize(
    ("data", "status"),
    [({"word": "refused"}, 422), ({"word": "green"}, 422), ({"person": "somebody"}, 422)],
)
async def test_an_answer_that_is_not_right_is_said_so_and_not_recorded(
    client, applicant, issuer, data, status
):
    sent = {**answer(applicant, "approved"), **data}
    answered = await client.post("/desk/permits", data=sent, **asking(issuer))
    assert answered.status_code == status
    assert 'role="alert"' in answered.text
    assert str(applicant.person) in answered.text


async def test_the_same_answer_sent_twice_counts_once(client, world, applicant, issuer):
    data = answer(applicant, "approved")
    codes = [
        (await client.post("/desk/permits", data=data, **asking(issuer))).status_code
        for _ in range(2)
    ]
    assert codes == [303, 409]
    async with world.database.transaction() as tx:
        found = await tx.fetchval("select count(*) from ledger_fact where source = 'issuer'")
    assert found == 1


@pytest.mark.parametrize("path", ["/desk/permits", "/permit"])
async def test_pages_are_for_their_own_role_and_for_nobody_else(client, applicant, issuer, path):
    stranger = applicant if path == "/desk/permits" else issuer
    assert (await client.get(path)).status_code in (303, 401)
    assert (await client.get(path, **asking(stranger))).status_code == 403


async def test_pages_are_in_english_too(client, applicant, issuer):
    own = (await client.get("/permit", **asking(applicant, "en"))).text
    desk = (await client.get("/desk/permits", **asking(issuer, "en"))).text
    chinese = re.compile(r"[一-龥]{2,}")
    shown = re.sub(r"<[^>]*>", " ", own + desk)
    assert "Waiting for an issuer" in own
    assert not [word for word in chinese.findall(shown) if word not in ("中文", "山东", "湖北")]
