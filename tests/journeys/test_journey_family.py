"""A guardian registers a child and acts for it, in a browser that runs no script."""

import pytest
from tests.lib.browser import phone_page
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
