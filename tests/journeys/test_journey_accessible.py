"""Every page, in both languages: nothing keeps anybody from using it (WCAG 2.2 AA)."""

from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import pytest
from playwright.sync_api import Page
from tests.lib import logins
from tests.lib.accessible import WIDTHS, barriers, post, untranslated, wide_by
from tests.lib.cast import Cast
from tests.lib.live import in_thread
from tests.lib.logins import worker

from yimatong import places
from yimatong.access import staff
from yimatong.access.permissions import Role
from yimatong.declarations.reading import promise_digest
from yimatong.doors.world import open_world
from yimatong.entrances import screens

pytestmark = pytest.mark.browser
ENTRY = {"direction": "in", "reason": "home"}
JOURNEY = {"kind": "arriving", "contact_case": "yes", "stay_risk_area": "yes", "promise": "x"}

INVITED = {"purpose": "return", "sms_language": "zh"}


def at(path: str):
    return lambda page, _cast: page.goto(path)


def sent(path: str, **fields):
    return lambda page, _cast: post(page, path, fields)


def passed(who: str, temperature: str, path: str = "/desk/gate/pass", **more):
    """What a guard sees after a scan of somebody."""

    def go(page: Page, cast: Cast) -> None:
        fields = {"ticket": cast.ticket(who), "temperature": temperature, **ENTRY, **more}
        post(page, path, fields)

    return go


def together(cast: Cast) -> str:
    """The ticket of a vehicle with one person in it."""
    body = {"ticket": cast.ticket("green"), "felt": "normal", "plate": "琼A12345", **ENTRY}
    passage = cast.ask("guard", "POST", "/api/v1/gate/passages", json=body)
    return str(passage.json()["vehicle"])


def aboard(who: str, path: str, **more):
    """What a guard sees of a vehicle, or of somebody in it."""

    def go(page: Page, cast: Cast) -> None:
        ticket = {"ticket": cast.ticket(who)} if who else {}
        post(page, path, {"vehicle": together(cast), **ticket, **more})

    return go


def left_by_last_shift(page: Page, cast: Cast) -> None:
    place, number = cast.logins["guard"].place, cast.live.next()
    cast.logins["before"] = cast.live.do(
        logins.worker(cast.live.world, Role.GUARD, place, number + 400)
    )
    key = {"Idempotency-Key": str(number)}
    headers = cast.logins["before"].headers | key
    url = cast.live.url + "/api/v1/gate/handovers"
    httpx.post(url, json={"note": "x"}, headers=headers).raise_for_status()
    page.goto("/desk/gate")


def served(path: str, **fields):
    """What a clerk sees of somebody who stands there."""

    def go(page: Page, cast: Cast) -> None:
        card = {**msgspec.to_builtins(logins.card(serial=cast.live.next() + 500))}
        body = {"card": card, "why": "paper", "present": True}
        ticket = cast.ask("clerk", "POST", "/api/v1/desk/persons", json=body).json()["ticket"]
        post(page, path, {"ticket": ticket, **fields})

    return go


def code_asked(page: Page, cast: Cast, door: str = "/login") -> None:
    post(page, door, {"phone": f"1390005{cast.live.next():04}"})


def code_wrong(page: Page, cast: Cast) -> None:
    code_asked(page, cast)
    post(page, "/login/code", {"code": "12"})


def second_factor(page: Page, cast: Cast) -> None:
    phone, _ = cast.live.post(Role.ISSUER)
    post(page, "/desk/login", {"phone": phone})
    post(page, "/desk/login/code", {"code": cast.live.sms(phone)})


def second_factor_wrong(page: Page, cast: Cast) -> None:
    second_factor(page, cast)
    post(page, "/desk/login/second", {"code": "12"})


def api_docs(page: Page, _cast: Cast) -> None:
    page.goto("/api/docs")
    page.locator(".opblock-summary-control").first.click()
    page.wait_for_selector(".opblock-body .response")
    page.wait_for_selector(".json-schema-2020-12-head")


