"""A guard's scan over the API: who may open whom, what is decided, what is kept."""

import dataclasses
import io
import struct
import zlib

import pytest
import segno
from tests.lib.gates import rows, shown
from tests.lib.logins import gate, worker
from tests.lib.told import told

from yimatong.access import sessions
from yimatong.access.permissions import Role
from yimatong.codes import short
from yimatong.codes.mint import Mint
from yimatong.codes.model import Holder
from yimatong.keys import new_keys

ENTRY = {"direction": "in", "reason": "home", "temperature": "36.5"}


async def opened(client, guard, code: str):
    return await client.post("/api/v1/gate/openings", json={"code": code}, headers=guard.headers)


async def passed(client, guard, ticket: str, **changes):
    body = {"ticket": ticket, **ENTRY, **changes}
    return await client.post("/api/v1/gate/passages", json=body, headers=guard.headers)


@pytest.mark.requirement("HI-08", "HN-12", "HB-04")
async def test_a_green_person_without_fever_passes_and_the_passage_is_kept(
    world, client, person, guard
):
    opening = (await opened(client, guard, await shown(client, person))).json()
    assert (opening["colour"], opening["shape"], opening["name"]) == ("green", "circle", "田*")
    answer = await passed(client, guard, opening["ticket"], plate="湘A12345")
    assert (answer.status_code, answer.json()["verdict"]) == (201, "admit")
    assert await rows(world, "gates_passage") == 1
    assert await rows(world, "ledger_fact where kind = 'temperature'") == 1
    assert await rows(world, "audit_event where action = 'gates.scan'") == 1


@pytest.mark.requirement("HI-08")
async def test_the_same_passage_sent_twice_counts_once(world, client, person, guard):
    ticket = (await opened(client, guard, await shown(client, person))).json()["ticket"]
    first, again = [await passed(client, guard, ticket) for _ in range(2)]
    assert first.json() == again.json()
    assert await rows(world, "gates_passage") == 1
    other = await passed(client, guard, ticket, temperature="38.0")
    assert other.json()["problems"][0]["code"] == "gates.ticket.used"


@pytest.mark.requirement("YN-05", "HB-04")
async def test_fever_is_refused_at_once_and_recorded(world, client, person, guard):
    ticket = (await opened(client, guard, await shown(client, person))).json()["ticket"]
    answer = (await passed(client, guard, ticket, temperature="38.0")).json()
    assert (answer["verdict"], answer["fever"]) == ("refuse", True)


@pytest.mark.requirement("YN-05", "HN-12")
async def test_after_a_registry_fact_the_same_code_is_refused(world, client, person, guard):
    code = await shown(client, person)
    await told(world, person.person, [("case.confirmed", "registry", 0)])
    opening = (await opened(client, guard, code)).json()
    assert opening["colour"] == "red"
    assert (await passed(client, guard, opening["ticket"])).json()["verdict"] == "refuse"


@pytest.mark.requirement("HI-09")
async def test_a_guard_sees_the_passages_of_14_days_and_reports_a_suspicious_track(
    world, client, person, guard
):
    ticket = (await opened(client, guard, await shown(client, person))).json()["ticket"]
    await passed(client, guard, ticket)
    world.clock.advance(days=13)
    guard = await next_shift(world, guard)
    ticket = (await opened(client, guard, await shown(client, person))).json()["ticket"]
    search = {"json": {"ticket": ticket}, "headers": guard.headers}
    seen = (await client.post("/api/v1/gate/passages/search", **search)).json()
    assert [one["verdict"] for one in seen] == ["admit"]
    report = {"ticket": ticket, "concern": "track", "note": "绕行"}
    told_off = await client.post("/api/v1/gate/reports", json=report, headers=guard.headers)
    assert told_off.json()["verdict"] == "refuse"
    assert await rows(world, "gates_report") == 1
    assert (await passed(client, guard, ticket)).status_code == 409
    world.clock.advance(days=2)
    guard = await next_shift(world, guard)
    ticket = (await opened(client, guard, await shown(client, person))).json()["ticket"]
    search = {"json": {"ticket": ticket}, "headers": guard.headers}
    assert len((await client.post("/api/v1/gate/passages/search", **search)).json()) == 1


@pytest.mark.requirement("HI-09")
async def test_a_report_after_a_passage_refuses_and_counts_once(world, client, person, guard):
    ticket = (await opened(client, guard, await shown(client, person))).json()["ticket"]
    assert (await passed(client, guard, ticket)).json()["verdict"] == "admit"
    report = {"ticket": ticket, "concern": "track"}
    for _ in range(2):
        told_off = await client.post("/api/v1/gate/reports", json=report, headers=guard.headers)
        assert told_off.json()["verdict"] == "refuse"
    assert told_off.json()["to_do"].startswith("上报已保存")
    assert await rows(world, "gates_report") == 1
    assert await rows(world, "gates_passage") == 2


async def next_shift(world, guard):
    """The same post, logged in anew: a session lasts a shift."""
    async with world.database.transaction() as tx:
        token = await sessions.start(
            tx, world.clock, world.randomness, guard.account, staff=guard.staff
        )
    return dataclasses.replace(guard, token=token)


