"""Policies in plain words: every edition, in both languages, from its file alone."""

import html
import re

import pytest

from yimatong.doors.packs import library

EDITIONS = list(library().names())


async def read(client, path, language="zh", **headers):
    answer = await client.get(path, headers={"accept-language": language, **headers})
    assert answer.status_code == 200
    return html.unescape(answer.text)


@pytest.mark.requirement("YM-04", "YM-02")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", EDITIONS)
async def test_every_rule_stands_on_its_page_with_its_sentence(
    client, library, clock, name, language
):
    text = await read(client, f"/policies/{name}", language)
    policy = library.named(name, clock.now())
    assert policy.said_by_rule
    for rule, said in policy.said_by_rule.items():
        part = text.split(f' id="{rule}" ')[1].split("</section>")[0]
        for words in (said.sentence, said.reason.said_in(language), said.to_do.said_in(language)):
            assert words in part


@pytest.mark.requirement("YM-04")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", EDITIONS)
async def test_a_page_says_what_else_the_file_says(client, library, clock, name, language):
    text = await read(client, f"/policies/{name}", language)
    policy = library.named(name, clock.now())
    words = [policy.title, policy.promise, policy.checkin.duty, *policy.states.values()]
    said = [one.said_in(language) for one in words]
    said += [policy.notice.number, policy.admission.sentence, policy.recognition.sentence]
    assert [one for one in said if one not in text] == []


@pytest.mark.parametrize("name", EDITIONS)
async def test_an_english_page_says_nothing_in_chinese_but_what_is_marked_so(client, name):
    text = await read(client, f"/policies/{name}", "en")
    unmarked = re.sub(r'<(\w+)[^>]* lang="zh-CN">.*?</\1>', "", text)
    assert re.findall(r"[一-鿿]+", unmarked) == ["码"]  # the product's mark


async def test_each_link_of_the_contents_has_its_place(client):
    text = await read(client, "/policies/shandong@2020-02-22")
    for anchor in re.findall(r'href="#([^"]+)"', text):
        assert text.count(f'id="{anchor}"') == 1, anchor


async def test_the_table_answers_in_words(client):
    text = await read(client, "/policies/hubei@2020-03-16", "en")
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", text, re.DOTALL)
    said = [re.sub(r"<[^>]*>|\s+", " ", row).split() for row in rows]
    assert ["Green", "Pass", "Stop", "Wait"] in said
    assert ["Red", "Stop", "at", "any", "temperature"] in said


async def test_a_region_leads_to_its_edition_and_an_unknown_name_to_the_list(client):
    assert "hainan@2020-02-18" in await read(client, "/policies/hainan")
    unknown = await client.get("/policies/atlantis")
    assert unknown.status_code == 404
    assert "/policies" in unknown.text


async def test_the_list_has_every_edition_and_says_whether_it_is_in_force(client, clock, library):
    text = await read(client, "/policies", "en")
    assert text.count("· since") == text.count("In force ·") == len(EDITIONS)
    clock.set(library.named("hubei", clock.now()).in_force_from.replace(year=2019))
    assert (await read(client, "/policies", "en")).count("Not yet in force") == len(EDITIONS)


async def test_programs_get_the_same(client):
    listed = (await client.get("/api/v1/policies")).json()
    assert [one["name"] for one in listed] == EDITIONS
    answer = await client.get("/api/v1/policies/hainan", headers={"accept-language": "en"})
    told = answer.json()
    assert [clause["id"] for clause in told["clauses"]] == ["isolated", "fever-case", "attention"]
    assert told["recognition"] == [
        {"region": "", "read_as": {"green": "no_code", "yellow": "yellow", "red": "red"}}
    ]
    assert (await client.get("/api/v1/policies/atlantis")).json()["status"] == 404


@pytest.mark.parametrize("path", ["/policies", "/policies/hubei", "/api/v1/policies/hubei"])
async def test_who_has_it_already_gets_no_second_copy(client, path):
    first = await client.get(path)
    assert first.headers["cache-control"] == "public, max-age=60"
    again = await client.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = {"if-none-match": first.headers["etag"], "accept-language": "en"}
    assert (await client.get(path, headers=other)).status_code == 200
