"""B9: the code page on a phone, CPU four times slower, slow 4G; then without a network.

Slow 4G as Lighthouse simulates it: 1.6 Mbit/s down, 750 kbit/s up, 150 ms for each request.
Chromium's own throttle does both; the bytes are counted on the line underneath. The reference is
the aim itself, so a ratio up to 1 holds it.
"""

import asyncio
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.lib.browser import CHROMIUM, FLAGS, phone_page
from tests.lib.line import Line
from tests.lib.live import in_thread
from tests.lib.logins import Login, resident
from tests.lib.told import told

from bench import Row
from yimatong.doors.config import Config
from yimatong.doors.world import World, open_world
from yimatong.kernel.clock import SystemClock
from yimatong.kernel.ids import system_randomness
from yimatong.keys import new_keys
from yimatong.storage import embedded, upgrade

VISITS = 5
KILOBYTES, SECONDS = 80.0, 2.0
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SLOWER = 4
DRAWN = "() => performance.getEntriesByName('code')[0]?.startTime"
SETTLED = "async () => !!navigator.serviceWorker.controller && (await caches.has('code'))"


def run() -> list[Row]:
    """Medians of a few phones, each new."""
    with _served() as (url, token), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        visits = [_visited(browser, url, token) for _ in range(VISITS)]
        browser.close()
    first, later, bytes_, again = (median(column) for column in zip(*visits, strict=True))
    kilobytes = bytes_ / 1000
    aims = (f"≤ {KILOBYTES:.0f} KB", f"≤ {SECONDS:.0f} s")
    return [
        Row("B9", "first visit, all that comes over the line", kilobytes, KILOBYTES,
            kilobytes / KILOBYTES, "KB", aims[0]),
        Row("B9", "first visit, until the code is drawn", first, SECONDS, first / SECONDS, "s",
            aims[1]),
        Row("B9", "second visit, until the code is drawn", later, SECONDS, later / SECONDS, "s",
            "–"),
        Row("B9", "visit without a network, until it is drawn", again, SECONDS, again / SECONDS,
            "s", aims[1]),
    ]  # fmt: skip


@contextmanager
def _served() -> Iterator[tuple[str, str]]:
    """The product, and the session of somebody green."""
    with (
        tempfile.TemporaryDirectory(dir="/tmp", prefix="yimatong-bench-") as folder,
        embedded(Path(folder) / "pg") as url,
    ):
        upgrade(url)
        keys = new_keys("test", ("hunan",), system_randomness, SystemClock().now())
        config = Config(database_url=url, accept_keys="test", secure_cookies=False)
        with in_thread(open_world(config, url, keys)) as (world, address, loop):
            made = asyncio.run_coroutine_threadsafe(_green(world), loop).result(30)
            yield address, made.token


async def _green(world: World) -> Login:
    login = await resident(world)
    assert login.person is not None
    await told(world, login.person, [("declaration", "self", 0)])
    return login


def _visited(browser: Browser, url: str, token: str) -> tuple[float, float, int, float]:
    """Seconds of the first and the second visit, bytes of the first; seconds of one after the
    line is cut, when no request can reach the server."""
    line = Line(url)
    page = _phone(browser, line, token)
    first = _drawn(page, lambda: page.goto("/code"))
    page.wait_for_function(SETTLED)
    page.wait_for_load_state("networkidle")
    bytes_ = line.down
    later = _drawn(page, lambda: page.goto("/code"))
    page.wait_for_load_state("networkidle")
    line.cut()
    again = _drawn(page, page.reload)
    if page.get_attribute("#code", "data-said") != "offline":
        raise AssertionError("the page does not say that there is no network")
    page.context.close()
    return first, later, bytes_, again


def _phone(browser: Browser, line: Line, token: str) -> Page:
    page = phone_page(browser, "zh", line.url)
    page.context.add_cookies([{"name": "session", "value": token, "url": line.url}])
    _slow(page.context, page)
    return page


def _slow(context: BrowserContext, page: Page) -> None:
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def _drawn(page: Page, visit: Callable[[], object]) -> float:
    """Seconds from the start of the visit until the code stands on the page."""
    visit()
    page.wait_for_function(DRAWN)
    milliseconds: float = page.evaluate(DRAWN)
    return milliseconds / 1000
