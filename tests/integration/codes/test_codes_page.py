"""The card at /code: every state it can be in, in both languages."""

import html
from datetime import datetime

import pytest
from tests.lib.logins import resident
from tests.lib.told import APPROVED, Told, told

from yimatong.access import sessions
from yimatong.kernel.clock import SHANGHAI, minute
from yimatong.policy.standing import Standing

DECLARED: list[Told] = [("declaration", "self", 0)]
ASKED: list[Told] = [*DECLARED, ("review.requested", "self", 0)]
ILL: list[Told] = [("case.confirmed", "registry", 1)]
CONTACT: list[Told] = [("contact.close", "registry", 1)]
RISK: list[Told] = [("stay.risk_area", "registry", 1)]

STATES = [
    ("hunan", DECLARED, "green"),
    ("hunan", [*DECLARED, *ILL], "red"),
    ("hunan", [], "undeclared"),
    ("hainan", DECLARED, "green"),
    ("hainan", [*DECLARED, *RISK], "yellow"),
    ("hainan", [*DECLARED, *CONTACT], "red"),
    ("hainan", [], "undeclared"),
    ("yunnan", DECLARED, "green"),
    ("yunnan", [*DECLARED, ("quarantine.home", "registry", 1)], "yellow"),
    ("yunnan", [*DECLARED, *ILL], "red"),
    ("yunnan", [("declaration", "self", 15)], "expired"),
    ("yunnan", [], "undeclared"),
    ("shandong", [*DECLARED, ("review.approved", "issuer", 0)], "green"),
    ("shandong", [*APPROVED, *CONTACT], "red"),
    ("shandong", ASKED, "pending"),
    ("shandong", [], "undeclared"),
    ("hubei", APPROVED, "green"),
    ("hubei", [*APPROVED, *CONTACT], "yellow"),
    ("hubei", [*APPROVED, *ILL], "red"),
    ("hubei", ASKED, "pending"),
    ("hubei", [*DECLARED, ("review.refused", "issuer", 0)], "refused"),
    ("hubei", [], "undeclared"),
]
WORDS = {
    "green": ("绿码", "Green", "circle"),
    "yellow": ("黄码", "Yellow", "triangle"),
    "red": ("红码", "Red", "octagon"),
    "undeclared": ("未申报", "Not declared", "dashed frame"),
    "pending": ("待审核", "In review", "dashed frame"),
    "refused": ("未获签发", "Not granted", "dashed frame"),
    "expired": ("已失效", "Lapsed", "dashed frame"),
    "not_in_force": ("未施行", "Not in force", "dashed frame"),
}


@pytest.fixture
def opened(world, client):
    """The page of a new resident with these facts, as text, and who it is."""

    async def at(region, facts, language="zh"):
        login = await resident(world, region=region)
        await told(world, login.person, facts)
        headers = {"authorization": f"Bearer {login.token}", "accept-language": language}
        answer = await client.get("/code", headers=headers)
        assert answer.status_code == 200
        return html.unescape(answer.text), login

    return at


@pytest.mark.requirement("YM-02", "HN-02")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("region", "facts", "look"), STATES)
async def test_the_card_says_colour_and_shape_who_where_and_when(
    world, opened, region, facts, look, language
):
    text, _ = await opened(region, facts, language)
    policy = world.library.named(region, world.clock.now())
    zh, en, shape = WORDS[look]
    assert f'class="code code-{look}"' in text
    assert f'data-part="word">{zh if language == "zh" else en}<' in text
    if language == "en":
        assert f">{shape}</span>" in text
    for said in (policy.title.said_in(language), policy.notice.title, policy.name):
        assert said in text
    assert f'id="code-as-of">{minute(world.clock.now())}<' in text
    assert 'data-text="YM1:' in text


@pytest.mark.requirement("YM-02")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("region", "facts"),
    [(region, facts) for region, facts, look in STATES if look in {"yellow", "red"}],
)
async def test_every_colour_explains_itself(world, opened, region, facts, language):
    text, login = await opened(region, facts, language)
    policy = world.library.named(region, world.clock.now())
    async with world.database.transaction() as tx:
        standing: Standing = (await world.standings.of(tx, login.person, region)).standing
    assert standing.reasons
    for reason in standing.reasons:
        said = policy.said_by_rule[reason.rule]
        assert said.reason.said_in(language) in text
        assert text.count(said.to_do.said_in(language)) >= 2
        assert said.sentence in text
        assert minute(reason.since) in text
        assert reason.until is None or minute(reason.until) in text
    kind, source, _ = facts[-1]
    for key in (f"policy.kind.{kind}", f"policy.source.{source}"):
        assert world.catalogue.say(key, language) in text


@pytest.mark.parametrize(("region", "facts", "look"), STATES)
async def test_without_a_colour_the_card_says_what_to_do(world, opened, region, facts, look):
    text, _ = await opened(region, facts)
    policy = world.library.named(region, world.clock.now())
    if look not in {"green", "yellow", "red"}:
        assert policy.states[look].zh in text
    assert ('class="button wide" href="/declare"' in text) == (look in {"undeclared", "expired"})


@pytest.mark.requirement("SD-04")
async def test_an_application_is_shown_in_black_and_white_until_it_is_answered(world, opened):
    text, _ = await opened("shandong", ASKED)
    assert 'class="code code-pending"' in text
    assert "黑白码" in text
    assert not {"code-green", "code-yellow", "code-red"} & set(text.split('"'))


async def test_before_an_edition_is_in_force_nobody_has_to_do_anything(opened, clock):
    clock.set(datetime(2020, 3, 1, 9, tzinfo=SHANGHAI))
    text, _ = await opened("hubei", APPROVED, "en")
    assert 'data-part="word">Not in force<' in text
    assert "nothing for you to do" in text


async def test_the_picture_for_browsers_without_scripts_is_in_the_page(opened):
    text, _ = await opened("hainan", DECLARED)
    assert '<noscript><div class="code-picture"><img src="data:image/svg+xml' in text


async def test_somebody_without_a_card_is_sent_to_register_it(world, client):
    async with world.database.transaction() as tx:
        account = await world.people.account_for(tx, "+8613900005555")
        token = await sessions.start(tx, world.clock, world.randomness, account)
    headers = {"authorization": f"Bearer {token}"}
    answer = await client.get("/code", headers=headers)
    assert (answer.status_code, answer.headers["location"]) == (303, "/card")
    assert (await client.get("/api/v1/code", headers=headers)).status_code == 409


@pytest.mark.requirement("YM-09")
async def test_the_page_holds_no_document_number_and_no_full_name(world, opened):
    text, login = await opened("hainan", DECLARED)
    async with world.database.transaction() as tx:
        card = await world.people.card_of(tx, login.person)
    assert card.name not in text
    assert card.document_number not in text
    assert str(login.person) not in text
