"""A pharmacy becomes a desk, in a real browser: registered, opened, joined by a code, left, closed;
once with scripts, once without."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.lib.browser import phone_page
from tests.lib.live import Live, code_now
from tests.lib.outbox import texts
from tests.lib.steps import log_in, log_in_desk

from yimatong.access import sessions
from yimatong.access.permissions import Role
from yimatong.people.phones import check_phone

pytestmark = pytest.mark.browser
WAITS = {"zh": "已登记，等待开通", "en": "Registered, waiting for approval"}
OPEN = {"zh": "已开通", "en": "Open"}
ENDED = {"zh": "您的登录已经结束", "en": "Your log-in has ended"}
LAST = {"zh": "您是唯一的负责人", "en": "You alone answer for this place"}
TOLD = "您登记的场所已经开通"
"""In Chinese to whoever chose no language for SMS."""


def with_phone(live: Live, browser, language: str, **more) -> tuple[Page, str]:
    """The phone of somebody who logged in as a resident some time ago."""
    phone, world = f"1390006{live.next():04}", live.world

    async def token() -> str:
        async with world.database.transaction() as tx:
            account = await world.people.account_for(tx, check_phone(phone))
            return await sessions.start(tx, world.clock, world.randomness, account)

    page = phone_page(browser, language, live.url, **more)
    session = {"name": "session", "value": live.do(token()), "url": live.url}
    page.context.add_cookies([session])
    return page, phone


def pressed(page: Page, selector: str) -> None:
    """Taps a button that sends a form, and waits for the answer."""
    with page.expect_navigation():
        page.click(selector)


def registered(page: Page, name: str) -> None:
    """Step by step, as the QR code at the counter leads."""
    page.goto("/desks/new")
    pressed(page, "a[href='/desks/new?scene=pharmacy']")
    page.select_option("#area", "460100")
    pressed(page, "form.card button")
    page.select_option("#division", "460105")
    pressed(page, "form.card button")
    page.fill("#worker", "卫试药")
    page.select_option("#type", "pharmacy")
    page.fill("#address", "试验路 8 号")
    page.fill("#name", name)
    pressed(page, "form.card button")
    assert page.locator("#township-problem").count() == 1  # chosen nowhere, typed nowhere
    assert page.input_value("#name") == name
    page.select_option("#township", "海秀镇")
    pressed(page, "form.card button")


def first_log_in(page: Page, live: Live, phone: str) -> None:
    """With the secret that the page shows, as an authenticator takes it."""
    log_in(page, live, phone, "/desk/login")
    page.wait_for_url("**/desk/login/second")
    page.fill("#code", code_now(page.inner_text("section.card code")))
    page.click("form.card button")
    page.wait_for_url("**/desk/record")


@pytest.mark.requirement("HI-10", "HI-13")
@pytest.mark.parametrize(("language", "scripts"), [("zh", True), ("en", False)])
def test_a_pharmacy_is_registered_opened_joined_and_closed(live, browser, language, scripts):
    name, more = f"试验药房{live.next()}", {"java_script_enabled": scripts}
    owner, phone = with_phone(live, browser, language, **more)
    registered(owner, name)
    assert owner.inner_text("h1") == WAITS[language]

    chief = phone_page(browser, language, live.url, **more)
    log_in_desk(chief, live, *live.post(Role.ADMINISTRATOR))
    chief.goto(f"/desk/places?name={name}")
    line = chief.locator(".desk-line", has_text=name)
    expect(line).to_contain_text("卫试药")
    with chief.expect_navigation():
        line.locator("button[value=approve]").click()
    expect(chief.locator("[role=status]")).to_contain_text(name)
    assert TOLD in live.do(texts(live.world, phone))[-1]
    owner.goto("/desks/new")
    assert owner.inner_text("h1") == OPEN[language]

    first_log_in(owner, live, phone)
    owner.goto("/desk/team")
    assert LAST[language] in owner.inner_text("main")
    pressed(owner, "form[action='/desk/team/code'] button")
    code = owner.inner_text(".number")
    assert re.fullmatch(r"\w{4}-\w{4}", code)

    newcomer, its_phone = with_phone(live, browser, language, **more)
    newcomer.goto("/desks/join")
    for typed, wanted in (("AC3D-97KM", "#code-problem"), (code.lower(), "[role=status]")):
        newcomer.fill("#code", typed)
        newcomer.fill("#worker", "卫试新")
        pressed(newcomer, "form.card button")
        assert newcomer.locator(wanted).count() == 1
    assert name in newcomer.inner_text("[role=status]")
    owner.goto("/desk/team")
    pressed(owner, "button:near(:text('卫试新')):not(.quiet)")
    assert owner.locator(".desk-line", has_text="卫试新").count() == 1
    first_log_in(newcomer, live, its_phone)

    line = owner.locator(".desk-line", has_text="卫试新")
    line.locator("summary").last.click()
    with owner.expect_navigation():
        line.locator("button.danger").click()
    newcomer.goto("/desk/record")
    assert ENDED[language] in newcomer.inner_text("[role=status]")

    owner.locator("details.card summary").click()
    pressed(owner, "details.card button.danger")
    assert owner.locator("[role=alert]").count() == 1  # not without the tick
    owner.locator("details.card summary").click()
    owner.check("[name=sure]")
    pressed(owner, "details.card button.danger")
    assert ENDED[language] in owner.inner_text("[role=status]")
    for page in (owner, chief, newcomer):
        page.context.close()
