"""One person, one code: what every province says of the same facts (HB-07)."""

import html
import re

import pytest
from tests.lib.logins import resident
from tests.lib.told import told

RETURNED = [("declaration", "self", 0), ("arrival.province", "self", 3)]
LOOKS = {
    "hunan": "Green",
    "shandong": "Not declared",
    "hubei": "In review",
    "hainan": "Yellow",
    "yunnan": "Green",
}


@pytest.fixture
async def traveller(world):
    """A resident of Yunnan who came back from another province three days ago."""
    login = await resident(world, region="yunnan")
    await told(world, login.person, RETURNED)
    return login


async def page(client, login, language="en"):
    headers = {**login.headers, "accept-language": language}
    answer = await client.get("/elsewhere", headers=headers)
    assert answer.status_code == 200
    return html.unescape(answer.text)


@pytest.mark.requirement("HB-07", "YN-09")
async def test_each_province_reads_the_same_facts_by_its_own_policy(client, traveller):
    text = await page(client, traveller)
    parts = re.findall(r'<section class="card reading" id="(\w+)".*?</section>', text, re.DOTALL)
    assert parts[0] == "yunnan"
    assert set(parts) == set(LOOKS)
    for region, look in LOOKS.items():
        part = text.split(f'id="{region}" ')[1].split("</section>")[0]
        assert f"<b>{look}</b>" in part
        assert ("Province of residence" in part) == (region == "yunnan")
    assert "The facts are the same; each province reads them by its own policy" in text


@pytest.mark.requirement("HB-07", "YM-02")
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_reading_says_why_until_when_and_links_to_the_rule(
    world, client, traveller, language
):
    text = await page(client, traveller, language)
    part = text.split('id="hainan" ')[1].split("</section>")[0]
    policy = world.library.named("hainan", world.clock.now())
    said = policy.said_by_rule["attention"]
    assert f'href="/policies/{policy.name}#attention">{said.reason.said_in(language)}</a>' in part
    assert said.to_do.said_in(language) in part
    assert world.catalogue.say("codes.elsewhere.answer.refuse", language) in part


async def test_the_code_links_each_reason_to_its_rule(client, world):
    login = await resident(world, region="hainan")
    await told(world, login.person, RETURNED)
    text = (await client.get("/code", headers=login.headers)).text
    assert '<a href="/policies/hainan@2020-02-18#attention">' in text


@pytest.mark.requirement("HB-07")
async def test_programs_get_the_same(client, traveller):
    answer = await client.get("/api/v1/standings", headers=traveller.headers)
    read = {one["region"]: one for one in answer.json()}
    assert [region for region, one in read.items() if one["own"]] == ["yunnan"]
    assert (read["yunnan"]["colour"], read["yunnan"]["checkpoint"]) == ("green", "admit")
    assert (read["hainan"]["colour"], read["hainan"]["checkpoint"]) == ("yellow", "refuse")
    assert [reason["rule"] for reason in read["hainan"]["reasons"]] == ["attention"]
    assert (read["hubei"]["state"], read["hubei"]["colour"]) == ("pending", None)


async def test_asking_everywhere_derives_once_and_records_no_fact(
    client, database, clock, traveller
):
    await page(client, traveller)
    async with database.transaction() as tx:
        before = await tx.fetch("select region, decided_at from codes_standing order by region")
        assert [row["region"] for row in before] == sorted(LOOKS)
    clock.advance(minutes=1)
    await page(client, traveller)
    async with database.transaction() as tx:
        again = await tx.fetch("select region, decided_at from codes_standing order by region")
        assert before == again
        assert await tx.fetchval("select count(*) from ledger_fact") == len(RETURNED)
