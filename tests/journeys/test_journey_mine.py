"""Seeing what is known, taking it away in both forms, deleting, and registering again (YN-07)."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.lib.browser import phone_page
from tests.lib.steps import declare, log_in, register

pytestmark = pytest.mark.browser
SAID = {
    "zh": ("我的健康码信息", "健康申报", "账号已注销"),
    "en": ("What is known of me", "declaration of health", "Your account is deleted"),
}


def wide(page: Page) -> int:
    across: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return across


def taken(page: Page, name: str, folder: Path) -> Path:
    """What a link downloads."""
    with page.expect_download() as waiting:
        page.click(f"a[href='/mine/copy.{name}']")
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def reads_without_network(page: Page, path: Path, wanted: tuple[str, ...]) -> None:
    """The file, from a disk, in a browser that reaches nothing."""
    asked: list[str] = []
    page.context.set_offline(True)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    for words in wanted:
        assert words in page.inner_text("body")
    assert asked == [path.as_uri()]
    assert wide(page) <= 0
    page.context.set_offline(False)


def delete(page: Page, live, phone: str) -> None:
    page.goto("/mine")
    page.click("a[href='/mine/delete']")
    page.wait_for_url("**/mine/delete")
    assert wide(page) <= 0
    page.check("[name=promise]")
    live.do(_room_for_another_sms(live))
    page.click("form.card button")
    page.wait_for_selector("#code")
    page.fill("#code", live.sms(phone))
    page.click("form.card button")


@pytest.mark.requirement("YN-07", "YM-07")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_known_is_seen_taken_away_deleted_and_found_again(
    live, browser, language, tmp_path
):
    page = phone_page(browser, language, live.url, accept_downloads=True)
    phone = f"1390003{live.serial + 1:04}"
    number = register(page, live, "yunnan")
    declare(page)
    page.goto("/")
    page.click("a[href='/mine']")
    page.wait_for_url("**/mine")
    title, fact, gone = SAID[language]
    assert title in page.inner_text("h1")
    assert fact in page.inner_text("#facts")
    assert wide(page) <= 0
    known = json.loads(taken(page, "json", tmp_path).read_text("utf-8"))
    assert known["card"]["document_number"] == number
    paper = taken(page, "html", tmp_path)
    other = browser.new_page(viewport={"width": 360, "height": 640})
    reads_without_network(other, paper, (number, fact, "试验路 1 号"))
    delete(page, live, phone)
    assert gone in page.inner_text("h1")
    with page.expect_download() as waiting:
        page.click("form[action='/mine/delete/receipt'] button")
    receipt = json.loads(Path(waiting.value.path()).read_text("utf-8"))
    assert receipt["schema"] == "yimatong-deletion/1"
    page.goto("/mine")
    page.wait_for_url("**/login")
    again(page, live, phone, number)
    assert fact in page.inner_text("#facts")
    page.context.close()
    other.context.close()


def again(page: Page, live, phone: str, number: str) -> None:
    """Registers with the same phone and document, and is led back to what is known."""
    live.do(_room_for_another_sms(live))
    log_in(page, live, phone)
    page.goto("/card")
    page.fill("#name", "田试青")
    page.fill("#document_number", number)
    page.select_option("#ethnic_group", "01")
    page.select_option("#region", "yunnan")
    page.click("form.card button")
    page.wait_for_url("**/mine")


async def _room_for_another_sms(live) -> None:
    """As if a minute had passed: the served world's clock is that of today."""
    async with live.world.database.transaction() as tx:
        await tx.execute("delete from access_limit where name like 'otp.%'")
