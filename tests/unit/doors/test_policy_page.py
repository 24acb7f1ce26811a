"""A policy told in words: everything an official asks about, in both languages."""

import pytest

from yimatong.doors.commands.policy_page import PolicyPage
from yimatong.doors.packs import cases, library
from yimatong.kernel.words import LANGUAGES
from yimatong.policy.cases import load_cases

POLICIES = {policy.name: policy for policy in library().policies()}
PARTS = {
    "shandong@2020-02-22": "`review.requested` → 待审核; 签发后 5 × 24 小时之内再次申请",
    "hubei@2020-03-16": "- 止: 以下最晚者：结束之时、发生满 14 × 24 小时",
    "hainan@2020-02-18": "- 止: 最后一天之后连续 14 个正常打卡日",
    "yunnan@2020-04-01": "- 施行: 2020-04-01 20:00 – …",
    "hunan@2020-03-08": "| 医疗机构 | 通行 | 通行 | 通行 | 通行 |",
}


@pytest.mark.requirement("YM-04")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", POLICIES)
def test_a_page_has_every_rule_with_its_law_its_reason_and_what_to_do(name, language):
    policy = POLICIES[name]
    text = PolicyPage(policy, language).text()
    for rule, said in policy.said_by_rule.items():
        told = text.split(f"### `{rule}` → ", 1)[1].split("###", 1)[0]
        assert said.sentence in told
        assert said.reason.said_in(language) in told
        assert said.to_do.said_in(language) in told


@pytest.mark.requirement("YM-04")
@pytest.mark.parametrize("name", POLICIES)
def test_the_cases_stand_below_it_one_in_a_row(name):
    beside = load_cases(cases()[name], name)
    table = PolicyPage(POLICIES[name], "en").text(beside).split("## Cases", 1)[1]
    rows = [line for line in table.splitlines() if line.startswith("| ")][2:]
    assert [row.split(" | ")[0] for row in rows] == [f"| {case.says.en}" for case in beside]


@pytest.mark.parametrize(("name", "part"), PARTS.items(), ids=PARTS)
def test_spans_edges_reviews_and_places_are_said_exactly(name, part):
    assert part in PolicyPage(POLICIES[name], "zh").text()
