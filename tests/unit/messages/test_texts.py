"""Every SMS is short, signed, and says nothing of an illness."""

from datetime import datetime
from string import Formatter

import pytest

from yimatong.doors.rooms import catalogue
from yimatong.kernel.clock import SHANGHAI
from yimatong.messages.model import TEXTS, Rank, awake
from yimatong.policy.facts import SOURCES

LONGEST_PART = 70
"""Characters of one SMS in UCS-2 (3GPP TS 23.040)."""
HOME = "https://ymt.example.cn"
PAGES = {"invite_return": "/return", "declare": "/declare", "invite_declare": "/declare"}
TOLD = [key for key, rank in TEXTS.items() if rank is not Rank.CODE]
FILLED = {"before": "未获签发", "after": "已失效", "time": "03-05 09:00"}


KEYS = sorted(catalogue().keys())


def reasons(language):
    keys = [key for key in KEYS if key.startswith("notices.reason.")]
    return [catalogue().say(key, language) for key in keys]


def test_every_text_has_its_rank():
    assert {key for key in KEYS if key.startswith("messages.text.")} == set(TEXTS)


@pytest.mark.parametrize("key", TOLD)
def test_what_tells_of_a_notice_is_one_part_and_signed(key):
    longest = max(reasons("zh"), key=len)
    link = HOME + PAGES.get(key.rsplit(".", 1)[1], "/code")
    filled = {**FILLED, "link": link}
    said = catalogue().say(key, "zh", **filled, reason=longest)
    assert said.startswith("【一码通】")
    assert len(said) <= LONGEST_PART, said
    assert catalogue().say(key, "en", **filled, reason="x").startswith("[Yimatong] ")


@pytest.mark.parametrize("key", TEXTS)
def test_the_link_comes_last_so_that_a_template_can_hold_it(key):
    words = catalogue()._words[key]
    for text in (words.zh, words.en):
        names = [name for _, name, _, _ in Formatter().parse(text) if name]
        assert "link" not in names or (names[-1], text[-6:]) == ("link", "{link}")


def test_every_source_has_a_reason_to_be_told_of_and_none_names_an_illness():
    known = {key.rsplit(".", 1)[1] for key in KEYS if "notices.reason" in key}
    assert set(SOURCES) <= known
    for said in reasons("zh"):
        assert not any(word in said for word in ("病例", "确诊", "密切接触", "发热", "隔离"))


@pytest.mark.parametrize(
    ("asked", "told"),
    [((2, 6, 59), (2, 7, 0)), ((2, 7, 0), (2, 7, 0)), ((2, 21, 59), (2, 21, 59)),
     ((2, 22, 0), (3, 7, 0)), ((2, 0, 0), (2, 7, 0))],
)  # fmt: skip
def test_the_night_is_from_ten_to_seven(asked, told):
    (day, hour, minute), (then, at, past) = asked, told
    moment = datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)
    assert awake(moment) == datetime(2026, 3, then, at, past, tzinfo=SHANGHAI)
