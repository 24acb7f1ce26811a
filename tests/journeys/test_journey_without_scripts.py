"""Every form is a plain form: the whole way with JavaScript switched off, in both languages."""

import io

import pytest
import segno
from tests.lib.live import Live, code_now, document, phone_page

from yimatong.access.permissions import Role

pytestmark = pytest.mark.browser
WORDS = {"zh": ("绿码", "通行", "禁行"), "en": ("Green", "Pass", "Stop")}


def plain_page(browser, live: Live, language: str):
    return phone_page(browser, language, live.url, java_script_enabled=False)


def log_in(page, live: Live, phone: str, door: str = "/login") -> None:
    page.goto(door)
    page.fill("#phone", phone)
    page.click("form.card button")
    page.fill("#code", live.sms(phone))
    page.click("form.card button")


def registered(page, live: Live, region: str = "hunan") -> None:
    serial = live.next()
    log_in(page, live, f"1390006{serial:04}")
    page.fill("#name", "田试青")
    page.fill("#document_number", document(serial))
    page.select_option("#ethnic_group", "01")
    page.select_option("#region", region)
    page.click("form.card button")


def declared(page) -> None:
    page.goto("/declare")
    page.check("[name=kind][value=resident]")
    page.select_option("#division", index=1)
    page.fill("#township", "试验街道")
    page.fill("#address", "试验路 1 号")
    for name in page.locator("[type=radio][value=no]").all():
        name.check()
    page.check("[name=symptoms][value=none]")
    page.fill("#temperature", "36.5")
    page.check("[name=promise]")
    page.click("form.card button")


def guarding(page, live: Live) -> None:
    phone, secret = live.post(Role.GUARD, live.gate("430100"))
    log_in(page, live, phone, "/desk/login")
    page.fill("#code", code_now(secret))
    page.click("form.card button")


def picture(text: str) -> dict:
    """A photograph of a code, as an upload."""
    drawn = io.BytesIO()
    segno.make(text, error="m").save(drawn, kind="png", scale=6, border=4)
    return {"name": "code.png", "mimeType": "image/png", "buffer": drawn.getvalue()}


@pytest.mark.requirement("HI-01", "HN-01", "YN-03", "HI-04", "HI-08", "HI-09")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_from_log_in_to_the_gate_without_scripts(live, browser, language):
    green, let_pass, stop = WORDS[language]
    resident, guard = plain_page(browser, live, language), plain_page(browser, live, language)
    registered(resident, live)
    declared(resident)
    assert green in resident.inner_text("#code-word")
    assert resident.locator(".code-picture img").is_visible()
    guarding(guard, live)
    guard.set_input_files("[name=picture]", picture(resident.get_attribute("#code", "data-text")))
    guard.locator(".gate-line button").last.click()
    guard.click("[name=felt][value=normal]")
    assert guard.inner_text(".gate-verdict h1") == let_pass
    guard.click("summary")
    guard.click("form[action='/desk/gate/report'] button")
    assert guard.inner_text(".gate-verdict h1") == stop


@pytest.mark.requirement("HI-08")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_short_code_read_out_and_a_mistake_put_right_without_scripts(live, browser, language):
    resident, guard = plain_page(browser, live, language), plain_page(browser, live, language)
    registered(resident, live)
    declared(resident)
    resident.click("form[action^='/code/short'] button")
    guarding(guard, live)
    guard.fill("[name=short]", resident.inner_text(".code-short b"))
    guard.locator(".gate-line button").first.click()
    guard.fill("#temperature", "390")
    guard.click("[name=felt][value=normal]")
    assert guard.locator("#temperature-problem").is_visible()
    guard.fill("#temperature", "36.5")
    guard.click("[name=felt][value=normal]")
    assert guard.inner_text(".gate-verdict h1") == WORDS[language][1]


@pytest.mark.requirement("HI-04", "HI-10", "HB-06")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_checking_in_a_child_and_a_gate_without_scripts(live, browser, language):
    page = plain_page(browser, live, language)
    registered(page, live)
    page.goto("/family/child")
    page.fill("#name", "田试禾")
    page.select_option("#document_kind", "passport")
    page.fill("#document_number", f"E{live.next():07}")
    page.select_option("#ethnic_group", "01")
    page.select_option("#region", "hunan")
    page.check("[name=sex][value=female]")
    page.fill("#born", "2016-05-04")
    page.check("[name=promise]")
    page.click("form.card button")
    page.locator("form[action='/family/act'] button").click()
    declared(page)
    assert WORDS[language][0] in page.inner_text("#code-word")
    page.goto("/checkin")
    page.fill("#temperature", "36.5")
    page.check("[name=conditions][value=none]")
    page.check("[name=lately][value=none]")
    page.select_option("#division", index=1)
    page.fill("#township", "试验街道")
    page.fill("#address", "试验路 1 号")
    page.check("[name=promise]")
    page.click("form.card button")
    assert page.url.endswith("/code")
    page.goto("/gate/setup")
    for name in ("worker", "township", "address", "name"):
        page.fill(f"#{name}", "田试青" if name == "worker" else "试验东门")
    page.click("form.card button")
    assert page.locator("a[href='/desk/login']").is_visible()
