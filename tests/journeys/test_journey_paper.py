"""Without a phone: served at a desk, the printed card held before a gate's camera, then lost, and
opened by the document alone."""

import re
from datetime import timedelta

import pytest
import zxingcpp
from PIL import Image
from tests.lib.accessible import post
from tests.lib.browser import camera_before, phone_page
from tests.lib.live import document
from tests.lib.steps import log_in_desk, scan_by_camera
from tests.lib.told import told

from yimatong.access.permissions import Role
from yimatong.kernel.clock import SystemClock
from yimatong.people.documents import DocumentKind

DESK = {"width": 1280, "height": 800}
COMPARE = {"zh": "身份证件", "en": "check the document"}
PASS = {"zh": "通行", "en": "Pass"}
LOST = {"zh": "挂失", "en": "reported lost"}
BY_DOCUMENT = {"zh": "凭身份证件打开", "en": "opened by the document"}
A6 = re.compile(rb"/MediaBox \[0 0 29[78]\.?\d* (419|420)")
pytestmark = pytest.mark.browser


@pytest.mark.requirement("YN-08")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_served_printed_admitted_and_refused_when_lost(
    live, browser, playwright, tmp_path, language
):
    place = live.gate("430100")
    clerk = phone_page(browser, language, live.url)
    if language == "zh":
        clerk.set_viewport_size(DESK)
    log_in_desk(clerk, live, *live.post(Role.CLERK, place))
    number = document(live.next())
    attend(clerk, number)
    enter_sheet(clerk)
    clerk.click("form[action='/desk/clerk/card'] button")
    text = photographed(clerk, tmp_path)
    assert_one_a6_page(clerk)
    with camera_before(playwright, text, tmp_path) as cameras:
        guard = phone_page(cameras, language, live.url, permissions=["camera"])
        log_in_desk(guard, live, *live.post(Role.GUARD, place))
        scan_by_camera(guard)
        assert COMPARE[language] in guard.inner_text(".notice.bad")
        guard.click("[name=felt][value=normal]")
        assert guard.inner_text(".gate-verdict h1") == PASS[language]
        clerk.goto("/desk/clerk")
        attend(clerk, number)
        clerk.click("form[action='/desk/clerk/lost'] button")
        clerk.wait_for_selector(".notice.good")
        guard.goto("/desk/gate")
        guard.click("#start")
        guard.wait_for_selector(".notice.bad")
        assert LOST[language] in guard.inner_text(".notice.bad")
        show_document(guard, number)
        assert BY_DOCUMENT[language] in guard.inner_text(".notice.bad")
        guard.click("[name=felt][value=normal]")
        assert guard.inner_text(".gate-verdict h1") == PASS[language]


def attend(clerk, number: str, region: str = "hunan") -> None:
    clerk.check("[name=why][value=paper]")
    clerk.fill("#name", "田试青")
    clerk.fill("#document_number", number)
    clerk.select_option("#ethnic_group", "01")
    clerk.select_option("#region", region)
    clerk.check("[name=present]")
    clerk.click("form[action='/desk/clerk'] button")
    clerk.wait_for_selector("form[action='/desk/clerk/declare']")


def show_document(guard, number: str) -> None:
    """Typed by the guard while the card that is lost lies before the camera; first a wrong name."""
    guard.click("#in-hand summary")
    guard.fill("#document_number", number)
    guard.check("[name=why][value=no_phone]")
    guard.check("[name=present]")
    guard.fill("#name", "田试红")
    guard.click("#in-hand button")
    guard.wait_for_selector("#name[value='田试红']")
    guard.fill("#name", "田试青")
    guard.click("#in-hand button")
    guard.wait_for_selector("[name=ticket]", state="attached")


def enter_sheet(clerk) -> None:
    """Sent first without the answers: each is named, nothing is kept; then copied from paper."""
    clerk.click("form[action='/desk/clerk/declare'] button")
    clerk.check("[name=kind][value=resident]")
    for one in clerk.locator(".ask").all():
        one.locator("input[value=no]").check()
    clerk.select_option("#division", "430100")
    clerk.fill("#township", "试验街道")
    clerk.fill("#address", "试验路 1 号")
    clerk.fill("#temperature", "36.5")
    clerk.check("[name=promise]")
    clerk.click("form.declare > button")
    assert clerk.inner_text("#symptoms-problem")
    clerk.check("[name=symptoms][value=none]")
    clerk.click("form.declare > button")
    clerk.wait_for_selector(".notice.good")


def photographed(clerk, folder) -> str:
    """What a reader finds in a picture of the printed card."""
    picture = folder / "card.png"
    clerk.emulate_media(media="print")
    clerk.locator(".paper-card").screenshot(path=picture)
    [found] = zxingcpp.read_barcodes(Image.open(picture), formats=zxingcpp.BarcodeFormat.QRCode)
    return found.text


def assert_one_a6_page(clerk) -> None:
    printed = clerk.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") == 1
    assert A6.search(printed)
    clerk.emulate_media(media="screen")


@pytest.mark.requirement("SD-10")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_pass_on_paper_bears_its_days_and_has_the_same_effect(live, browser, language, tmp_path):
    place = live.gate("370100")
    clerk = phone_page(browser, language, live.url)
    log_in_desk(clerk, live, *live.post(Role.CLERK, place))
    number = document(live.next())
    attend(clerk, number, "shandong")
    live.do(approved(live.world, number))
    clerk.click("form[action='/desk/clerk/card'] button")
    lapses = (SystemClock().now() + timedelta(days=5)).strftime("%Y-%m-%d")
    assert lapses in clerk.inner_text(".paper-card")
    text = photographed(clerk, tmp_path)
    guard = phone_page(browser, language, live.url)
    log_in_desk(guard, live, *live.post(Role.GUARD, place))
    post(guard, "/desk/gate", {"code": text})
    guard.click("[name=felt][value=normal]")
    assert guard.inner_text(".gate-verdict h1") == PASS[language]


async def approved(world, number: str) -> None:
    """An issuer's word, a moment ago."""
    async with world.database.transaction() as tx:
        person = await world.people.find_by_document(tx, DocumentKind.RESIDENT_ID, number)
    await told(world, person, [("review.requested", "self", 0), ("review.approved", "issuer", 0)])
