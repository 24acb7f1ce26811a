"""Ways in and back, as people go them: a poster at a door, WeChat, Alipay, a computer's screen."""

import io
from collections.abc import Iterator

import pytest
import zxingcpp
from PIL import Image
from tests.lib.accessible import barriers, wide_by
from tests.lib.browser import phone_page
from tests.lib.live import Live, document, in_thread
from tests.lib.standins import StandIn, stand_in
from tests.lib.steps import log_in

from yimatong import places
from yimatong.doors.world import open_world

pytestmark = pytest.mark.browser
WITHIN = {"wechat": "Mozilla/5.0 (Linux; Android 9) Chrome/78 MicroMessenger/7.0.12",
          "alipay": "Mozilla/5.0 (Linux; Android 9) Chrome/78 AlipayClient/10.1.90"}  # fmt: skip
LOOKS = {"zh": "绿码", "en": "Green"}
HERE = {"zh": "您在： 试验门", "en": "You are at: 试验门"}


@pytest.fixture(scope="module")
def app() -> Iterator[StandIn]:
    with stand_in() as one:
        yield one


@pytest.fixture(scope="module")
def linked(live, app, tmp_path_factory) -> Iterator[Live]:
    """The same world, where WeChat and Alipay are set up."""
    settings = app.settings(tmp_path_factory.mktemp("apps"))
    config = live.world.config.model_copy(update=settings)
    with in_thread(open_world(config, live.database_url, live.world.keys)) as (world, url, loop):
        yield Live(url, live.database_url, live.folder, world, loop, serial=5000)


def poster(live: Live) -> str:
    place = live.gate("430100")

    async def made() -> str:
        async with live.world.database.transaction() as tx:
            world = live.world
            return await places.poster_of(tx, world.clock, world.randomness, place)

    return live.do(made())


def fill_card(page, live: Live) -> None:
    page.wait_for_url("**/card")
    page.fill("#name", "田试青")
    page.fill("#document_number", document(live.next()))
    page.select_option("#ethnic_group", "01")
    page.select_option("#region", "hunan")
    page.click("form.card button")


def fill_declaration(page) -> None:
    page.wait_for_url("**/declare")
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


def is_at(page, language: str) -> None:
    page.wait_for_url("**/at/*")
    assert page.inner_text("h1") == HERE[language]
    assert LOOKS[language] in page.inner_text("#code-word")


@pytest.mark.requirement("YN-02", "HI-01")
@pytest.mark.parametrize(("language", "scripts"), [("zh", False), ("en", True)])
def test_a_first_scan_of_a_poster_leads_to_the_code_and_a_later_one_goes_straight(
    live, browser, language, scripts
):
    page = phone_page(browser, language, live.url, java_script_enabled=scripts)
    phone, id = f"1390006{live.next():04}", poster(live)
    log_in(page, live, phone, f"/at/{id}")
    fill_card(page, live)
    fill_declaration(page)
    is_at(page, language)
    page.goto(f"/at/{poster(live)}")
    is_at(page, language)
    page.context.clear_cookies(name="session")
    page.goto(f"/at/{id}")
    assert page.url.endswith("/login")
    page.context.close()


@pytest.mark.requirement("HI-01")
@pytest.mark.parametrize("channel", ["wechat", "alipay"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_somebody_logs_in_with_another_app_and_the_second_time_needs_no_code(
    linked, app, browser, language, channel
):
    app.who = f"oJourney-{channel}-{language}"
    page = phone_page(browser, language, linked.url, user_agent=WITHIN[channel])
    page.goto("/login")
    page.click(f"[href='/login/with/{channel}']")
    page.wait_for_url("**/login/link*")  # WeChat's fragment stays in the address
    assert not barriers(page)
    phone = f"1390007{linked.next():04}"
    page.fill("#phone", phone)
    page.click("form.card button")
    page.wait_for_url("**/login/link/code")
    page.fill("#code", linked.sms(phone))
    page.click("form.card button")
    page.wait_for_url("**/card")
    page.context.clear_cookies()
    page.goto("/logins")
    page.click(f"[href='/login/with/{channel}']")
    page.wait_for_url("**/logins*")
    assert page.locator("form[action='/logins/unlink']").count() == 1
    app.declines = True
    page.goto(f"/login/with/{channel}")
    app.declines = False
    assert not barriers(page)
    assert not wide_by(page, "phone", 200)
    page.click("main a[href='/login']")
    assert page.url.endswith("/login")
    page.context.close()


@pytest.mark.requirement("HI-01")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_phone_logs_a_screen_in(live, browser, language):
    phone = phone_page(browser, language, live.url, java_script_enabled=language == "en")
    log_in(phone, live, f"1390008{live.next():04}")
    phone.wait_for_url("**/card")
    screen = phone_page(browser, language, live.url, java_script_enabled=language == "en")
    screen.set_viewport_size({"width": 1280, "height": 800})
    screen.goto("/login/screen")
    picture = Image.open(io.BytesIO(screen.locator(".qr img").screenshot()))
    [found] = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    phone.goto(found.text)
    assert phone.inner_text(".number") == screen.inner_text(".number")
    phone.click("form[action='/screen'] button")
    if language == "zh":
        screen.click("#confirmed")
    screen.wait_for_url("**/card")
    for page in (phone, screen):
        page.context.close()
