"""Command invites a list of numbers: everything adds up, and nobody learns who is registered."""

import asyncio
import re

import pytest
from tests.lib.logins import resident, worker
from tests.lib.outbox import texts
from tests.lib.told import told

from yimatong.access import sessions
from yimatong.access.permissions import Role
from yimatong.invitations.model import LISTS_A_DAY, MOST
from yimatong.invitations.service import forget
from yimatong.messages.model import Wish
from yimatong.messages.wishes import keep

PATH, DESK = "/api/v1/desk/invitations", "/desk/invitations"
LIST = ["13900080001", "+86 139 0008 0002", "139000", "13900080001", "", "０１０12345678", "甲"]
STRANGER, KNOWN = "13900080009", "13900010001"


@pytest.fixture
async def desk(world, client):
    login = await worker(world, Role.ADMINISTRATOR)

    async def invite(numbers, purpose="return", key="", status=201, language="zh"):
        invite.sent += 1
        key = key or f"key-{invite.sent}"
        async with world.database.transaction() as tx:  # a shift may be over meanwhile
            who = (tx, world.clock, world.randomness, login.account)
            token = await sessions.start(*who, staff=login.staff)
        headers = {
            "Authorization": f"Bearer {token}",
            "idempotency-key": key,
        }
        body = {"purpose": purpose, "sms_language": language, "numbers": numbers}
        answer = await client.post(PATH, json=body, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json()

    invite.sent, invite.login = 0, login
    return invite


@pytest.mark.requirement("HI-05", "HN-14")
async def test_lines_in_are_lines_taken_and_lines_put_aside_each_with_why(world, desk):
    result = await desk(LIST)
    aside = {one["line"]: one["reason"] for one in result["put_aside"]}
    assert (result["received"], result["taken"]) == (7, 2)
    wrong = dict.fromkeys((3, 5, 6, 7), "malformed")
    assert aside == wrong | {4: "twice"}
    for phone in ("13900080001", "13900080002"):
        [text] = await texts(world, phone)
        assert text.endswith("http://127.0.0.1:8000/return")


@pytest.mark.requirement("HI-05", "HN-14")
async def test_a_number_is_invited_once_in_seven_days_whatever_to(world, desk, clock):
    await desk([STRANGER])
    for days, taken in ((0, 0), (6, 0), (1, 1)):
        clock.advance(days=days)
        assert (await desk([STRANGER], "declare"))["taken"] == taken
    assert len(await texts(world, STRANGER)) == 2


async def test_the_same_list_sent_again_is_one_list(world, desk):
    first, again = [await desk(LIST, key="one") for _ in range(2)]
    assert first == again
    assert len(await texts(world)) == 2
    await desk([STRANGER], key="one", status=422)


async def test_two_lists_at_once_with_the_same_numbers_invite_each_once(world, desk):
    numbers = [f"139000{number:05}" for number in range(200)]
    results = await asyncio.gather(desk(numbers), desk(numbers[::-1]), desk(numbers))
    assert sum(one["taken"] for one in results) == 200
    assert len(await texts(world)) == 200


@pytest.mark.requirement("HN-14")
async def test_publicity_reaches_who_is_not_registered_and_tells_nobody_who_is(world, desk):
    await resident(world)
    known = await desk([KNOWN], "register")
    stranger = await desk([STRANGER], "register")
    assert known == stranger == {"received": 1, "taken": 1, "put_aside": []}
    assert (await desk([KNOWN], "register")) == (await desk([STRANGER], "register"))
    assert await texts(world, KNOWN) == []
    [text] = await texts(world, STRANGER)
    assert "http://127.0.0.1:8000/login" in text


async def test_who_has_declared_is_not_asked_to_declare(world, desk):
    done, _ = [await resident(world, serial=serial) for serial in (1, 2)]
    await told(world, done.person, [("declaration", "self", 0)])
    assert (await desk([KNOWN, "13900010002", STRANGER], "declare"))["taken"] == 3
    assert await texts(world, KNOWN) == []
    assert [len(await texts(world, one)) for one in ("13900010002", STRANGER)] == [1, 1]


async def test_who_wants_no_invitations_gets_none_and_nobody_is_told(world, desk):
    async with world.database.transaction() as tx:
        await keep(tx, world.keys, f"+86{KNOWN}", Wish(invitations=False))
    assert await desk([KNOWN]) == {"received": 1, "taken": 1, "put_aside": []}
    assert await texts(world) == []


async def test_at_night_invitations_wait_for_the_morning(world, desk, clock):
    clock.advance(hours=14)
    await desk([STRANGER])
    async with world.database.transaction() as tx:
        due = await tx.fetchval("select next_try_at from messages_sms")
    assert due.astimezone(clock.now().tzinfo).strftime("%d %H:%M") == "03 07:00"


@pytest.mark.parametrize("numbers", [[], ["13900080001"] * (MOST + 1)], ids=["none", "many"])
async def test_a_list_of_a_wrong_length_is_refused_whole(world, desk, numbers):
    await desk(numbers, status=422)
    assert await texts(world) == []


async def test_there_are_so_many_lists_a_day(desk, clock):
    for number in range(LISTS_A_DAY):
        await desk([f"1390008{number:04}"])
    await desk([STRANGER], status=429)
    clock.advance(days=1)
    await desk([STRANGER], key="other")


@pytest.mark.parametrize("role", [Role.ISSUER, Role.REGISTRAR])
async def test_no_other_post_may_invite(world, client, role):
    login = await worker(world, role)
    for method, path in (("GET", DESK), ("POST", DESK), ("POST", PATH)):
        assert (await client.request(method, path, headers=login.headers)).status_code == 403


async def test_it_is_on_record_and_no_number_is_kept_anywhere(world, desk):
    await desk([*LIST, STRANGER], key="one")
    async with world.database.transaction() as tx:
        [event] = await tx.fetch("select * from audit_event where action = 'invitations.invite'")
        tables = await tx.fetch(
            """select tablename from pg_tables
               where schemaname = 'public' and tablename <> 'alembic_version'"""
        )
        dump = [str(await tx.fetch(f"select * from {row['tablename']}")) for row in tables]
    assert event["detail"] == {"purpose": "return", "received": 8, "taken": 3}
    assert event["actor"] == desk.login.account
    assert not re.search("1390008", "".join(dump))


async def test_when_it_counts_no_more_it_is_forgotten(world, desk, clock):
    await desk([STRANGER])
    clock.advance(days=7)
    async with world.database.transaction() as tx:
        await forget(tx, clock)
        assert await tx.fetchval("select count(*) from invitations_number") == 0


FIELDS = {"purpose": "return", "sms_language": "en", "once": "a"}


async def test_the_page_says_what_became_of_each_line_and_shows_no_number(world, client, desk):
    sent = {"data": FIELDS | {"numbers": "\n".join(LIST)}, "headers": desk.login.headers}
    first, again = [await client.post(DESK, **sent) for _ in range(2)]
    for answer in (first, again):
        assert "收到 7 行 = 受理 2 行 + 搁置 5 行。" in answer.text
        assert "1390008" not in answer.text
    assert len(await texts(world)) == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
async def test_a_file_is_read_in_any_writing_that_windows_has(client, desk, encoding):
    files = {"file": ("a.txt", "13900080001\r\n张\r\n".encode(encoding), "text/plain")}
    answer = await client.post(DESK, data=FIELDS, files=files, headers=desk.login.headers)
    taken = 0 if encoding == "utf-16" else 1
    assert f"受理 {taken} 行" in answer.text


@pytest.mark.parametrize(
    "fields",
    [{"numbers": ""}, {"purpose": "x"}, {"sms_language": ""}, {"numbers": "1\n" * (MOST + 1)}],
)
async def test_a_mistake_is_told_and_what_was_typed_stays(world, client, desk, fields):
    data = FIELDS | {"numbers": STRANGER} | fields
    answer = await client.post(DESK, data=data, headers=desk.login.headers)
    assert answer.status_code == 422
    assert 'class="problem"' in answer.text
    assert await texts(world) == []
