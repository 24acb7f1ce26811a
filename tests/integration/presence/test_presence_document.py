"""Nothing to show but the document: number and name together open, and nothing else does.

Tried at a gate, which is a desk like the others.
"""

from typing import get_args

import msgspec
import pytest
from tests.lib.gates import opened, rows
from tests.lib.logins import card, gate, number, resident, worker
from tests.lib.mine import deleted
from tests.lib.paper import asked, attended

from yimatong.access.actor import Actor
from yimatong.access.permissions import Role
from yimatong.audit import Purpose
from yimatong.kernel.errors import TooMany
from yimatong.people.documents import DocumentKind
from yimatong.presence.document import QUOTA, Quota, present_by_document
from yimatong.presence.model import InHand, Tools, Why
from yimatong.presence.showing import post_of

NUMBER = number(1)
UNKNOWN = "presence.document.unknown"
REFUSED = "audit_event where action = 'presence.document_refused'"


def in_hand(**changes):
    typed = {"document_kind": "resident_id", "document_number": NUMBER, "name": "田试青"}
    return typed | {"why": "no_phone", "present": True} | changes


async def by_document(client, guard, **changes):
    return await opened(client, guard, document=in_hand(**changes))


def code_of(answer) -> str:
    return answer.json()["problems"][0]["code"]


async def test_name_and_number_together_open_as_a_scan_does(world, client, person, guard):
    opening = (
        await by_document(client, guard, name=" 田试青 ", document_number=f"{NUMBER} ")
    ).json()
    assert (opening["colour"], opening["name"], opening["how"]) == ("green", "田*", "document")
    assert "照片" in opening["compare"]
    entry = {"ticket": opening["ticket"], "direction": "in", "reason": "home", "felt": "normal"}
    passed = await client.post("/api/v1/gate/passages", json=entry, headers=guard.headers)
    assert (passed.json()["verdict"], passed.json()["compare"]) == ("admit", opening["compare"])


async def test_whatever_does_not_agree_gets_one_and_the_same_answer(world, client, person, guard):
    gone = await resident(world, serial=2)
    await deleted(world, client, gone)
    answers = [
        await by_document(client, guard, name="田试红"),
        await by_document(client, guard, document_number=number(77)),
        await by_document(client, guard, document_number=number(2)),
        await by_document(client, guard, document_kind="passport", document_number="E1234567"),
    ]
    assert {answer.status_code for answer in answers} == {422}
    problems = [answer.json()["problems"] for answer in answers]
    assert (problems[0][0]["code"], problems.count(problems[0])) == (UNKNOWN, len(answers))
    assert await rows(world, REFUSED) == 4
    assert await rows(world, f"{REFUSED} and person = '{person.person}'") == 1
    assert await rows(world, "audit_event where action = 'gates.open'") == 0


async def test_unknown_and_known_ask_the_database_the_same(world, person, guard):
    """Equal times as far as a program can: the same statements, and one name opened each time."""
    said = []
    for changes in ({"document_number": number(71)}, {"name": "田试红"}):
        async with world.database.transaction() as tx:
            seen: list[str] = []
            with tx.query_logger(lambda query, seen=seen: seen.append(query.query)):
                refused = await present_by_document(
                    tx, tools(world), await post_of(tx, actor(guard)), typed(**changes), PURPOSE
                )
        assert [one.code for one in refused.problems] == [UNKNOWN]
        said.append(seen)
    assert said[0] == said[1]
    assert len(said[0]) > 5


async def test_what_cannot_be_is_told_at_its_field_and_counts_nothing(world, client, guard):
    wrong = {"name": "", "document_number": "430100", "why": None, "present": False}
    answer = await by_document(client, guard, **wrong)
    fields = {one["field"] for one in answer.json()["problems"]}
    assert (answer.status_code, fields) == (422, {"name", "document_number", "why", "present"})
    assert "430100" not in answer.text
    assert await rows(world, "access_limit where name like 'presence.%'") == 0
    assert await rows(world, REFUSED) == 0


async def test_nobody_without_presence_and_no_reason_outside_the_list(world, client, person, guard):
    absent = await by_document(client, guard, present=False)
    assert code_of(absent) == "presence.document.present_missing"
    assert (await by_document(client, guard, why="lazy")).status_code == 422
    assert await rows(world, "audit_event where action = 'gates.open'") == 0


async def test_a_worker_does_not_open_oneself(world, client, guard):
    async with world.database.transaction() as tx:
        await world.people.register_card(tx, guard.account, card(serial=9))
    answer = await by_document(client, guard, document_number=number(9))
    assert (answer.status_code, code_of(answer)) == (403, "presence.document.own")
    assert await rows(world, "access_limit where name = 'presence.document.hour'") == 1


