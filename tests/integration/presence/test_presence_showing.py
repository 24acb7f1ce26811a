"""Who stands at a desk: by a fresh code, a short code, a picture; and the ticket of one of these.

Tried at a gate, which is a desk like the others.
"""

import io
import struct
import zlib

import pytest
import segno
from tests.lib.gates import opened, rows, shown
from tests.lib.logins import gate, worker

from yimatong.access.permissions import Role
from yimatong.codes import short
from yimatong.codes.mint import Mint
from yimatong.codes.model import Holder
from yimatong.keys import new_keys


@pytest.mark.parametrize(
    ("code", "answer"), [("", "nothing"), ("hello", "malformed"), ("YM1:" + "A" * 300, "malformed")]
)
async def test_what_is_no_code_opens_nobody(client, guard, code, answer):
    refused = await opened(client, guard, code=code)
    assert refused.status_code == 422
    assert refused.json()["problems"][0]["code"] == f"presence.code.{answer}"


async def test_an_old_code_is_expired(world, client, person, guard):
    code = await shown(client, person)
    world.clock.advance(minutes=4)
    refused = await opened(client, guard, code=code)
    assert refused.json()["problems"][0]["code"] == "presence.code.expired"


async def test_a_code_of_another_purpose_or_issuer_opens_nobody(world, client, person, guard):
    codes = {"demo": "test_key", "test": "unknown_issuer"}
    for purpose, answer in codes.items():
        keys = new_keys(purpose, ["hunan"], world.randomness, world.clock.now())
        text = await minted_by(world, person, Mint(keys))
        refused = await opened(client, guard, code=text)
        assert refused.json()["problems"][0]["code"] == f"presence.code.{answer}"


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
    assert (await opened(client, guard, short=made.text.lower())).status_code == 201
    again = await opened(client, guard, short=made.text)
    assert again.json()["problems"][0]["code"] == "presence.code.typed"


async def passed(client, guard, ticket: str):
    body = {"ticket": ticket, "direction": "in", "reason": "home", "temperature": "36.5"}
    return await client.post("/api/v1/gate/passages", json=body, headers=guard.headers)


async def test_a_ticket_is_of_no_use_to_another_guard_or_after_ten_minutes(
    world, client, person, guard
):
    ticket = (await opened(client, guard, code=await shown(client, person))).json()["ticket"]
    other = await worker(world, Role.GUARD, await gate(world), serial=2)
    assert (await passed(client, other, ticket)).status_code == 403
    assert (await passed(client, guard, "x" * 200)).status_code == 403
    world.clock.advance(minutes=10)
    assert (await passed(client, guard, ticket)).status_code == 403
    assert await rows(world, "gates_passage") == 0


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
