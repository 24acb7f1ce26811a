"""Logging in: the first time registers, a code works once, and nobody learns who is known."""

import asyncio
import re

import pytest
from tests.lib.logins import number, worker

from yimatong.access import totp
from yimatong.access.permissions import Role
from yimatong.messages.service import recent
from yimatong.people import workers

PHONE = "13900020001"
CARD = {"name": "田试青", "document_kind": "resident_id", "document_number": number(7),
        "ethnic_group": "01", "region": "hunan"}  # fmt: skip


async def sms(world, phone: str = PHONE) -> str:
    async with world.database.transaction() as tx:
        found = await recent(tx, world.keys, 20)
    text = next(one.text for one in found if one.phone.endswith(phone))
    return re.search(r"\d{6}", text)[0]


async def asked(client, phone: str = PHONE) -> str:
    return (await client.post("/api/v1/login", json={"phone": phone})).json()["ticket"]


async def tried(client, ticket: str, code: str):
    return await client.post("/api/v1/login/code", json={"ticket": ticket, "code": code})


def problem(answer) -> str:
    return answer.json()["problems"][0]["code"]


async def rows(world, table: str) -> int:
    async with world.database.transaction() as tx:
        return await tx.fetchval(f"select count(*) from {table}")


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


@pytest.mark.requirement("HI-01", "HN-01")
async def test_a_first_log_in_registers_and_a_card_makes_a_code(world, client):
    await client.post("/login", data={"phone": PHONE})
    entered = await client.post("/login/code", data={"code": await sms(world)})
    assert entered.status_code == 303
    assert (await client.get("/")).headers["location"] == "/card"
    assert (await client.post("/card", data=CARD)).status_code == 303
    assert "田*" in (await client.get("/code")).text
    assert "汉族" in (await client.get("/card", headers={"Accept-Language": "zh"})).text


async def test_the_session_changes_at_each_log_in_and_ends_at_log_out(world, client):
    tokens = []
    for _ in range(2):
        await client.post("/login", data={"phone": PHONE})
        await client.post("/login/code", data={"code": await sms(world)})
        tokens.append(client.cookies["session"])
        world.clock.advance(minutes=2)
    assert tokens[0] != tokens[1]
    assert (await client.get("/card")).status_code == 200
    await client.post("/logout")
    old = {"Authorization": f"Bearer {tokens[0]}"}
    assert (await client.get("/api/v1/card", headers=old)).status_code == 401
    old = {"Authorization": f"Bearer {tokens[1]}"}
    assert (await client.get("/api/v1/card", headers=old)).status_code == 401


async def test_a_wrong_a_used_and_an_expired_code_have_an_answer_each(world, client):
    ticket = await asked(client)
    code = await sms(world)
    assert problem(await tried(client, ticket, wrong(code))) == "people.code.wrong"
    assert (await tried(client, ticket, code)).status_code == 200
    assert problem(await tried(client, ticket, code)) == "people.code.used"
    ticket = await asked(client, "13900020002")
    world.clock.advance(minutes=11)
    answer = await tried(client, ticket, await sms(world, "13900020002"))
    assert problem(answer) in ("people.code.expired", "people.ticket.unknown")


async def test_of_fifty_tries_at_once_at_most_five_are_looked_at(world, client):
    ticket = await asked(client)
    code = wrong(await sms(world))
    answers = await asyncio.gather(*(tried(client, ticket, code) for _ in range(50)))
    looked_at = [one for one in answers if problem(one) == "people.code.wrong"]
    assert len(looked_at) <= 5
    assert (await tried(client, ticket, await sms(world))).status_code != 200


async def test_known_and_unknown_numbers_get_equal_answers(world, client):
    await worker(world, Role.REGISTRAR, serial=9)
    known = await client.post("/api/v1/login", json={"phone": "13800010009"})
    unknown = await client.post("/api/v1/login", json={"phone": "13800010008"})
    assert known.status_code == unknown.status_code == 200
    assert len(known.json()["ticket"]) == len(unknown.json()["ticket"])
    assert {*known.headers} == {*unknown.headers}


