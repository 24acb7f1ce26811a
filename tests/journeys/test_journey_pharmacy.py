"""A day at a pharmacy in a real browser: medicine by pinyin, row by row, for somebody else."""

import httpx
import pytest
from tests.lib.browser import camera_before, phone_page
from tests.lib.desks import desk
from tests.lib.mine import with_child
from tests.lib.purchases import citizen
from tests.lib.steps import code_text, declare, register

pytestmark = pytest.mark.browser
NAME, QUANTITY = "[name='medicines.{}.name']", "[name='medicines.{}.quantity']"
OPTION = ".listed:not([hidden]) [role=option]"


@pytest.fixture
def shop(live):
    """Logged in at a pharmacy of Haikou."""
    return live.do(desk(live.world, "pharmacy", "460105", live.next()))


def logged_in(live, browser, language, login, **more):
    page = phone_page(browser, language, live.url, **more)
    page.context.add_cookies([{"name": "session", "value": login.token, "url": live.url}])
    return page


def focused(page) -> str:
    name: str = page.evaluate("document.activeElement.name")
    return name


def listed(page, row: int, typed: str, *keys: str) -> None:
    """Types into the row's field and presses keys, as soon as the list is there."""
    page.focus(NAME.format(row))
    page.keyboard.type(typed)
    page.wait_for_selector(OPTION)
    for key in keys:
        page.keyboard.press(key)


def asked_and_answered(page) -> None:
    page.fill("#temperature", "36.5")
    page.fill("#residence", "试验路 1 号")
    for name in ("risk_area", "fever_contact"):
        page.check(f"[name={name}][value=no]")


@pytest.mark.requirement("HI-13", "HI-02")
def test_fever_medicine_by_pinyin_turns_the_code_yellow(live, browser, playwright, tmp_path, shop):
    buyer = phone_page(browser, "zh", live.url)
    register(buyer, live, "hainan")
    declare(buyer)
    with camera_before(playwright, code_text(buyer), tmp_path) as cameras:
        page = logged_in(live, cameras, "zh", shop, permissions=["camera"])
        page.goto("/desk/record")
        page.click("#start")
        page.wait_for_selector("form[action='/desk/record/save']")
        page.wait_for_load_state()
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        choose_by_keyboard(page)
        add_and_remove_rows(page)
        asked_and_answered(page)
        assert requests == []  # the form asks nothing of the server while it is filled in
        told_and_saved(page)
        page.context.close()
    buyer.goto("/code")
    assert "黄码" in buyer.inner_text("#code-word")
    assert "退烧" in buyer.inner_text("main")
    buyer.context.close()


def choose_by_keyboard(page) -> None:
    listed(page, 0, "lhqw", "ArrowDown")
    field = page.locator(NAME.format(0))
    assert field.get_attribute("aria-expanded") == "true"
    active = field.get_attribute("aria-activedescendant")
    assert "连花清瘟" in page.inner_text(f"[id='{active}']")
    page.keyboard.press("Enter")
    assert (field.input_value(), field.get_attribute("aria-expanded")) == ("连花清瘟", "false")
    assert field.get_attribute("aria-activedescendant") is None
    page.fill(QUANTITY.format(0), "２")


def add_and_remove_rows(page) -> None:
    page.click("button[name=more]")
    assert focused(page) == "medicines.1.name"
    assert "还可以加 8 行" in page.inner_text(".scene-rows-said")
    page.keyboard.type("某某糖")
    page.wait_for_selector(".listed-said:has-text('名单里没有')")
    page.click("button[name=more]")
    page.keyboard.type("IBU")
    page.wait_for_selector(OPTION)
    page.keyboard.press("Escape")
    assert page.locator(OPTION).count() == 0
    page.keyboard.press("ArrowDown")
    page.click(OPTION)
    assert page.input_value(NAME.format(2)) == "布洛芬"
    page.click("button[name=less][value='medicines.1']")
    assert "第 2 行去掉了" in page.inner_text(".scene-rows-said")
    assert (page.input_value(NAME.format(1)), focused(page)) == ("布洛芬", "more")


def told_and_saved(page) -> None:
    page.focus("#temperature")
    page.keyboard.press("Enter")  # saves, and takes no row away
    page.wait_for_selector("main [role=alert]")
    assert "药品 · 第 2 行 · 数量" in page.inner_text("main [role=alert]")
    assert "还没有填" in page.inner_text("[id='medicines.1.quantity-problem']")
    page.click("main [role=alert] a")
    assert focused(page) == "medicines.1.quantity"
    page.keyboard.type("1")
    page.click("form.card > button")
    page.wait_for_selector("h1:has-text('已登记')")
    assert "连花清瘟" in page.inner_text("main")


@pytest.mark.requirement("HI-13")
def test_without_scripts_a_patient_confirms_for_a_child_and_denies(live, browser, shop):
    buyer, patient = (live.do(citizen(live.world, live.next())) for _ in range(2))
    live.do(a_child(live, patient))
    phone = f"1390001{live.serial:04}"
    page = logged_in(live, browser, "en", shop, java_script_enabled=False)
    sold(live, page, browser, buyer, phone)
    sold(live, page, browser, buyer, phone, "Lianhua Qingwen capsules")
    answering = logged_in(live, browser, "en", patient, java_script_enabled=False)
    answering.goto("/")
    answering.click("a[href='/purchases']")
    assert "连花清瘟 (Lianhua Qingwen) × 3" in answering.locator("form.card").first.inner_text()
    answering.locator("form.card").first.locator("[value=nobody]").check()
    answering.locator("form.card button").first.click()
    assert "it is not yours" in answering.inner_text(".notice.good")
    answering.get_by_role("radio", name="child").check()
    answering.click("form.card button")
    assert "recorded for whom you chose" in answering.inner_text(".notice.good")
    answering.goto("/code")
    assert "Green" in answering.inner_text("#code-word")
    answering.goto("/family")
    answering.get_by_role("button", name="Act for").last.click()
    answering.goto("/mine")
    assert "purchase of fever medicine" in answering.inner_text("#facts")
    for one in (page, answering):
        one.context.close()


async def a_child(live, login) -> None:
    async with httpx.AsyncClient(base_url=live.url) as client:
        await with_child(client, login)


def sold(live, page, browser, buyer, phone, second: str = "") -> None:
    """A sale for the phone, with a row that is added and taken away again."""
    shown = logged_in(live, browser, "en", buyer, java_script_enabled=False)
    shown.goto("/code")
    shown.click("#short button")
    page.goto("/desk/record")
    page.fill("[name=short]", shown.inner_text(".code-short b"))
    shown.context.close()
    page.click(".scan-line button:not(.quiet)")
    page.fill(NAME.format(0), "Ibuprofen")
    page.fill(QUANTITY.format(0), "1")
    page.click("button[name=more]")
    if second:
        page.fill(NAME.format(1), second)
        page.fill(QUANTITY.format(1), "3")
        page.click("button[name=less][value='medicines.0']")
        assert page.input_value(NAME.format(0)) == second
    asked_and_answered(page)
    page.fill("#patient", phone)
    page.click("form.card > button")
    assert "counts for nobody" in page.inner_text("main")
