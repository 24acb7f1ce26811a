"""A day at a clinic and a pharmacy in a real browser: scanned, corrected, without a line."""

import pytest
from tests.lib.browser import camera_before, phone_page
from tests.lib.desks import TYPES
from tests.lib.logins import place_of
from tests.lib.steps import code_text, declare, log_in_desk, register

from yimatong.access.permissions import Role

pytestmark = pytest.mark.browser
RED = {"zh": "红码", "en": "Red"}
RECORDED = {"zh": "已登记", "en": "Recorded"}


def at_work(live, browser, language, scene, **more):
    """A worker's phone at a new place of the scene."""
    place = live.do(place_of(live.world, TYPES[scene], "460105", scene))
    page = phone_page(browser, language, more.pop("url", live.url), **more)
    log_in_desk(page, live, *live.post(Role.WORKER, place))
    page.wait_for_url("**/desk/record")
    return page


def short_code(page) -> str:
    page.goto("/code")
    page.click("form[action^='/code/short'] button")
    return page.inner_text(".code-short b")


def opened(page, resident) -> None:
    page.goto("/desk/record")
    page.fill("[name=short]", short_code(resident))
    page.click(".scan-line button:not(.quiet)")
    page.wait_for_selector("form[action='/desk/record/save']")


@pytest.mark.requirement("HI-11")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_visit_turns_the_code_and_a_follow_up_turns_it_back(
    live, browser, playwright, tmp_path, language
):
    resident = phone_page(browser, language, live.url)
    register(resident, live, "hainan")
    declare(resident)
    with camera_before(playwright, code_text(resident), tmp_path) as cameras:
        page = at_work(live, cameras, language, "fever-clinic", permissions=["camera"])
        page.click("#start")
        page.wait_for_selector("form[action='/desk/record/save']")
        assert page.input_value("#residence")
        page.fill("#temperature", "101.3")
        page.check("[name=symptoms][value=fever]")
        for name in ("risk_area", "fever_contact"):
            page.check(f"[name={name}][value=no]")
        page.check("[name=opinion][value=suspected]")
        page.click("form.card > button")
        assert "38.5 ℃" in page.inner_text("#temperature-problem")
        page.fill("#temperature", "38.5")
        page.click("form.card > button")
        page.wait_for_selector(f"h1:has-text('{RECORDED[language]}')")
        resident.goto("/code")
        assert RED[language] in resident.inner_text("#code-word")
        page.goto("/desk/record")  # the camera goes on by itself, and the phone is still there
        page.wait_for_selector("form[action='/desk/record/save']")
        page.click("button[name=other]")
        page.wait_for_selector("[name=outcome]")
        page.fill("#temperature", "36.5")
        page.check("[name=outcome][value=excluded]")
        page.click("form.card > button")
        page.wait_for_selector(f"h1:has-text('{RECORDED[language]}')")
        resident.goto("/code")
        assert RED[language] not in resident.inner_text("#code-word")
        page.context.close()
    resident.context.close()


@pytest.mark.requirement("HI-13")
def test_a_sale_without_a_line_is_kept_and_recorded_once(live, browser, line):
    resident = phone_page(browser, "zh", live.url)
    register(resident, live, "hainan")
    declare(resident)
    page = at_work(live, browser, "zh", "pharmacy", url=line.url)
    opened(page, resident)
    page.fill("#temperature", "36.5")
    page.fill("[name='medicines.0.name']", "blf")
    for name in ("risk_area", "fever_contact"):
        page.check(f"[name={name}][value=no]")
    page.click("button[name=more]")
    page.wait_for_selector("[name='medicines.1.name']")
    page.fill("[name='medicines.0.quantity']", "2")
    page.fill("[name='medicines.1.name']", "LHQW")
    page.fill("[name='medicines.1.quantity']", "1")
    page.wait_for_load_state("networkidle")
    line.cut()
    page.click("form.card > button")
    page.wait_for_selector(".retry-said:not([hidden])")
    page.wait_for_selector(".retry-said:has-text('还没有记录')")
    page.wait_for_selector(".retry-next:has-text('先扫下一位')")
    line.mend()
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector("text=已登记")
    kinds = page.inner_text("main")
    assert ("购买退烧药" in kinds, "购买止咳药" in kinds) == (True, True)
    page.goto("/desk/record/day")
    assert page.locator(".desk-line").count() == 1
    for one in (page, resident):
        one.context.close()
