"""A resident is told of a change in the page and by SMS; command invites a list with mistakes."""

import pytest
from tests.lib.browser import phone_page
from tests.lib.outbox import texts, watched
from tests.lib.steps import declare, log_in_desk, register
from tests.lib.told import told

from yimatong.access.permissions import Role
from yimatong.people.phones import check_phone

pytestmark = pytest.mark.browser
WAYS = pytest.mark.parametrize(("language", "scripts"), [("zh", True), ("en", False)])
YELLOW = {"zh": "绿码 → 黄码", "en": "Green → Yellow"}
SMS = {
    "zh": "【一码通】您的健康码由绿码转为黄码，原因：疾控部门的登记。",
    "en": "Your health code changed from Green to Yellow. Reason: a record of the health",
}
SUM = {
    "zh": "收到 4 行 = 受理 1 行 + 搁置 3 行。",
    "en": "Lines received: 4 = 1 taken + 3 put aside.",
}


def fits(page) -> bool:
    """Nothing is wider than the phone."""
    return page.evaluate("document.documentElement.scrollWidth") <= 360


@WAYS
def test_a_change_is_told_and_settings_are_kept(live, browser, language, scripts):
    page = phone_page(browser, language, live.url, java_script_enabled=scripts)
    register(page, live, "hunan")
    phone = f"1390003{live.serial:04}"
    page.goto("/notices/settings")
    page.check(f"[name=language][value={language}]")
    page.uncheck("[name=wanted][value=invitations]")
    page.click("form.card button")
    page.wait_for_url("**done=1")
    assert [page.is_checked(f"[value={one}]") for one in ("reminders", "invitations")] == [1, 0]
    declare(page)
    live.do(watched(live.world))
    live.do(quarantined(live, phone))
    live.do(watched(live.world))
    page.goto("/")
    page.click(".home-unread a")
    newest = page.locator(".told").first
    assert YELLOW[language] in newest.inner_text()
    assert newest.locator(".told-mark").count() == 1
    assert fits(page)
    page.reload()
    assert page.locator(".told-mark").count() == 0
    newest.locator(".button").first.click()
    page.wait_for_url("**/code")
    assert SMS[language] in live.do(texts(live.world, phone))[-1]
    page.context.close()


async def quarantined(live, phone):
    """A fact of the registry about whoever has the phone."""
    people = live.world.people
    async with live.world.database.transaction() as tx:
        person = await people.person_of(tx, await people.find_account(tx, check_phone(phone)))
    await told(live.world, person, [("quarantine.home", "registry", 0)])


@pytest.mark.requirement("HI-05", "HN-14")
@WAYS
def test_command_invites_a_list_with_mistakes(live, browser, language, scripts):
    page = phone_page(browser, language, live.url, java_script_enabled=scripts)
    log_in_desk(page, live, *live.post(Role.ADMINISTRATOR))
    page.click("[href='/desk/invitations']")
    phone = f"1390007{live.next():04}"
    page.check("[name=purpose][value=return]")
    page.fill("#numbers", f"{phone}\n1390\n{phone}\n甲")
    page.click("form.card button")
    assert SUM[language] in page.inner_text("#result")
    assert page.locator("#result td:first-child").all_inner_texts() == ["2", "3", "4"]
    assert phone not in page.content()
    assert fits(page)
    [text] = live.do(texts(live.world, phone))
    assert text.endswith("/return")
    page.context.close()