@pytest.mark.parametrize(
    ("code", "answer"), [("", "nothing"), ("hello", "malformed"), ("YM1:" + "A" * 300, "malformed")]
)
async def test_what_is_no_code_opens_nobody(client, guard, code, answer):
    refused = await opened(client, guard, code)
    assert refused.status_code == 422
    assert refused.json()["problems"][0]["code"] == f"gates.code.{answer}"


async def test_an_old_code_is_expired(world, client, person, guard):
    code = await shown(client, person)
    world.clock.advance(minutes=4)
    refused = await opened(client, guard, code)
    assert refused.json()["problems"][0]["code"] == "gates.code.expired"


async def test_a_code_of_another_purpose_or_issuer_opens_nobody(world, client, person, guard):
    codes = {"demo": "test_key", "test": "unknown_issuer"}
    for purpose, answer in codes.items():
        keys = new_keys(purpose, ["hunan"], world.randomness, world.clock.now())
        text = await minted_by(world, person, Mint(keys))
        refused = await opened(client, guard, text)
        assert refused.json()["problems"][0]["code"] == f"gates.code.{answer}"


async def minted_by(world, person, mint) -> str:
    async with world.database.transaction() as tx:
        current = await world.standings.of(tx, person.person, "hunan")
        masked = await world.people.masked(tx, person.person)
    return mint.plain(
        mint.claims(
            person.person,
            "hunan",
            current.standing,
            (masked.name, masked.document_tail),
            world.clock.now(),
        )
    )


async def test_a_short_code_opens_once(world, client, person, guard):
    async with world.database.transaction() as tx:
        holder = Holder(person.person, "hunan")
        made = await short.make(tx, world.clock, world.randomness, world.keys, holder)
    post = {"json": {"short": made.text.lower()}, "headers": guard.headers}
    assert (await client.post("/api/v1/gate/openings", **post)).status_code == 201
    again = await client.post("/api/v1/gate/openings", **post)
    assert again.json()["problems"][0]["code"] == "gates.code.typed"


async def test_a_ticket_is_of_no_use_to_another_guard_or_after_ten_minutes(
    world, client, person, guard
):
    ticket = (await opened(client, guard, await shown(client, person))).json()["ticket"]
    other = await worker(world, Role.GUARD, await gate(world), serial=2)
    assert (await passed(client, other, ticket)).status_code == 403
    assert (await passed(client, guard, "x" * 200)).status_code == 403
    world.clock.advance(minutes=10)
    assert (await passed(client, guard, ticket)).status_code == 403
    assert await rows(world, "gates_passage") == 0


@pytest.mark.parametrize(
    ("field", "typed"),
    [("temperature", "390"), ("temperature", "warm"), ("temperature", "36.55"), ("plate", "😀")],
)
async def test_what_cannot_be_is_told_at_its_field_and_nothing_is_kept(
    world, client, person, guard, field, typed
):
    ticket = (await opened(client, guard, await shown(client, person))).json()["ticket"]
    refused = await passed(client, guard, ticket, **{field: typed})
    assert refused.status_code == 422
    assert refused.json()["problems"][0]["field"] == field
    assert await rows(world, "gates_passage") == 0
    assert await rows(world, "ledger_fact where kind = 'temperature'") == 0


async def test_a_resident_and_a_guard_of_a_place_that_waits_may_not_scan(world, client, person):
    assert (await opened(client, person, "x")).status_code == 403
    form = {"worker": "卫试岗", "type": "road", "division": "430100", "township": "一街道",
            "address": "一路", "name": "新卡口"}  # fmt: skip
    answer = await client.post("/gate/setup", data=form, headers=person.headers)
    assert "新卡口" in answer.text


@pytest.mark.requirement("HI-10")
async def test_a_gate_is_registered_by_who_is_posted_there_and_scans_once_it_is_approved(
    world, client, person
):
    form = {"worker": "卫试岗", "type": "road", "division": "430100", "township": "一街道",
            "address": "一路", "name": "新卡口"}  # fmt: skip
    await client.post("/gate/setup", data=form, headers=person.headers)
    assert await rows(world, "places_place where state = 'pending' and name = '新卡口'") == 1
    wrong = await client.post("/gate/setup", data=form | {"address": ""}, headers=person.headers)
    assert wrong.status_code in (409, 422)
    assert await rows(world, "places_place") == 1


async def test_a_picture_of_a_code_opens_and_others_are_told(world, client, person, guard):
    drawn = io.BytesIO()
    segno.make(await shown(client, person), error="m").save(drawn, kind="png", scale=4, border=4)
    pictures = {
        "code.png": (drawn.getvalue(), 200),
        "x.png": (b"no picture", 422),
        "big.png": (b"x" * 9_000_000, 413),
        "bomb.png": (bomb(), 413),
    }
    for name, (data, status) in pictures.items():
        files = {"picture": (name, data, "image/png")}
        answer = await client.post("/desk/gate", files=files, headers=guard.headers)
        assert answer.status_code == status, (name, answer.text[:300])


def bomb() -> bytes:
    """A few bytes that say they are 14,000 × 14,000 pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 14_000, 14_000, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"0")) + chunk(b"IEND", b"")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


async def test_twenty_megabytes_are_refused_before_they_are_read(client, guard):
    files = {"picture": ("x.png", b"x" * 20_000_000, "image/png")}
    answer = await client.post("/desk/gate", files=files, headers=guard.headers)
    assert answer.status_code == 413