@pytest.mark.parametrize(
    ("phone", "code"),
    [("", "missing"), ("+1 202 555 0143", "other_country"), ("1390002", "length"),
     ("abc", "characters"), ("010-12345678", "not_mobile")],
)  # fmt: skip
async def test_a_number_that_gets_no_sms_is_told_why(world, client, phone, code):
    answer = await client.post("/api/v1/login", json={"phone": phone})
    assert (answer.status_code, problem(answer)) == (422, f"people.phone.{code}")
    assert await rows(world, "messages_sms") == 0


async def test_more_codes_than_anybody_needs_are_not_sent(world, client):
    answers = [await client.post("/api/v1/login", json={"phone": PHONE}) for _ in range(30)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert int(refused[0].headers["retry-after"]) > 0
    assert await rows(world, "messages_sms") == 30 - len(refused)


BAD_CARDS = [
    ({"document_number": CARD["document_number"][:-1] + "A"}, "document_number"),
    ({"document_number": "43010019900231001X"}, "document_number"),
    ({"document_number": "430100209901010010"}, "document_number"),
    ({"name": "田😀"}, "name"),
    ({"name": "田" * 10_000}, "name"),
    ({"name": ""}, "name"),
    ({"ethnic_group": "99x"}, "ethnic_group"),
    ({"region": "nowhere"}, "region"),
]


@pytest.mark.parametrize(("change", "field"), BAD_CARDS)
async def test_a_wrong_card_is_told_at_its_field_and_nobody_is_registered(
    world, client, change, field
):
    token = (await tried(client, await asked(client), await sms(world))).json()["token"]
    headers = {"Authorization": f"Bearer {token}"}
    answer = await client.put("/api/v1/card", json=CARD | change, headers=headers)
    assert answer.status_code == 422
    assert field in [one.get("field") for one in answer.json()["problems"]]
    assert await rows(world, "people_person") == 0


async def test_a_document_on_another_account_is_refused_and_the_same_card_twice_is_not(
    world, client
):
    statuses = []
    for phone in (PHONE, PHONE, "13900020005"):
        world.clock.advance(minutes=2)
        answer = await tried(client, await asked(client, phone), await sms(world, phone))
        headers = {"Authorization": f"Bearer {answer.json()['token']}"}
        statuses.append((await client.put("/api/v1/card", json=CARD, headers=headers)).status_code)
    assert statuses == [204, 204, 409]


async def test_staff_need_the_second_factor_and_a_code_of_it_works_once(world, client):
    async with world.database.transaction() as tx:
        _, secret = await workers.add(
            world.people, tx, "卫试岗", "13800020001", Role.REGISTRAR, None
        )
    ticket = await asked(client, "13800020001")
    body = {"ticket": ticket, "code": await sms(world, "13800020001")}
    step = (await client.post("/api/v1/desk/login/code", json=body)).json()["ticket"]
    right = totp.code_at(secret, world.clock.now())
    answers = [
        await client.post("/api/v1/desk/login/second", json={"ticket": step, "code": code})
        for code in ("12345", wrong(right), right, right)
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 200, 422]
    told = [problem(answers[at]).removeprefix("people.totp.") for at in (0, 1, 3)]
    assert told == ["form", "wrong", "used"]


async def test_a_worker_whose_post_is_taken_away_is_out_at_once(world, client):
    login = await worker(world, Role.REGISTRAR)
    assert (await client.get("/desk", headers=login.headers)).status_code == 200
    async with world.database.transaction() as tx:
        await workers.staff.remove(tx, world.clock, login.staff)
    gone = await client.get("/desk", headers=login.headers)
    assert (gone.status_code, gone.headers["location"]) == (303, "/desk/login")
