"""A phone logs a screen in: once, in two minutes, the browser that asked, a resident's session."""

import re

import httpx
import pytest
from tests.lib.logins import resident, worker

from yimatong.access.permissions import Role
from yimatong.entrances import screens, tickets
from yimatong.entrances.tickets import Screen


@pytest.fixture
async def screen(door):
    """A computer's browser."""
    agent = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/132.0"}
    transport = httpx.ASGITransport(door)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://yimatong.test", headers=agent
    ) as opened:
        yield opened


async def asked(screen, world) -> tuple[str, str]:
    """What the picture says after the page's address, and the number beside it."""
    text = (await screen.get("/login/screen")).text
    carried = tickets.read(world.keys, world.clock, screen.cookies["screen"], Screen)
    return screens.picture_text(world.people, carried), re.search(r"number\">(\d{4})", text)[1]


async def test_the_phone_sees_number_and_browser_and_only_the_screen_that_asked_gets_in(
    world, client, screen
):
    written, number = await asked(screen, world)
    assert (await client.get(f"/screen/{written}")).headers["location"] == "/login"
    client.cookies.set("session", (await resident(world)).token)
    seen = (await client.get(f"/screen/{written}")).text
    assert (number in seen, "Firefox · Windows" in seen) == (True, True)
    assert (await screen.get("/login/screen/waiting")).json() == {"confirmed": False, "over": False}
    assert "那台电脑已登录" in (await client.post("/screen", data={"screen": written})).text
    assert (await client.post("/screen", data={"screen": written})).status_code == 409
    assert (await screen.get("/login/screen/waiting")).json()["confirmed"]
    kept = screen.cookies["screen"]
    assert (await screen.get("/login/screen")).headers["location"] == "/"
    assert (await screen.get("/api/v1/card")).status_code == 200
    screen.cookies.clear()
    screen.cookies.set("screen", kept)
    assert (await screen.get("/login/screen")).status_code == 200
    assert (await screen.get("/api/v1/card")).status_code == 401


async def test_it_ends_after_two_minutes_and_what_is_in_the_picture_lets_nobody_in(
    world, client, screen
):
    headers = (await resident(world)).headers
    written, _ = await asked(screen, world)
    screen.cookies.set("screen", written)
    world.clock.advance(minutes=2)
    late = await client.post("/api/v1/logins/screens", json={"screen": written}, headers=headers)
    assert late.status_code == 404
    assert (await screen.get("/login/screen/waiting")).json()["over"]


async def test_staff_cannot_confirm_a_screen(world, client, screen):
    written, _ = await asked(screen, world)
    headers = (await worker(world, Role.ADMINISTRATOR)).headers
    refused = await client.post("/api/v1/logins/screens", json={"screen": written}, headers=headers)
    assert refused.status_code == 403


@pytest.mark.requirement("HI-01")
async def test_one_sees_where_one_is_logged_in_and_ends_the_others(world, client, screen):
    login = await resident(world)
    client.cookies.set("session", login.token)
    written, _ = await asked(screen, world)
    confirm = {"json": {"screen": written}, "headers": login.headers}
    assert (await client.post("/api/v1/logins/screens", **confirm)).status_code == 200
    await screen.get("/login/screen")
    assert "现在登录着 2 处" in (await client.get("/logins")).text
    assert (await client.delete("/api/v1/logins/others")).json() == {"ended": 1}
    assert (await screen.get("/api/v1/card")).status_code == 401
    assert len((await client.get("/api/v1/logins")).json()["sessions"]) == 1
