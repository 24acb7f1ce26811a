"""A policy told in words: everything an official asks about, in both languages."""

import pytest

from yimatong.doors.packs import cases, library
from yimatong.doors.policies.markdown import markdown
from yimatong.doors.rooms import catalogue
from yimatong.kernel.words import LANGUAGES
from yimatong.policy.cases import load_cases

POLICIES = {policy.name: policy for policy in library().policies()}
PARTS = {
    "shandong@2020-02-22": "- 提出申请 → 待审核（获准后 5 天内再次申请，原来的签发继续有效）",
    "hubei@2020-03-16": "到其中较晚的一个为止：结束之时 · 发生后满 14 天。",
    "hainan@2020-02-18": "连续 14 天打卡正常就结束",
    "yunnan@2020-04-01": "- 施行: 2020-04-01 20:00 – …",
    "hunan@2020-03-08": "| 医疗机构 | 通行 | 通行 | 通行 | 通行 |",
}


@pytest.mark.requirement("YM-04")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", POLICIES)
def test_a_page_has_every_rule_with_its_law_its_reason_and_what_to_do(name, language):
    policy = POLICIES[name]
    text = markdown(policy, catalogue(), language)
    for rule, said in policy.said_by_rule.items():
        told = text.split(f"### `{rule}` → ", 1)[1].split("###", 1)[0]
        assert said.sentence in told
        assert said.reason.said_in(language) in told
        assert said.to_do.said_in(language) in told


@pytest.mark.requirement("YM-04")
@pytest.mark.parametrize("name", POLICIES)
def test_the_cases_stand_below_it_one_in_a_row(name):
    beside = load_cases(cases()[name], name)
    table = markdown(POLICIES[name], catalogue(), "en", beside).split("## Cases", 1)[1]
    rows = [line for line in table.splitlines() if line.startswith("| ")][2:]
    assert [row.split(" | ")[0] for row in rows] == [f"| {case.says.en}" for case in beside]


@pytest.mark.parametrize(("name", "part"), PARTS.items(), ids=PARTS)
def test_spans_edges_reviews_and_places_are_said_exactly(name, part):
    assert part in markdown(POLICIES[name], catalogue(), "zh")