async def test_a_worker_tries_so_many_an_hour_and_another_goes_on(world, client, person, guard):
    for serial in range(QUOTA.an_hour):
        await by_document(client, guard, document_number=number(100 + serial))
    over = await by_document(client, guard)
    assert (over.status_code, int(over.headers["Retry-After"]) > 3000) == (429, True)
    other = await worker(world, Role.GUARD, await gate(world), serial=2)
    assert (await by_document(client, other)).status_code == 201


@pytest.mark.parametrize("quota", [Quota(an_hour=1), Quota(a_day=1)])
async def test_a_desk_may_set_its_own_quota(world, client, person, guard, quota):
    await by_document(client, guard)
    async with world.database.transaction() as tx:
        post, other = await post_of(tx, actor(guard)), typed(name="田试红")
        with pytest.raises(TooMany):
            await present_by_document(tx, tools(world), post, other, PURPOSE, quota)


async def test_the_same_sent_twice_counts_once(world, client, person, guard):
    for _ in range(3):
        assert (await by_document(client, guard)).status_code == 201
        await by_document(client, guard, name="田试红")
    async with world.database.transaction() as tx:
        hits = await tx.fetchval(
            "select cardinality(hits) from access_limit where name = 'presence.document.hour'"
        )
    assert (hits, await rows(world, REFUSED)) == (2, 1)


@pytest.mark.requirement("YN-08")
async def test_who_has_a_paper_card_and_left_it_at_home_is_opened_by_the_document(
    world, client, guard
):
    clerk = await worker(world, Role.CLERK, await gate(world), serial=8)
    ticket = (await attended(client, clerk)).json()["ticket"]
    printed = (await asked(client, clerk, "desk/papers", ticket=ticket)).json()
    await asked(client, clerk, "desk/papers/lost", ticket=ticket)
    assert code_of(await opened(client, guard, code=printed["text"])) == "presence.code.revoked"
    answer = await by_document(client, guard, document_number=number(50))
    assert (answer.status_code, answer.json()["how"]) == (201, "document")


@pytest.mark.requirement("YM-07")
async def test_the_person_is_told_that_it_was_by_the_document_and_why(world, client, person, guard):
    await by_document(client, guard, name="田试红", why="no_network")
    ticket = (await by_document(client, guard)).json()["ticket"]
    entry = {"ticket": ticket, "direction": "in", "reason": "home", "felt": "normal"}
    await client.post("/api/v1/gate/passages", json=entry, headers=guard.headers)
    known = (await client.get("/api/v1/mine", headers=person.headers)).json()["looks"]
    assert [(one["action"], one["purpose"], one["how"], one["why"]) for one in known] == [
        ("gates.scan", "gate_check", "document", "no_phone"),
        ("gates.open", "gate_check", "document", "no_phone"),
        ("presence.document_refused", "gate_check", "document", "no_network"),
    ]
    page = (await client.get("/mine", headers=person.headers)).text
    assert "登记通行 · 凭身份证件，登记为本人在场 · 没有手机" in page
    assert "姓名不符，没有打开 · 凭身份证件，登记为本人在场 · 没有网络" in page


async def test_the_page_keeps_what_was_typed_and_names_what_is_missing(client, person, guard):
    form = {"way": "document", **in_hand(name="田试红"), "present": "yes", "why": ""}
    wrong = await client.post("/desk/gate", data=form, headers=guard.headers)
    assert (wrong.status_code, 'id="in-hand" open' in wrong.text) == (422, True)
    assert "请选择对方为什么没有码" in wrong.text
    for kept in (f'value="{NUMBER}"', 'value="田试红"'):
        assert kept in wrong.text
    right = await client.post(
        "/desk/gate", data=form | {"why": "other", "name": "田试青"}, headers=guard.headers
    )
    assert (right.status_code, "凭身份证件打开" in right.text) == (200, True)


async def test_the_form_offers_every_kind_of_document_and_every_reason(client, guard):
    page = (await client.get("/desk/gate", headers=guard.headers)).text
    for choice in (*DocumentKind, *get_args(Why)):
        assert f'value="{choice}"' in page


PURPOSE = Purpose.GATE_CHECK


def typed(**changes) -> InHand:
    return msgspec.convert(in_hand(**changes), InHand)


def tools(world) -> Tools:
    return Tools(world.clock, world.randomness, world.keys, world.people, frozenset({"test"}))


def actor(login) -> Actor:
    return Actor(login.account, Role.GUARD, b"", staff=login.staff, place=login.place)
