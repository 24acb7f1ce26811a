"""A busy morning of a served process, mistakes and all: its log names nobody (faults.md, 21)."""

import re

import asyncpg
import httpx
import pytest
from tests.lib.logins import number
from tests.lib.process import process

from yimatong.doors.config import Config
from yimatong.doors.world import open_world
from yimatong.messages.service import recent
from yimatong.people.documents import check_character

PHONE, NAME, ADDRESS = "13900077001", "田试青", "试验路 77 号"
DOCUMENT = number(77)
CARD = {"name": NAME, "document_kind": "resident_id", "document_number": DOCUMENT,
        "ethnic_group": "01", "region": "hunan"}  # fmt: skip


def numbers_of_people(text: str) -> list[str]:
    """Phones, and resident IDs that have a right check character (GB 11643)."""
    ids = re.findall(r"(?<!\d)\d{17}[\dX](?!\d)", text)
    found = [one for one in ids if check_character(one[:17]) == one[17]]
    return found + re.findall(r"(?<![\d-])1[3-9]\d{9}(?!\d)", text)


def test_the_detector_sees_what_it_is_for():
    assert numbers_of_people(f"id={DOCUMENT} tel={PHONE}") == [DOCUMENT, PHONE]


@pytest.mark.requirement("YM-09")
async def test_a_busy_morning_leaves_no_name_number_token_or_code(database_url, tmp_path):
    with process(database_url, tmp_path) as server:
        config = Config(database_url=database_url, accept_keys="test")
        async with open_world(config, database_url, server.keys) as world:
            secrets = await _morning(world, server.url)
        log = server.log()
    assert "request.broken" in log
    assert [secret for secret in secrets if secret in log] == []
    assert numbers_of_people(log) == []
    assert "YM1:" not in log


async def _morning(world, url: str) -> list[str]:
    """Logging in, a card, a code, nonsense, and a table that is gone; what must not be told."""
    async with httpx.AsyncClient(base_url=url, headers={"Origin": url}) as client:
        ticket = (await client.post("/api/v1/login", json={"phone": PHONE})).json()["ticket"]
        sms = await _sms(world)
        entered = {"ticket": ticket, "code": sms}
        token = (await client.post("/api/v1/login/code", json=entered)).json()["token"]
        signed = {"Authorization": f"Bearer {token}"}
        assert (await client.put("/api/v1/card", json=CARD, headers=signed)).status_code == 204
        text = (await client.get("/api/v1/code", headers=signed)).json()["text"]
        short = (await client.post("/api/v1/code/short", headers=signed)).json()["text"]
        await _nonsense(client, signed)
        await _break(world.config.database_url)
        cookie = {"Cookie": f"session={token}"}
        broken = await client.get("/declare", headers=cookie)
        again = await client.put("/api/v1/card", json=CARD | {"region": "hubei"}, headers=signed)
    assert (broken.status_code, again.status_code) == (500, 500)
    assert numbers_of_people(broken.text + again.text) == []
    return [ticket, sms, token, text, short, NAME, ADDRESS, DOCUMENT, PHONE]


async def _nonsense(client, signed) -> None:
    for path in (f"/people/{DOCUMENT}", f"/?phone={PHONE}", "/api/v1/nothing"):
        await client.get(path, headers=signed)
    await client.post("/api/v1/login", content=f'{{"phone": "{PHONE}'.encode())
    await client.put("/api/v1/card", json=CARD | {"colour": "green"}, headers=signed)
    await client.get("/api/v1/code", headers={"Authorization": f"Bearer {PHONE}"})


async def _break(database_url: str) -> None:
    """Tables that the next requests need are gone: errors that nobody foresaw."""
    owner = await asyncpg.connect(database_url)
    await owner.execute("drop table declarations_sheet, people_person cascade")
    await owner.close()


async def _sms(world) -> str:
    async with world.database.transaction() as tx:
        [sent] = await recent(tx, world.keys, 1)
    found = re.search(r"\d{6}", sent.text)
    assert found
    return found[0]
