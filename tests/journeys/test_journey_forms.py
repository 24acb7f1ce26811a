"""Coming back and going back to work on a phone; without a network, and when the session ends."""

from datetime import timedelta

import pytest
from tests.lib.browser import phone_page
from tests.lib.cast import Cast
from tests.lib.gates import rows
from tests.lib.logins import resident
from tests.lib.steps import register

from yimatong.kernel.clock import SystemClock, day_of

pytestmark = pytest.mark.browser
SAID = {
    "zh": {"done": "已登记", "fever": "现在不能上岗", "green": "可以上岗",
           "away": "连不上网络", "back": "已撤回", "out": "您刚才已退出登录",
           "kept": "保存的内容", "declare": "没有健康码"},
    "en": {"done": "Registered", "fever": "may not start", "green": "You may start work",
           "away": "network is away", "back": "Taken back", "out": "You were logged out",
           "kept": "what you saved", "declare": "no code yet"},
}  # fmt: skip
BOTH = pytest.mark.parametrize(
    ("language", "scripts"), [("zh", True), ("en", False)], ids=["zh", "en without scripts"]
)


@pytest.fixture(scope="module")
def cast(live) -> Cast:
    return Cast(live)


def day(ahead: int) -> str:
    return (day_of(SystemClock().now()) + timedelta(days=ahead)).isoformat()


def home(page) -> None:
    page.select_option("#division", index=1)
    page.fill("#township", "试验街道")
    page.fill("#address", "试验路 1 号")


def well(page) -> None:
    for name in page.locator("[type=radio][value=no]").all():
        name.check()
    page.check("[name=conditions][value=none]")


def promised(page) -> None:
    page.check("[name=promise]")
    page.click("form.card button:not([name])")


def come_back(page, planned: str) -> None:
    page.goto("/return")
    page.check("[name=stage][value=planned]")
    page.fill("#planned_day", planned)
    page.select_option("#origin", "420000")
    page.fill("#departure_place", "某市")
    page.check("[name=health_before][value=well]")
    page.check("[name=symptoms][value=none]")
    page.fill("#isolation_days", "14")
    well(page)
    home(page)
    promised(page)


def go_to_work(page, temperature: str) -> None:
    page.goto("/work")
    page.fill("#employer", "试验单位")
    page.fill("#start_day", day(0))
    page.select_option("#origin", index=1)
    page.fill("#temperature", temperature)
    well(page)
    home(page)
    promised(page)
    page.wait_for_url("**/work/answer")


@BOTH
@pytest.mark.requirement("HI-05", "HI-06")
def test_somebody_comes_back_goes_to_work_and_takes_a_slip_back(live, browser, language, scripts):
    page = phone_page(browser, language, live.url, java_script_enabled=scripts)
    said = SAID[language]
    register(page, live, "hainan")
    come_back(page, day(-1))
    page.wait_for_selector("#planned_day-problem")
    page.fill("#planned_day", day(7))
    page.click("form.card button:not([name])")
    page.wait_for_url("**/return/done")
    assert said["done"] in page.inner_text("h1")
    go_to_work(page, "36.5")
    assert said["declare"] in page.inner_text(".may")
    declare_here(page)
    page.goto("/work/answer")
    assert said["green"] in page.inner_text(".may h1")
    go_to_work(page, "38.5")
    assert said["fever"] in page.inner_text(".may h1")
    page.goto("/records")
    first = page.locator(".sheet").first
    first.locator("summary").last.click()
    first.locator("form button").click()
    page.wait_for_selector(".taken-back")
    assert said["back"] in page.inner_text(".taken-back")
    page.goto("/work/answer")
    assert said["green"] in page.inner_text(".may h1")
    page.context.close()


def declare_here(page) -> None:
    page.goto("/declare")
    page.check("[name=kind][value=resident]")
    for name in page.locator("[type=radio][value=no]").all():
        name.check()
    page.check("[name=symptoms][value=none]")
    promised(page)
    page.wait_for_url("**/code")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.requirement("HI-04")
def test_a_check_in_waits_for_the_network_and_is_sent_once(live, cast, browser, language):
    page = cast.page(browser, "green", language)
    counted = f"ledger_fact where person = '{cast.logins['green'].person}' and kind = 'temperature'"
    before = live.do(rows(live.world, counted))
    page.goto("/checkin")
    fill_check_in(page)
    page.context.set_offline(True)
    page.click("form.card button:not([name])")
    page.wait_for_selector("#form-said button")
    assert SAID[language]["away"] in page.inner_text("#form-said")
    page.context.set_offline(False)
    page.wait_for_url("**/code")
    assert live.do(rows(live.world, counted)) == before + 1
    assert (
        page.evaluate("Object.keys(localStorage).filter((x) => x.startsWith('yimatong')).length")
        == 0
    )
    page.context.close()


def fill_check_in(page) -> None:
    page.fill("#temperature", "36.5")
    for name in ("conditions", "lately"):
        page.check(f"[name={name}][value=none]")
    home(page)
    page.check("[name=promise]")


def test_what_waits_on_the_phone_is_sent_when_the_page_is_opened_again_or_gone_after_the_log_out(
    live, cast, browser
):
    page = cast.page(browser, "yellow", "zh")
    page.goto("/checkin")
    fill_check_in(page)
    page.context.set_offline(True)
    page.click("form.card button:not([name])")
    page.click("#form-said button")
    page.fill("#temperature", "36.7")
    page.click("form.card button:not([name])")
    page.wait_for_selector("#form-said button")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto("/checkin")
    page.wait_for_url("**/code")
    page.goto("/records")
    assert "36.7" in page.locator(".sheet dl").first.text_content()
    page.evaluate("localStorage.setItem('yimatong.form.x', '{}')")
    page.click("form[action='/logout'] button")
    page.wait_for_url("**/")
    assert page.evaluate("localStorage.length") == 0
    page.context.close()


@BOTH
@pytest.mark.requirement("HI-04")
def test_a_session_that_ends_amid_a_form_and_one_saved_for_later(live, browser, language, scripts):
    page = phone_page(browser, language, live.url, java_script_enabled=scripts)
    serial = live.next()
    login = live.do(resident(live.world, "hainan", serial))
    page.context.add_cookies([{"name": "session", "value": login.token, "url": live.url}])
    page.goto("/checkin")
    fill_check_in(page)
    page.context.clear_cookies(name="session")
    page.click("form.card button:not([name])")
    page.wait_for_url("**/login?kept=1")
    page.fill("#phone", f"1390001{serial:04}")
    page.click("form.card button")
    page.fill("#code", live.sms(f"1390001{serial:04}"))
    page.click("form.card button")
    page.wait_for_url("**/checkin")
    assert SAID[language]["out"] in page.inner_text("#form-kept")
    assert page.input_value("#address") == "试验路 1 号"
    page.fill("#temperature", "36.9")
    page.click("[name=later]")
    page.wait_for_load_state()
    page.goto("/checkin")
    assert SAID[language]["kept"] in page.inner_text("#form-kept")
    assert page.input_value("#temperature") == "36.9"
    promised(page)
    page.wait_for_url("**/code")
    check_in_is_empty(page)
    page.context.close()


def check_in_is_empty(page) -> None:
    """What is sent is no draft any more; what does not change is filled in."""
    page.goto("/checkin")
    assert page.is_hidden("#form-kept")
    assert page.input_value("#temperature") == ""
    assert page.input_value("#address") == "试验路 1 号"
