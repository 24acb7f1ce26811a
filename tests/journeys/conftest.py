"""A real browser for the journeys of a module."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from tests.lib.browser import CHROMIUM, FLAGS
from tests.lib.line import Line
from tests.lib.live import Live


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Ended with its module: while it lives, its loop keeps every other one of the thread away."""
    with sync_playwright() as opened:
        yield opened


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield opened
    opened.close()


@pytest.fixture
def line(live: Live) -> Iterator[Line]:
    """The line to the served world, to be cut and mended."""
    opened = Line(live.url)
    yield opened
    opened.cut()