def returned(page: Page, cast: Cast) -> None:
    """A return in its plainest form, so that there is something to look at and to take back."""
    now = cast.live.world.clock.now()
    promise = cast.live.world.library.named("hunan", now).promise.zh
    words = dict.fromkeys(("departure_place", "township", "address"), "x")
    asked = dict.fromkeys(("contact_case", "stay_risk_area", "contact_asymptomatic"), "no")
    form = {
        "once": str(cast.live.next()), "stage": "planned", "planned_day": str(now.date()),
        "origin": "440000", "health_before": "well", "symptoms": "none", "isolation_days": "0",
        "conditions": "none", "division": "430100", "promise": promise_digest(promise),
    }  # fmt: skip
    post(page, "/return", form | words | asked)
    page.wait_for_url("**/return/done")


def big(page: Page, _cast: Cast) -> None:
    page.goto("/healthz")
    page.context.add_cookies([{"name": "print", "value": "big", "url": page.url}])
    page.goto("/")
    page.context.clear_cookies(name="print")


def poster_of(cast: Cast, place: Any) -> str:
    world = cast.live.world

    async def made() -> str:
        async with world.database.transaction() as tx:
            return await places.poster_of(tx, world.clock, world.randomness, place)

    return cast.live.do(made())


def at_poster(page: Page, cast: Cast) -> None:
    page.goto(f"/at/{poster_of(cast, cast.live.gate('430100'))}")


def at_desk(who: str, **fields):
    """Somebody green before a desk's worker, with its form; `fields` handed in."""

    def go(page: Page, cast: Cast) -> None:
        code = cast.ask("green", "GET", "/api/v1/code").json()["text"]
        opened = cast.ask(who, "POST", "/api/v1/desk/openings", json={"code": code})
        path = "/desk/record/save" if fields else "/desk/record"
        post(page, path, {"ticket": opened.json()["ticket"], **fields})

    return go


SOLD = {"form": "record", "temperature": "36.5", "residence": "x", "risk_area": "no",
        "fever_contact": "no", "medicines.0.name": "lhqw", "medicines.0.quantity": "2"}  # fmt: skip


def without_network(page: Page, _cast: Cast) -> None:
    """The camera saw a code, and the server cannot be reached."""
    page.goto("/desk/record")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.evaluate(
        """() => document.getElementById("scan").dispatchEvent(
            new CustomEvent("scanned", { detail: "x", cancelable: true }))"""
    )
    page.wait_for_selector("form[action='/desk/record/late']")
    page.context.set_offline(False)


def sent_late(page: Page, cast: Cast) -> None:
    code = cast.ask("green", "GET", "/api/v1/code").json()["text"]
    late = {"code": code, "seconds": "0", "once": str(uuid4()), "form": "record"}
    post(page, "/desk/record/late", {**late, "temperature": "98.6"})


def names_found(page: Page, cast: Cast) -> None:
    """The list that opens below a medicine's field."""
    at_desk("worker")(page, cast)
    page.wait_for_load_state()
    page.focus("[name='medicines.0.name']")
    page.keyboard.type("gan")
    page.wait_for_selector(".listed:not([hidden]) [role=option]")
    page.keyboard.press("ArrowDown")


def bought_for_one(page: Page, cast: Cast) -> None:
    """Of whom something was bought for, that waits for an answer."""
    account = cast.logins["yellow"].account

    async def phone() -> str:
        async with cast.live.world.database.transaction() as tx:
            return await cast.live.world.people.phone_of(tx, account)

    code = cast.ask("green", "GET", "/api/v1/code").json()["text"]
    opened = cast.ask("worker", "POST", "/api/v1/desk/openings", json={"code": code}).json()
    sale = {"temperature": "36.5", "residence": "x", "risk_area": False, "fever_contact": False,
            "medicines": [{"name": "blf", "quantity": 1}, {"name": "<b>x</b>", "quantity": 99}],
            "patient": cast.live.do(phone())}  # fmt: skip
    body = {"ticket": opened["ticket"], "form": "record", "values": sale}
    cast.ask("worker", "POST", "/api/v1/desk/entries", json=body).raise_for_status()
    page.goto("/purchases")


def visited(page: Page, cast: Cast) -> None:
    post(page, "/visit", {"poster": poster_of(cast, cast.live.gate("430100"))})


def screen_scanned(page: Page, cast: Cast) -> None:
    people = cast.live.world.people
    page.goto(f"/screen/{screens.picture_text(people, screens.new(people, 'Firefox · Windows'))}")


