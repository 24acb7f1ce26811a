"""A poster leads to one's own code, by way of whatever is missing, and back (YN-02)."""

from urllib.parse import unquote

import pypdfium2
import pytest
from msgspec.structs import replace
from tests.integration.entrances.conftest import PHONE, sms
from tests.lib.gates import rows
from tests.lib.logins import administrator, gate, number, resident, worker
from tests.lib.told import told

from yimatong import places
from yimatong.access.actor import Actor
from yimatong.access.permissions import Role
from yimatong.venues.poster import FONT, drawn

CARD = {"name": "田试青", "document_kind": "resident_id", "document_number": number(7),
        "ethnic_group": "01", "region": "hunan"}  # fmt: skip

ID = "AC3D-97KM"


async def poster(world, place=None) -> str:
    async with world.database.transaction() as tx:
        place = place or await gate(world)
        return await places.poster_of(tx, world.clock, world.randomness, place)


async def at(client, id: str):
    """Status, and where it leads or what it says."""
    answer = await client.get(f"/at/{id}")
    return answer.headers.get("location", answer.text)


@pytest.mark.requirement("YN-02", "HI-01")
async def test_a_first_scan_leads_through_log_in_card_and_declaration_back(world, client):
    id = await poster(world)
    assert await at(client, id) == "/login"
    assert "登录后回到您要去的页面" in (await client.get("/login")).text
    await client.post("/login", data={"phone": PHONE})
    entered = await client.post("/login/code", data={"code": await sms(world)})
    assert entered.headers["location"] == f"/at/{id}"
    assert await at(client, id) == "/card"
    assert (await client.post("/card", data=CARD)).headers["location"] == f"/at/{id}"
    assert await at(client, id) == "/declare"
    async with world.database.transaction() as tx:
        person = await tx.fetchval("select id from people_person")
    await told(world, person, [("declaration", "self", 0)])
    shown = await at(client, id)
    assert "您在：" in shown
    assert "试验门" in shown
    assert "绿码" in shown
    assert "way" not in client.cookies


@pytest.mark.requirement("YN-02")
async def test_a_number_alone_brings_no_session_back_and_known_and_unknown_are_answered_alike(
    world, client
):
    await resident(world, serial=1)
    id = await poster(world)
    assert await at(client, id) == "/login"
    answers = [await client.post("/login", data={"phone": f"1390001000{end}"}) for end in (1, 9)]
    assert {(one.status_code, one.headers["location"]) for one in answers} == {(303, "/login/code")}
    assert await at(client, id) == "/login"


async def test_a_place_that_is_closed_or_unknown_says_so_however_its_id_was_typed(world, client):
    place = await gate(world)
    id = await poster(world, place)
    assert await at(client, id.lower().replace("-", "")) == "/login"
    chief = Actor(account=place, role=Role.ADMINISTRATOR, session=b"")
    async with world.database.transaction() as tx:
        await places.close(tx, world.clock, chief, place)
    assert "已经关闭" in await at(client, id)
    assert "没有这个场所码" in await at(client, "AAAA-AAAA")
    codes = [(await client.get(f"/api/v1/posters/{one}")).status_code for one in (id, "x")]
    assert codes == [409, 404]
    headers = (await worker(world, Role.ADMINISTRATOR)).headers
    sheet = await client.get(f"/desk/venues/{place}/poster.pdf", headers=headers)
    assert sheet.status_code == 409


async def test_a_poster_keeps_its_id_is_printed_at_the_desk_and_names_nobody(world, client):
    place = await gate(world)
    id = await poster(world, place)
    assert await poster(world, place) == id
    headers = (await worker(world, Role.ADMINISTRATOR)).headers
    path = f"/desk/venues/{place}/poster.pdf"
    assert path in (await client.get("/desk/venues", headers=headers)).text
    sheet = await client.get(path, headers=headers)
    assert sheet.headers["content-type"] == "application/pdf"
    elsewhere = (await administrator(world, "460000")).headers
    assert (await client.get(path, headers=elsewhere)).status_code == 404
    said = text_of(sheet.content)
    for words in (id, "试验门", "扫码出示健康码", "Scan to show your health code", f"/at/{id}"):
        assert words in said


@pytest.mark.requirement("YN-01")
async def test_the_sheet_brings_its_letters_and_a_long_name_stays_within_it(world):
    place = await gate(world)
    async with world.database.transaction() as tx:
        found = await places.of(tx, place)
    for name in ("长" * 100, "Long Name of a Station " * 4, '<&">'):
        sheet = drawn(replace(found, name=name), ID, f"https://code.example.cn/at/{ID}",
                      world.catalogue)  # fmt: skip
        [page] = pypdfium2.PdfDocument(sheet)
        drawn_text = page.get_textpage()
        boxes = [drawn_text.get_rect(at) for at in range(drawn_text.count_rects())]
        left, right = min(one[0] for one in boxes), max(one[2] for one in boxes)
        assert 30 < left < right < page.get_size()[0] - 30
        assert FONT.encode() in sheet
        assert b"/FontFile2" in sheet


def text_of(pdf: bytes) -> str:
    [page] = pypdfium2.PdfDocument(pdf)
    text: str = page.get_textpage().get_text_bounded()
    return text


async def test_the_way_back_follows_no_address_of_somebody_else(client):
    for bad in ("//evil.test", "https%3A//evil.test", "%2F%5Cevil.test", "/%09/evil.test", "x"):
        client.cookies.set("way", bad)
        assert "登录后回到" not in (await client.get("/login")).text


async def test_a_page_that_needs_a_session_leads_back_to_itself_but_a_program_is_told(
    world, client
):
    sent = await client.get("/elsewhere?x=1")
    assert (sent.headers["location"], unquote(client.cookies["way"])) == (
        "/login",
        "/elsewhere?x=1",
    )
    assert (await client.get("/api/v1/card")).status_code == 401
    await client.get("/desk/gate")
    await client.post("/login", data={"phone": PHONE})
    entered = await client.post("/login/code", data={"code": await sms(world)})
    assert entered.headers["location"] == "/"
    assert await rows(world, "people_account") == 1


def test_the_command_draws_a_poster_and_needs_to_know_the_address(live, tmp_path, monkeypatch):
    place, out = live.gate("430100"), tmp_path / "poster.pdf"
    with pytest.raises(AssertionError, match="YIMATONG_PUBLIC_URL"):
        live.command("places", "poster", str(place), "--out", str(out))
    assert not out.exists()
    monkeypatch.setenv("YIMATONG_PUBLIC_URL", "https://code.example.cn")
    address = live.command("places", "poster", str(place), "--out", str(out))
    assert address.startswith("https://code.example.cn/at/")
    assert address in text_of(out.read_bytes())
