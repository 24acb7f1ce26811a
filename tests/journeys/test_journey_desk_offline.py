"""A pharmacy whose network is gone: scanned, sold, kept in the tab, sent once when it is back."""

from uuid import UUID

import pytest
from tests.journeys.test_journey_desks import at_work, opened
from tests.lib.browser import camera_before, phone_page
from tests.lib.steps import code_text, declare, register

pytestmark = pytest.mark.browser
WAITS = {"zh": "还有 {} 条没有送出", "en": "Not sent yet: {}"}
SENT = {"zh": "已送出 {} 条", "en": "sent now: {}"}
NO_COLOUR = {"zh": "看不到这个人的颜色", "en": "colour is not known"}


def someone(live, browser, language):
    page = phone_page(browser, language, live.url)
    register(page, live, "hainan")
    declare(page)
    return page


def kept_by_the_worker(page) -> None:
    """The scanner is at hand without a network from the second visit on."""
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.goto("/desk/record")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.goto("/desk/record")
    page.wait_for_load_state("networkidle")  # the reader of codes is at hand too


def sell(page, medicine: str) -> None:
    page.fill("#temperature", "36.5")
    page.fill("[name='medicines.0.name']", medicine)
    page.fill("[name='medicines.0.quantity']", "1")
    page.fill("#residence", "试验路 1 号")
    for name in ("risk_area", "fever_contact"):
        page.check(f"[name={name}][value=no]")
    page.click("form.card > button")


@pytest.mark.requirement("HI-13")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_is_scanned_without_a_network_is_recorded_once_when_it_is_back(
    live, browser, playwright, tmp_path, line, language
):
    resident = someone(live, browser, language)
    with camera_before(playwright, code_text(resident), tmp_path) as cameras:
        page = at_work(live, cameras, language, "pharmacy", url=line.url, permissions=["camera"])
        kept_by_the_worker(page)
        line.cut()
        page.click("#start")
        page.wait_for_selector("form[action='/desk/record/late']")
        assert NO_COLOUR[language] in page.inner_text("main")
        page.evaluate("sessionStorage.removeItem('scan-camera')")  # the phone is taken away
        sell(page, "blf")
        page.wait_for_selector(f"#waiting:has-text('{WAITS[language].format(1)}')")
        page.reload()
        page.wait_for_selector(f"#waiting:has-text('{WAITS[language].format(1)}')")
        page.fill("[name=short]", "AC3D-97KM")
        page.click(".scan-line button:not(.quiet)")
        page.wait_for_selector("#said:not(:empty)")
        line.mend()
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_selector(f"#waiting:has-text('{SENT[language].format(1)}')")
        page.goto("/desk/record/day")
        assert page.locator(".desk-line").count() == 1
        page.context.close()
    resident.context.close()


@pytest.mark.requirement("HI-13")
def test_the_next_is_served_while_one_waits_and_what_was_wrong_is_corrected(live, browser, line):
    resident = someone(live, browser, "zh")
    page = at_work(live, browser, "zh", "pharmacy", url=line.url)
    kept_by_the_worker(page)
    opened(page, resident)
    page.wait_for_load_state("networkidle")
    line.cut()
    sell(page, "blf")
    page.wait_for_selector(".retry-next")
    page.click(".retry-next")
    page.wait_for_selector(f"#waiting:has-text('{WAITS['zh'].format(1)}')")
    assert page.locator("#scan").count() == 1
    line.mend()
    page.evaluate(
        """() => {
            const waiting = JSON.parse(sessionStorage.getItem('desk.waiting'));
            waiting[0].pairs.find(([name]) => name === 'temperature')[1] = '98.6';
            sessionStorage.setItem('desk.waiting', JSON.stringify(waiting));
            dispatchEvent(new Event('online'));
        }"""
    )
    page.wait_for_selector("#waiting button:has-text('去更正')")
    line.cut()
    page.click("#waiting button:has-text('去更正')")
    page.wait_for_url("chrome-error://**")
    line.mend()
    page.goto("/desk/record")
    page.click("#waiting button:has-text('去更正')")
    page.wait_for_selector("#temperature-problem")
    assert page.evaluate("sessionStorage.getItem('desk.waiting')") == "[]"
    page.fill("#temperature", "36.5")
    page.click("form.card > button")
    page.wait_for_selector("h1:has-text('已登记')")
    page.goto("/desk/record/day")
    assert page.locator(".desk-line").count() == 1
    for one in (page, resident):
        one.context.close()


@pytest.mark.requirement("HI-13")
def test_what_is_beyond_the_quota_of_the_hour_waits_and_is_not_lost(live, browser, line):
    resident = someone(live, browser, "zh")
    page = at_work(live, browser, "zh", "pharmacy", url=line.url)
    kept_by_the_worker(page)
    code = code_text(resident)
    line.cut()
    page.evaluate(
        """code => document.getElementById("scan").dispatchEvent(
            new CustomEvent("scanned", { detail: code, cancelable: true }))""",
        code,
    )
    page.wait_for_selector("form[action='/desk/record/late']")
    sell(page, "blf")
    page.wait_for_selector(f"#waiting:has-text('{WAITS['zh'].format(1)}')")
    staff = page.get_attribute("#waiting", "data-post")
    live.do(count_of_the_hour(live.world, staff, 1_000_000))
    line.mend()
    with page.expect_response("**/desk/record/late") as refused:
        page.evaluate("dispatchEvent(new Event('online'))")
    assert refused.value.status == 429
    assert WAITS["zh"].format(1) in page.inner_text("#waiting")
    live.do(count_of_the_hour(live.world, staff, 0))
    page.reload()
    page.wait_for_selector(f"#waiting:has-text('{SENT['zh'].format(1)}')")
    for one in (page, resident):
        one.context.close()


async def count_of_the_hour(world, staff: str, count: int) -> None:
    async with world.database.transaction() as tx:
        await tx.execute(
            """insert into access_quota (staff, hour, count)
               values ($1, date_trunc('hour', $2::timestamptz), $3)
               on conflict (staff, hour) do update set count = excluded.count""",
            UUID(staff),
            world.clock.now(),
            count,
        )