def waits(page: Page, _cast: Cast) -> None:
    """Somebody's registration; once it waits it is shown again."""
    words = dict.fromkeys(("township", "address", "name"), "试验")
    place = {"scene": "gate", "type": "road", "area": "460100", "division": "460105"}
    post(page, "/desks/new", {**place, **words, "worker": "卫试岗"})
    assert page.locator("form[action='/desks/new/withdraw']").count() == 1


def managed(page: Page, cast: Cast) -> None:
    """With a join code, somebody who asks to join, and a colleague."""
    guard = cast.logins["guard"]

    async def manage() -> None:
        async with cast.live.world.database.transaction() as tx:
            await staff.set_manager(tx, guard.staff, manager=True)

    cast.live.do(manage())
    code = cast.ask("guard", "POST", "/api/v1/desk/team/code").json()["code"]
    cast.ask("new", "POST", "/api/v1/places/joining", json={"code": code, "worker": "卫试新"})
    cast.live.do(worker(cast.live.world, Role.GUARD, guard.place, cast.live.next()))
    page.goto("/desk/team")
    assert page.locator("button.danger").count() >= 1


PAGES = {
    "start": ("", at("/")),
    "log in": ("", at("/login")),
    "log in, wrong": ("", sent("/login", phone="1")),
    "code of the log-in": ("", code_asked),
    "code of the log-in, wrong": ("", code_wrong),
    "desk log in": ("", at("/desk/login")),
    "second factor": ("", second_factor),
    "second factor, wrong": ("", second_factor_wrong),
    "no such page": ("", at("/nowhere")),
    "no connection": ("", at("/offline")),
    "api docs": ("", api_docs),
    "card, empty": ("new", at("/card")),
    "card, wrong": ("new", sent("/card", name="", document_number="1")),
    "card": ("green", at("/card")),
    "home": ("green", at("/")),
    "home where reviewed": ("pending", at("/")),
    "not allowed": ("green", at("/desk/gate")),
    "declare": ("green", at("/declare")),
    "declare, wrong": ("green", sent("/declare", **JOURNEY)),
    "check in": ("green", at("/checkin")),
    "check in, wrong": ("green", sent("/checkin", lately=["fever_lately", "stay_risk_area"])),
    "notices": ("yellow", at("/notices")),
    "notices, none": ("undeclared", at("/notices")),
    "SMS settings": ("green", at("/notices/settings?done=1")),
    "return": ("green", at("/return")),
    "return, wrong": ("green", sent("/return", stage="planned", stay_risk_area="yes")),
    "return, done": ("green", returned),
    "return to work": ("yellow", at("/work")),
    "return to work, wrong": ("yellow", sent("/work", employer="", origin="440000")),
    "may work": ("green", at("/work/answer")),
    "may not work": ("red", at("/work/answer")),
    "saved for later": ("yellow", sent("/work", employer="x", later="yes")),
    "log in, kept": ("", at("/login?kept=1")),
    "records": ("green", at("/records")),
    "what is known": ("red", at("/mine")),
    "delete the account": ("green", at("/mine/delete")),
    "delete the account, wrong": ("green", sent("/mine/delete", promise="")),
    "delete the account, code wrong": ("green", sent("/mine/delete/code", ticket="x", code="1")),
    "code, green": ("green", at("/code")),
    "code, yellow": ("yellow", at("/code")),
    "code, red": ("red", at("/code")),
    "code, undeclared": ("undeclared", at("/code")),
    "code, pending": ("pending", at("/code")),
    "code, refused": ("refused", at("/code")),
    "code, expired": ("expired", at("/code")),
    "code, approved": ("approved", at("/code")),
    "short code": ("green", sent("/code/short")),
    "permit, waiting": ("pending", at("/permit")),
    "permit, answered": ("refused", at("/permit")),
    "family": ("green", at("/family")),
    "a child": ("green", at("/family/child")),
    "a child, wrong": ("green", sent("/family/child", relation="child", born="x")),
    "consent": ("green", at("/family/agree")),
    "consent, asked": ("green", sent("/family/agree", phone="13900059999", relation="parent")),
    "consent, wrong": ("green", sent("/family/agree/code", ticket="x", code="1")),
    "join": ("green", at("/card/join")),
    "join, wrong": ("green", sent("/card/join", phone="1")),
    "big print": ("red", big),
    "desks": ("yellow", at("/desks/new")),
    "desks, area": ("yellow", at("/desks/new?scene=pharmacy")),
    "desks, county": ("yellow", at("/desks/new?scene=gate&area=460100")),
    "desks, place": ("yellow", at("/desks/new?scene=gate&area=460100&division=460105")),
    "desks, wrong": ("yellow", sent("/desks/new", scene="gate", area="460100", division="460105")),
    "desks, waits": ("refused", waits),
    "join a desk": ("yellow", at("/desks/join")),
    "join a desk, wrong": ("yellow", sent("/desks/join", code="x", worker="卫试岗")),
    "places": ("administrator", at("/desk/places")),
    "places, open": ("administrator", at("/desk/places?state=open")),
    "places, wrong": ("administrator", sent("/desk/places", do="approve", place="x")),
    "team": ("guard", at("/desk/team")),
    "team, managed": ("guard", managed),
    "team, wrong": ("guard", sent("/desk/team/close")),
    "desk log in, ended": ("", at("/desk/login?ended=1")),
    "desk": ("worker", at("/desk/record")),
    "desk, wrong": ("worker", sent("/desk/record", short="AAAA-AAAA")),
    "desk, form": ("worker", at_desk("worker")),
    "desk, corrected": ("worker", at_desk("worker", form="record", temperature="98.6")),
    "desk, without a network": ("worker", without_network),
    "desk, sent late and wrong": ("worker", sent_late),
    "desk, day": ("worker", at("/desk/record/day")),
    "sale, names": ("worker", names_found),
    "sale, row wrong": ("worker", at_desk("worker", **SOLD, **{"medicines.1.name": "x"})),
    "sale, recorded": ("worker", at_desk("worker", **SOLD, patient="13900059998")),
    "bought for one": ("yellow", bought_for_one),
    "bought for one, nothing": ("red", at("/purchases")),
    "bought for one, wrong": ("red", sent("/purchases", question="x", person="nobody")),
    "ward, form": ("ward", at_desk("ward")),
    "ward": ("ward", at("/desk/record/courses")),
    "scan a poster": ("green", at("/scan")),
    "visit": ("green", visited),
    "venues": ("green", at("/venues")),
    "venue, new": ("green", at("/venues/new?type=bus&area=430100")),
    "venue, wrong": ("green", sent("/venues/new", type="bus", area="430100", name="")),
    "venues in use": ("administrator", at("/desk/venues")),
    "purchases": ("green", at("/purchases")),
    "scanner": ("guard", at("/desk/gate")),
    "scanner, wrong": ("guard", sent("/desk/gate", short="AAAA-AAAA")),
    "entry, green": ("guard", passed("green", "", "/desk/gate")),
    "entry, yellow": ("guard", passed("yellow", "", "/desk/gate")),
    "entry, red": ("guard", passed("red", "", "/desk/gate")),
    "entry, undeclared": ("guard", passed("undeclared", "", "/desk/gate")),
    "entry, wrong": ("guard", passed("green", "390", plate="?")),
    "passed": ("guard", passed("green", "36.5")),
    "fever": ("guard", passed("green", "38.5")),
    "stopped": ("guard", passed("red", "36.5")),
    "passages": ("guard", passed("green", "", "/desk/gate/passages")),
    "reported": ("guard", passed("green", "", "/desk/gate/report", concern="track")),
    "vehicle, first": ("guard", passed("green", "36.5", plate="琼A12345")),
    "vehicle": ("guard", aboard("", "/desk/gate/vehicle")),
    "vehicle, next person": ("guard", aboard("red", "/desk/gate")),
    "vehicle, stopped": ("guard", aboard("red", "/desk/gate/pass", felt="normal")),
    "vehicle, wrong": ("guard", aboard("yellow", "/desk/gate/pass", temperature="390")),
    "vehicle, done": ("guard", aboard("", "/desk/gate/vehicle/done")),
    "vehicle, of nobody": ("guard", sent("/desk/gate/vehicle", vehicle="x")),
    "day of a gate": ("guard", at("/desk/gate/day")),
    "day of a gate, wrong": ("guard", at("/desk/gate/day?day=2020-01-01")),
    "reports of a gate": ("guard", at("/desk/gate/reports")),
    "hand-over": ("guard", at("/desk/gate/handover")),
    "hand-over, done": ("guard", sent("/desk/gate/handover", once="a")),
    "hand-over, wrong": ("guard", sent("/desk/gate/handover", once="b", note="x" * 501)),
    "left by the last shift": ("guard", left_by_last_shift),
    "paper": ("green", at("/code/paper")),
    "paper, printed": ("green", sent("/code/paper", once="a")),
    "family by paper": ("green", at("/family/paper")),
    "family by paper, wrong": ("green", sent("/family/paper", number="1", relation="parent")),
    "from paper to a phone": ("new", at("/card/paper")),
    "from paper to a phone, wrong": ("new", sent("/card/paper", number="1")),
    "clerk": ("clerk", at("/desk/clerk")),
    "clerk, wrong": ("clerk", sent("/desk/clerk", name="")),
    "clerk, who stands there": ("clerk", served("/desk/clerk/person")),
    "clerk, sheet": ("clerk", served("/desk/clerk/declare")),
    "clerk, sheet wrong": ("clerk", served("/desk/clerk/declare", once="b", **JOURNEY)),
    "clerk, card": ("clerk", served("/desk/clerk/card", once="c")),
    "issuer": ("issuer", at("/desk/permits?region=hubei&done=1")),
    "issuer, nobody": ("issuer", at("/desk/permits?region=shandong")),
    "issuer, wrong": ("issuer", sent("/desk/permits", region="hubei", word="x")),
    "registrar": ("registrar", at("/desk")),
    "checker": ("registry_checker", at("/desk")),
    "administrator": ("administrator", at("/desk")),
    "invitations": ("administrator", at("/desk/invitations")),
    "invitations, wrong": ("administrator", sent("/desk/invitations", numbers="1")),
    "invitations, sent": ("administrator", sent("/desk/invitations", numbers="1", **INVITED)),
    "poster": ("green", at_poster),
    "poster, closed or unknown": ("", at("/at/AAAA-AAAA")),
    "poster, staff": ("guard", at_poster),
    "entry": ("", at("/entry")),
    "screen": ("", at("/login/screen")),
    "screen, over": ("green", at("/screen/x")),
    "screen, phone": ("green", screen_scanned),
    "log-ins": ("green", at("/logins")),
    "log in, sent there": ("", at("/code")),
}  # fmt: skip


