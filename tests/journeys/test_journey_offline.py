"""The last code without a network: what is drawn, how it is marked, and when it is gone."""

import io
import json
from datetime import date

import msgspec
import pytest
import zxingcpp
from PIL import Image
from tests.lib.accessible import barriers, post, wide_by
from tests.lib.browser import phone_page, settled
from tests.lib.cast import Cast
from tests.lib.logins import card
from tests.lib.logins import number as document_of

from yimatong.kernel.clock import SHANGHAI, SystemClock
from yimatong.people import family

pytestmark = pytest.mark.browser
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
CALLED = {
    "green": {"zh": "绿码", "en": "Green"},
    "then": {"zh": "当时：绿码", "en": "Then: Green"},
    "offline": {"zh": "离线：这是 {} 的码", "en": "Offline: this is the code of {}"},
    "over": {"zh": "已过期，不能再扫", "en": "cannot be scanned"},
    "plain": {"zh": "连不上网络", "en": "No connection"},
}
LEFT = """async () => {
    const found = [];
    for (const name of await caches.keys()) {
        const kept = await (await caches.open(name)).keys();
        const files = kept.map((one) => new URL(one.url).pathname);
        found.push(...files.filter((file) => !/^\\/(offline$|static\\/)/.test(file)));
    }
    return [...found, ...(await indexedDB.databases()), ...Object.keys(localStorage)];
}"""
"""What lies on the phone besides files that are the same for everybody."""
PUT_BY = """async () => {
    const { active } = await navigator.serviceWorker.ready;
    const put = await caches.match("/code", { cacheName: "code" });
    return active.state === "activated" && put ? put.json() : null;
}"""
GONE = "async () => !(await caches.has('code'))"
ANOTHER = "(before) => document.getElementById('code-picture').innerHTML !== before"
LATER = "(ms) => { const real = Date.now; Date.now = () => real.call(Date) + ms; }"


@pytest.fixture(scope="module")
def cast(live) -> Cast:
    return Cast(live)


@pytest.fixture
def phone(cast, browser, line):
    """A phone of somebody, at the end of the line; its language and clock may be others'."""
    pages = []

    def opened(who: str, language: str = "zh", script: str = "", **more):
        page = phone_page(browser, language, line.url, **more)
        token = cast.logins[who].token
        page.context.add_cookies([{"name": "session", "value": token, "url": line.url}])
        if script:
            page.add_init_script(script)
        pages.append(page)
        return page

    yield opened
    for page in pages:
        page.context.close()


def visit(page, path: str = "/code"):
    """Online, until the code is put by."""
    page.goto(path)
    return settled(page, PUT_BY)


def scanned(page) -> str:
    picture = Image.open(io.BytesIO(page.locator("#code-picture").screenshot()))
    [found] = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return found.text


@pytest.mark.requirement("YM-06")
@LANGUAGES
def test_the_last_code_is_drawn_without_a_network_marked_and_over_in_time(phone, line, language):
    page = phone("green", language)
    kept = visit(page)
    line.cut()
    page.reload()
    page.wait_for_selector("#code-picture svg")
    said = page.inner_text("#code-fresh")
    hour = page.inner_text("#code-as-of")[-5:]
    assert said.startswith(CALLED["offline"][language].format(hour))
    assert page.inner_text("#code-clock") == hour
    assert (page.inner_text("[data-part=word]"), scanned(page)) == (
        CALLED["green"][language],
        kept["text"],
    )
    assert page.locator("#code.code-late.code-green circle").count() == 1
    assert (wide_by(page, "phone"), wide_by(page, "phone", 200), barriers(page)) == (0, 0, [])
    page.evaluate(LATER, 121_000)
    page.wait_for_selector("#code.code-over")
    assert CALLED["over"][language] in page.inner_text("#code-fresh")
    assert CALLED["then"][language] in page.inner_text("#code-word")
    assert barriers(page) == []
    page.goto("/records")
    assert page.inner_text("h1") == CALLED["plain"][language]
    assert (wide_by(page, "phone", 200), barriers(page)) == (0, [])
    page.click("[data-last]")
    page.wait_for_selector("#code-picture svg")
    line.mend()
    page.goto("/records")
    assert page.inner_text("h1") != CALLED["plain"][language]


@pytest.mark.requirement("YM-06")
@pytest.mark.parametrize("hours", [20, -20])
def test_a_phone_on_another_day_goes_by_the_servers_time(phone, line, hours):
    page = phone("green", script=f"({LATER})({hours * 3_600_000})")
    visit(page)
    assert (said(page), seconds_off(page) <= 3) == ("live", True)
    assert not [one for one in line.requests if "/api/v1/code" in one]
    line.cut()
    page.goto("/")
    page.wait_for_selector("#code-picture svg")
    assert said(page) == "offline"


