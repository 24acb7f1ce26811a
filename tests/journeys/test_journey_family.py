"""A guardian registers a child and acts for it, in a browser that runs no script."""

import pytest
from tests.lib.browser import phone_page
from tests.lib.logins import resident
from tests.lib.steps import check_in, declare, register

pytestmark = pytest.mark.browser
GREEN = {"zh": "绿码", "en": "Green"}
ACTING = {"zh": "您正在为家人办理", "en": "You are acting for a family member"}


@pytest.mark.requirement("HB-06", "YN-07", "YN-08")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_child_is_registered_declared_for_and_shown(live, browser, language):
    page = phone_page(browser, language, live.url, java_script_enabled=False)
    register(page, live, "hunan")
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
    assert ACTING[language] in page.inner_text("body")
    declare(page)
    check_in(page)
    page.goto("/")
    assert GREEN[language] in page.inner_text("#code-word")
    page.context.close()


@pytest.mark.requirement("HB-06", "YN-07")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_parent_agrees_by_sms_is_shown_and_ends_it(live, browser, language):
    parent, phone = logged_in(browser, live, language)
    child = phone_page(browser, language, live.url)
    register(child, live, "hubei")
    agree(child, live, phone)
    assert child.locator(".family-member").count() == 2
    child.locator("form[action='/family/act'] button").click()
    assert ACTING[language] in child.inner_text("body")
    parent.goto("/family")
    parent.locator("form[action='/family/holders/end'] button").click()
    assert parent.locator(".family-holder").count() == 0
    child.goto("/family")
    assert child.locator(".family-member").count() == 1
    assert ACTING[language] not in child.inner_text("body")
    for page in (parent, child):
        page.context.close()


def logged_in(browser, live, language):
    """Somebody whose phone got no SMS lately, and the phone."""
    serial = live.next()
    login = live.do(resident(live.world, "hubei", serial))
    page = phone_page(browser, language, live.url)
    page.context.add_cookies([{"name": "session", "value": login.token, "url": live.url}])
    return page, f"1390001{serial:04}"


def agree(page, live, phone: str) -> None:
    """A wrong code first, which adds nobody; then the one that the other person told."""
    page.goto("/family/agree")
    page.check("[name=whom][value=adult]")
    page.select_option("#relation", "parent")
    page.fill("#phone", phone)
    page.click("form.card button")
    code = live.sms(phone)
    page.fill("#code", f"{(int(code) + 1) % 10**6:06}")
    page.click("form.card button")
    assert page.locator("#code-problem").count() == 1
    page.fill("#code", code)
    page.click("form.card button")
    page.wait_for_url("**/family")
