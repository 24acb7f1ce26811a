"""What people do on the pages, step by step, in a real browser."""

from playwright.sync_api import Page

from tests.lib.live import Live, code_now, document

REVIEWED = {"shandong", "hubei"}
"""Where an issuer answers before there is a colour."""


def log_in(page: Page, live: Live, phone: str, door: str = "/login") -> None:
    page.goto(door)
    page.fill("#phone", phone)
    page.click("form.card button")
    page.wait_for_url("**/login/code")
    page.fill("#code", live.sms(phone))
    page.click("form.card button")


def log_in_desk(page: Page, live: Live, phone: str, secret: str) -> None:
    log_in(page, live, phone, "/desk/login")
    page.wait_for_url("**/desk/login/second")
    page.fill("#code", code_now(secret))
    page.click("form.card button")
    page.wait_for_url("**/desk/*")


def register(page: Page, live: Live, region: str) -> str:
    """A first log-in and a card; the document's number."""
    serial = live.next()
    number = document(serial)
    log_in(page, live, f"1390003{serial:04}")
    page.goto("/card")
    page.fill("#name", "田试青")
    page.fill("#document_number", number)
    page.select_option("#ethnic_group", "01")
    page.select_option("#region", region)
    page.click("form.card button")
    page.wait_for_url("**/")
    return number


def declare(page: Page) -> None:
    """Nothing to tell, and the promise."""
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
    page.wait_for_url("**/code")


def check_in(page: Page) -> None:
    """A normal day."""
    page.goto("/checkin")
    page.fill("#temperature", "36.5")
    for name in ("conditions", "lately"):
        page.check(f"[name={name}][value=none]")
    page.check("[name=promise]")
    page.click("form.card button")
    page.wait_for_url("**/code")


def code_text(page: Page) -> str:
    page.goto("/code")
    return page.locator("#code").get_attribute("data-text") or ""


def scan_by_camera(page: Page) -> None:
    """Until the person is open before the guard."""
    page.goto("/desk/gate")
    if not page.evaluate("sessionStorage.getItem('scan-camera')"):
        page.click("#start")
    page.wait_for_selector("[name=ticket]", state="attached")