@pytest.fixture(scope="module")
def cast(live) -> Cast:
    return Cast(live)


@pytest.fixture(scope="module")
def pages(cast, browser):
    """One page for each who looks at pages in a language: the next test goes on with it."""
    return cache(lambda who, language: cast.page(browser, who, language))


@pytest.fixture(scope="module")
def demo(live) -> Iterator[str]:
    config = live.world.config.model_copy(update={"demo": True})
    with in_thread(open_world(config, live.database_url, live.world.keys)) as (_, url, _loop):
        yield url


@pytest.mark.requirement("YN-06")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_nobody_is_kept_from_using_a_page(cast, pages, name, language):
    who, go = PAGES[name]
    page = pages(who, language)
    go(page, cast)
    found = found_on(page, language)
    page.goto("about:blank")  # else every code page left open goes on moving until the end
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nobody_is_kept_from_using_the_demo(demo, pages, language):
    page = pages("", language)
    page.goto(f"{demo}/demo")
    found = found_on(page, language)
    assert not found, "\n".join(found)


def found_on(page: Page, language: str) -> list[str]:
    """What is wrong with a page, on a phone, at a desk and with text twice as large."""
    found = [f"{size} px wider: {width}" for width in WIDTHS if (size := wide_by(page, width))]
    found += barriers(page) if language == "zh" else []  # at a desk, once: English differs in words
    if size := wide_by(page, "phone", 200):
        found.append(f"{size} px wider with large text")
    found += barriers(page)  # on a phone
    heads = page.locator("h1").count()
    found += [f"{heads} headings"] if heads != 1 else []
    spoken = page.locator("html").get_attribute("lang")
    wanted = {"zh": "zh-CN", "en": "en"}[language]
    found += [f"lang {spoken}"] if spoken != wanted else []
    found += untranslated(page) if language == "en" else []
    return found if page.title().strip(" ·") else [*found, "no title"]
