"""Looking things up in a queue, and publishing what is looked up: with and without scripts."""

import re

import pytest
from tests.lib.browser import phone_page
from tests.lib.steps import declare, log_in_desk, register
from tests.lib.told import told

from yimatong.access.permissions import Role
from yimatong.people.phones import check_phone

pytestmark = pytest.mark.browser
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
ONLY_CHINESE = {"zh": 0, "en": 1}
TAKEN_DOWN = {"zh": "已撤下", "en": "Taken down"}
OWN = {"zh": "居住省份", "en": "Province of residence"}
STOP = {"zh": "禁行", "en": "Stop"}


def fits(page):
    """Nothing is wider than the phone."""
    return page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.requirement("HI-18")
@LANGUAGES
@SCRIPTS
def test_publish_look_up_correct_take_down(live, browser, language, scripts):
    title = f"试验热线 {live.next()}"
    desk = phone_page(browser, language, live.url, java_script_enabled=scripts)
    log_in_desk(desk, live, *live.post(Role.ADMINISTRATOR))
    desk.click("nav [href='/desk/information']")
    desk.wait_for_url("**/desk/information")
    publish(desk, title)

    def look_up():
        """A phone that has not looked within the minute for which an answer may be kept."""
        reader = phone_page(browser, language, live.url, java_script_enabled=scripts)
        reader.goto("/information")
        reader.fill("#q", title)
        reader.click("form[role=search] button")
        reader.wait_for_url("**q=*")
        assert fits(reader)
        return reader

    reader = look_up()
    assert reader.locator(".entry h2").all_inner_texts() == [title]
    assert reader.locator(".entry-phone").get_attribute("href") == "tel:00001234567"
    assert reader.locator(".entry > .soft").count() == ONLY_CHINESE[language]
    correct(desk, title, f"{title} 更正")
    assert look_up().locator(".entry h2").all_inner_texts() == [f"{title} 更正"]
    take_down(desk, f"{title} 更正")
    reader = look_up()
    assert reader.locator(".entry").count() == 0
    assert TAKEN_DOWN[language] in reader.locator("#gone").inner_text()


def publish(desk, title):
    """Once with a mistake, which is told at its field; then looked at, then published."""
    desk.click("[href='/desk/information/new']")
    desk.check("[name=kind][value=hotline]")
    desk.fill("#title", title)
    desk.fill("#text", "第一段\n\n<b>第二段</b>")
    desk.click("[name=step]")
    assert desk.get_attribute("#phone", "aria-describedby").startswith("phone-problem")
    desk.fill("#phone", "0000-1234567")
    desk.click("[name=step]")
    assert desk.locator(".entry-text").first.inner_text() == "第一段\n\n<b>第二段</b>"
    assert fits(desk)
    desk.click("[name=step][value=publish]")
    desk.wait_for_url("**done=published")


def correct(desk, title, otherwise):
    desk.get_by_role("link", name=title).click()
    desk.click("[href$='/correct']")
    desk.fill("#title", otherwise)
    desk.click("[name=step]")
    desk.click("[name=step][value=publish]")
    desk.wait_for_url("**done=corrected")


def take_down(desk, title):
    desk.get_by_role("link", name=title).click()
    desk.click("button.danger")
    desk.wait_for_url("**done=withdrawn")


@pytest.mark.requirement("HB-07", "YM-04")
@LANGUAGES
@SCRIPTS
def test_one_code_read_by_every_provinces_policy(live, browser, language, scripts):
    page = phone_page(browser, language, live.url, java_script_enabled=scripts)
    register(page, live, "yunnan")
    declare(page)
    page.goto("/elsewhere")
    assert page.locator(".reading").count() == 5
    own = page.locator(".reading").first
    assert (own.get_attribute("id"), OWN[language] in own.inner_text()) == ("yunnan", True)
    assert page.locator("#shandong .reading-undeclared").count() == 1
    assert fits(page)
    page.click("#shandong [href^='/policies/']")
    page.wait_for_url("**/policies/shandong@2020-02-22")
    assert page.locator(".policy-clause").count() == 8
    page.context.close()


@pytest.mark.requirement("YM-04", "YM-02", "HB-07")
@LANGUAGES
@SCRIPTS
def test_a_reason_leads_to_its_rule_in_the_policy(live, browser, language, scripts):
    page = phone_page(browser, language, live.url, java_script_enabled=scripts)
    register(page, live, "hubei")
    declare(page)
    live.do(quarantine(live))
    page.goto("/code")
    page.click(".code-reason a")
    page.wait_for_url("**/policies/hubei@2020-03-16#home-quarantine")
    assert "home-quarantine" in page.locator(":target").get_attribute("id")
    page.click("a[href='#about-contents'] >> nth=0")
    page.click("a[href='#about-admission']")
    table = page.locator(".policy-table").first.inner_text()
    assert STOP[language] in re.split(r"\s+", table)
    assert fits(page)
    page.context.close()


async def quarantine(live):
    """A fact about whoever registered last."""
    people = live.world.people
    async with live.world.database.transaction() as tx:
        account = await people.find_account(tx, check_phone(f"1390003{live.serial:04}"))
        person = await people.person_of(tx, account)
    await told(live.world, person, [("quarantine.home", "registry", 0)])
