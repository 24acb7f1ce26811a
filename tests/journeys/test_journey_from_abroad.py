"""Somebody with a passport arrives from abroad, and reads every word in their language."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page
from tests.lib.accessible import untranslated
from tests.lib.browser import phone_page
from tests.lib.steps import log_in

from yimatong.kernel.clock import SystemClock

pytestmark = pytest.mark.browser
COUNTRY = {"zh": "瑞典", "en": "Sweden"}
YELLOW = {"zh": "黄码", "en": "Yellow"}
PLANE = {"zh": "飞机", "en": "plane"}


@pytest.mark.requirement("YN-03", "YN-06")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_passport_a_country_a_flight_and_no_half_translated_page(live, browser, language):
    page = phone_page(browser, language, live.url)
    register_passport(page, live)
    page.goto("/declare")
    assert foreign(page, language) == []
    arrive(page, COUNTRY[language])
    page.wait_for_url("**/code")
    assert YELLOW[language] in page.inner_text("#code-word")
    assert foreign(page, language) == []
    page.goto("/records")
    page.locator("summary").first.click()
    said = page.inner_text(".sheet")
    assert COUNTRY[language] in said
    assert PLANE[language] in said
    assert foreign(page, language) == []
    page.context.close()


def foreign(page: Page, language: str) -> list[str]:
    return untranslated(page) if language == "en" else []


def register_passport(page: Page, live) -> None:
    serial = live.next()
    log_in(page, live, f"1390003{serial:04}")
    page.goto("/card")
    page.fill("#name", "Maya Lindqvist")
    page.select_option("#document_kind", "passport")
    page.fill("#document_number", f"X{serial:07}")
    page.select_option("#ethnic_group", "00")
    page.select_option("#region", "yunnan")
    page.check("[name=sex][value=female]")
    page.click("form.card button")
    page.wait_for_url("**/")


def arrive(page: Page, country: str) -> None:
    """Two days ago from a country, changing on the way; healthy."""
    now = SystemClock().now()
    left, came = (now - timedelta(hours=hours) for hours in (60, 48))
    page.check("[name=kind][value=arriving]")
    page.select_option("#origin", "abroad")
    page.fill("#country", country)
    page.fill("#departure_place", "Stockholm")
    page.fill("#departed_at", left.strftime("%Y-%m-%dT%H:%M"))
    page.select_option("#transport", "plane")
    page.fill("#transport_number", "XX 999")
    page.fill("#transits", "Helsinki")
    page.fill("#arrived_at", came.strftime("%Y-%m-%dT%H:%M"))
    page.select_option("#division", index=1)
    page.fill("#township", "Test township")
    page.fill("#address", "1 Test Road")
    for name in page.locator("[type=radio][value=no]").all():
        name.check()
    page.check("[name=stay_abroad][value=yes]")
    page.fill("#stay_abroad_day", left.strftime("%Y-%m-%d"))
    page.check("[name=symptoms][value=none]")
    page.check("[name=promise]")
    page.click("form.declare > button")
