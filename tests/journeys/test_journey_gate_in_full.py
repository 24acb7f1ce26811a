"""A guard's day beyond one person: a vehicle with three, the day's list, the next shift."""

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.lib.browser import camera_before, phone_page
from tests.lib.cast import Cast
from tests.lib.live import Live
from tests.lib.steps import log_in_desk

from yimatong.access.permissions import Role

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def cast(live) -> Cast:
    return Cast(live)


def short_code(cast: Cast, who: str) -> str:
    code: str = cast.ask(who, "POST", "/api/v1/code/short").json()["text"]
    return code


def typed(page: Page, code: str) -> None:
    """The next person reads out a short code."""
    page.fill("[name=short]", code)
    page.click(".scan-line button:not(.quiet)")
    page.wait_for_selector("#temperature")


def fitting(page: Page) -> None:
    """Nothing scrolls sideways on a small phone."""
    assert page.evaluate("document.scrollingElement.scrollWidth") == 360


@pytest.mark.requirement("HI-08", "HI-09", "HB-04")
def test_three_in_one_vehicle_take_one_tap_each_and_one_is_refused(
    live: Live, cast: Cast, playwright, tmp_path
):
    first = cast.ask("green", "GET", "/api/v1/code").json()["text"]
    with camera_before(playwright, first, tmp_path) as cameras:
        guard = phone_page(cameras, "zh", live.url, permissions=["camera"])
        log_in_desk(guard, live, *live.post(Role.GUARD, live.gate("430100")))
        guard.goto("/desk/gate")
        guard.click("#start")
        guard.wait_for_selector("[name=ticket]", state="attached")
        guard.fill("#plate", "湘A·12345")
        guard.check("[name=direction][value=out]")
        guard.check("[name=reason][value=shopping]")
        guard.click("[name=felt][value=normal]")
        assert guard.inner_text(".gate-verdict h1") == "通行"
        guard.click("text=同车下一位")
        expect(guard.locator("#said")).to_contain_text("还是刚才那个码")  # the first one's, held on
        for number, (who, word) in enumerate({"red": "禁行", "approved": "通行"}.items(), 2):
            typed(guard, short_code(cast, who))
            assert guard.locator("#plate, [name=direction]").count() == 0
            assert "湘A12345 · 出 · 购买生活用品" in guard.inner_text("main")
            guard.click("[name=felt][value=normal]")
            assert guard.inner_text(".gate-word") == word
            assert f"已扫 {number} 人" in guard.inner_text("h1")
            fitting(guard)
        twice = short_code(cast, "green")
        guard.fill("[name=short]", twice)
        guard.click(".scan-line button:not(.quiet)")
        assert "已经通行" in guard.inner_text("[role=alert]")
        guard.click("text=这辆车扫完了")
        assert guard.inner_text(".gate-verdict h1") == "有人不能通行"
        assert guard.locator(".cells li").count() == 3
        fitting(guard)


@pytest.mark.requirement("HI-08")
def test_a_shift_is_handed_over_and_the_day_read_without_scripts(
    live: Live, cast: Cast, browser: Browser
):
    place = live.gate("430100")
    first, second = (
        phone_page(browser, "en", live.url, java_script_enabled=False) for _ in range(2)
    )
    for guard in (first, second):
        log_in_desk(guard, live, *live.post(Role.GUARD, place))
    first.goto("/desk/gate")
    typed(first, short_code(cast, "green"))
    first.fill("#plate", "湘A12345")
    first.click("[name=felt][value=normal]")
    first.click("text=Next person of this vehicle")
    typed(first, short_code(cast, "red"))
    first.click("[name=felt][value=normal]")
    first.click("text=This vehicle is done")
    assert first.inner_text(".gate-verdict h1") == "Not all pass"
    first.goto("/desk/gate/handover")
    first.fill("#note", "The barrier on the east side sticks.")
    first.click("form[action='/desk/gate/handover'] button")
    assert "The shift is handed over." in first.inner_text(".notice.good")
    second.goto("/desk/gate")
    waiting = second.inner_text("section.notice")
    assert "The barrier on the east side sticks." in waiting
    fitting(second)
    second.click("text=Take over")
    second.wait_for_url("**/desk/gate")
    assert second.locator("section.notice").count() == 0
    second.goto("/desk/gate/handover")
    assert "taken over by" in second.inner_text(".cells")
    read_day(second)
    for guard in (first, second):
        guard.context.close()


def read_day(guard: Page) -> None:
    """The counts, each passage, and those that stopped."""
    guard.goto("/desk/gate/day")
    assert "Passages: 2" in guard.inner_text("main")
    assert guard.locator(".gate-line").count() == 2
    assert "plate · vehicle 1 · 2 aboard" in guard.inner_text("main")
    guard.click("summary")
    assert guard.locator(".gate-hours tbody tr").count() >= 1
    fitting(guard)
    guard.select_option("#verdict", "refuse")
    guard.click("form[method=get] button")
    assert guard.locator(".gate-line").count() == 1
    assert "12345" not in guard.content()