def said(page) -> str:
    return page.get_attribute("#code", "data-said")


def seconds_off(page) -> float:
    """Between the card's clock and the server's."""
    shown = page.inner_text("#code-clock").split(":")
    now = SystemClock().now().astimezone(SHANGHAI)
    off = sum(int(n) * unit for n, unit in zip(shown, (3600, 60, 1), strict=True)) - (
        now.hour * 3600 + now.minute * 60 + now.second
    )
    return min(abs(off), 86_400 - abs(off))


@pytest.mark.parametrize(("who", "reachable"), [("yellow", True), ("expired", False)])
def test_after_the_log_out_nothing_is_left(phone, line, who, reachable):
    page = phone(who)
    visit(page)
    if not reachable:
        line.cut()
    with page.expect_event("requestfinished" if reachable else "requestfailed"):
        page.click("form[action='/logout'] button", no_wait_after=True)
    page.wait_for_url("**/" if reachable else "chrome-error://**")
    line.mend()
    page.goto("/offline")
    settled(page, GONE)
    assert page.evaluate(LEFT) == []
    line.cut()
    page.goto("/code")
    assert page.inner_text("h1") == CALLED["plain"]["zh"]
    assert page.locator("[data-last]:visible").count() == 0


def test_another_log_in_on_the_same_phone_never_sees_it(phone, cast, line):
    page = phone("green")
    first = visit(page)
    line.cut()
    other = cast.logins["red"].token
    page.context.add_cookies([{"name": "session", "value": other, "url": line.url}])
    line.mend()
    page.goto("/records")
    settled(page, GONE)
    second = visit(page, "/")
    assert (first["look"], second["look"]) == ("green", "red")
    page.context.clear_cookies(name="session")
    page.goto("/login")
    settled(page, GONE)


def test_a_switch_of_the_person_changes_every_window(phone, cast, live, line):
    child = live.do(a_child(live, cast.logins["approved"].account))
    page = phone("approved")
    own = visit(page)
    other = page.context.new_page()
    other.goto("/family")
    post(other, "/family/act", {"person": str(child)})
    kept = visit(other, "/")
    assert (own["said"]["name"], kept["said"]["name"]) == ("田*", "禾*")
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector("text=禾*")
    line.cut()
    page.reload()
    assert page.inner_text("[data-part=name]") == "禾*"


async def a_child(live, account):
    """Of the account; its card."""
    born = date(2016, 5, 4)
    made = card("hubei", live.next(), "禾试")
    number = document_of(live.serial, born)
    said = family.Guardian(family.Relation.CHILD, born, "x")
    async with live.world.database.transaction() as tx:
        made = msgspec.structs.replace(made, document_number=number)
        return await family.add_child(live.world.people, tx, account, made, said)


def test_a_day_later_it_is_gone(phone, line):
    page = phone("green")
    visit(page)
    page.evaluate("""async () => {
        const code = await (await caches.match("/code", { cacheName: "code" })).json();
        const old = new Response(JSON.stringify({ ...code, asOf: code.asOf - 86_401_000 }));
        await (await caches.open("code")).put("/code", old);
    }""")
    line.cut()
    page.reload()
    assert page.inner_text("h1") == CALLED["plain"]["zh"]
    assert page.evaluate(LEFT) == []


def test_who_comes_back_to_the_page_sees_a_fresh_code(phone, line):
    page = phone("green")
    page.goto("/code")
    first, before = scanned(page), page.inner_html("#code-picture")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    page.wait_for_function(ANOTHER, arg=before)
    second, before = scanned(page), page.inner_html("#code-picture")
    page.evaluate(LATER, 11_000)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_function(ANOTHER, arg=before)
    assert len({first, second, scanned(page)}) == 3
    page.goto("/elsewhere")
    page.go_back()
    page.wait_for_selector("#code-picture svg")
    assert (said(page), seconds_off(page) <= 3) == ("live", True)


def test_the_desk_is_never_kept(phone, line):
    page = phone("guard")
    page.goto("/desk")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto("/desk/gate")
    page.goto("/desk")
    assert page.evaluate(LEFT) == []


@LANGUAGES
def test_the_pages_can_be_put_on_the_home_screen(phone, line, language):
    page = phone("green", language)
    page.goto("/")
    found = page.context.new_cdp_session(page).send("Page.getAppManifest")
    assert found["errors"] == []
    told = json.loads(found["data"])
    assert (told["lang"], told["display"]) == ({"zh": "zh-CN", "en": "en"}[language], "standalone")
    for icon in told["icons"]:
        answer = page.request.get(icon["src"])
        picture = Image.open(io.BytesIO(answer.body()))
        assert "x".join(map(str, picture.size)) == icon["sizes"]
