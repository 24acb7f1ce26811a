"""Every form does its work in a browser that runs no script."""

import io

import pytest
import zxingcpp
from PIL import Image
from tests.lib.browser import phone_page
from tests.lib.cast import Cast
from tests.lib.gates import rows
from tests.lib.steps import check_in, declare, log_in_desk, register

from yimatong.access.permissions import Role

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def cast(live) -> Cast:
    return Cast(live)


def picture_of_code(page) -> bytes:
    """What a camera would see of the code on a page."""
    page.goto("/code")
    return page.locator(".code-picture img").screenshot()


@pytest.mark.requirement("HI-01", "HN-01", "HI-04")
def test_a_resident_logs_in_declares_checks_in_and_shows_a_code(live, browser):
    page = phone_page(browser, "zh", live.url, java_script_enabled=False)
    register(page, live, "hunan")
    declare(page)
    check_in(page)
    assert "绿码" in page.inner_text("#code-word")
    picture = Image.open(io.BytesIO(picture_of_code(page)))
    [found] = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    assert found.text.startswith("YM1:")
    page.click("#short button")
    assert len(page.inner_text(".code-short b")) == len("AC3D-97KM")
    page.context.close()


@pytest.mark.requirement("HI-08", "HI-09", "HN-12")
def test_a_guard_reads_a_picture_lets_pass_looks_back_and_reports(live, cast, browser, tmp_path):
    shown = cast.page(browser, "green", "zh", java_script_enabled=False)
    picture = {"name": "x.png", "mimeType": "image/png", "buffer": picture_of_code(shown)}
    guard = phone_page(browser, "zh", live.url, java_script_enabled=False)
    log_in_desk(guard, live, *live.post(Role.GUARD, live.gate("430100")))
    guard.set_input_files("[name=picture]", picture)
    guard.click("button.quiet")
    assert pass_gate(guard) == "通行"
    guard.click("summary")
    guard.click("form[action='/desk/gate/passages'] button")
    guard.wait_for_selector(".gate-line")
    guard.fill("#note", "绕行")
    guard.click("form[action='/desk/gate/report'] button")
    assert guard.inner_text(".gate-verdict h1") == "禁行"
    for page in (shown, guard):
        page.context.close()


@pytest.mark.requirement("YN-05", "HB-04")
def test_a_guard_types_a_short_code(cast, browser):
    shown = cast.page(browser, "green", "en", java_script_enabled=False)
    shown.goto("/code")
    shown.click("#short button")
    guard = cast.page(browser, "guard", "en", java_script_enabled=False)
    guard.goto("/desk/gate")
    guard.fill("[name=short]", shown.inner_text(".code-short b"))
    guard.click(".scan-line button:not(.quiet)")
    assert pass_gate(guard, "38.2") == "Stop"
    for page in (shown, guard):
        page.context.close()


def pass_gate(guard, temperature: str = "36.5") -> str:
    """The word that fills the screen."""
    guard.fill("#temperature", temperature)
    guard.click("[name=felt][value=normal]")
    return guard.inner_text(".gate-verdict h1")


@pytest.mark.requirement("HI-10")
def test_a_gate_is_set_up(live, cast, browser):
    page = cast.page(browser, "yellow", "en", java_script_enabled=False)
    page.goto("/gate/setup")
    for name, code in {"area": "430100", "division": "430102"}.items():
        page.select_option(f"#{name}", code)
        page.click("form.card button")
    for name, text in {
        "worker": "卫试岗",
        "township": "一街道",
        "address": "一路",
        "name": "无脚本门",
    }.items():
        page.fill(f"#{name}", text)
    page.click("form.card button")
    assert "无脚本门" in page.inner_text("main")
    assert (
        live.do(rows(live.world, "places_place where state = 'pending' and name = '无脚本门'")) == 1
    )
    page.context.close()


@pytest.mark.requirement("SD-05")
def test_an_issuer_answers(live, cast, browser):
    page = cast.page(browser, "issuer", "zh", java_script_enabled=False)
    page.goto("/desk/permits")
    page.select_option("#region", "hubei")
    page.click("form[method=get] button")
    before = page.locator("section form").count()
    page.locator("[name=word][value=more]").first.check()
    page.locator("[name=reason]").first.fill("请补充体温")
    page.locator("section form button").first.click()
    page.wait_for_url("**done=1**")
    assert page.locator("section form").count() == before - 1
    page.context.close()


def test_the_language_is_changed_and_the_session_ended(cast, browser):
    page = cast.page(browser, "red", "zh", java_script_enabled=False)
    page.goto("/code")
    page.click("form[action='/language'] button")
    assert "Red" in page.inner_text("#code-word")
    page.click("form[action='/logout'] button")
    page.goto("/code")
    assert page.url.endswith("/login")
    page.context.close()
