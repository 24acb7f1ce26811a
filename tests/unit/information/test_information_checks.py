"""What may be published, and what is told at which field."""

from datetime import date

import pytest

from yimatong.information import Draft, Kind
from yimatong.information.checks import LONGEST, checked
from yimatong.kernel.errors import BadInput
from yimatong.people.documents import check_character

TODAY = date(2026, 3, 2)
ID_NUMBER = "43010019900102001" + check_character("43010019900102001")
CLINIC = {"kind": Kind.FEVER_CLINIC, "region": "hunan", "address": "试验路 1 号"}
MISTAKES = [
    ({"title": " "}, {"title": "missing"}),
    ({"text": "\n"}, {"text": "missing"}),
    ({"title": "长" * (LONGEST["title"] + 1)}, {"title": "too_long"}),
    ({"title": "两\n行"}, {"title": "unseen"}),
    ({"text": "看\u202e不见"}, {"text": "unseen"}),
    ({"text": "零\x00"}, {"text": "unseen"}),
    ({"text": "请打 13912345678"}, {"text": "personal"}),
    ({"text": "请打+86 139-1234-5678。"}, {"text": "personal"}),
    ({"text": f"病人 {ID_NUMBER} 住院"}, {"text": "personal"}),
    ({"phone": "13912345678"}, {"phone": "personal"}),
    ({"phone": "call us"}, {"phone": "phone"}),
    ({"title_en": "Only a title"}, {"text_en": "half_english"}),
    ({"text_en": "Only a text"}, {"title_en": "half_english"}),
    ({"kind": Kind.HOTLINE}, {"phone": "needs_phone"}),
    (CLINIC | {"address": None}, {"address": "needs_address"}),
    (CLINIC | {"region": None}, {"region": "needs_region"}),
    ({"kind": Kind.RISK_AREA}, {"region": "needs_region"}),
    ({"region": "atlantis"}, {"region": "region"}),
    ({"division": "999999"}, {"division": "division"}),
    ({"region": "hunan", "division": "420100"}, {"division": "other_region"}),
    ({"valid_until": date(2026, 3, 1)}, {"valid_until": "over_already"}),
    ({"valid_from": date(2026, 3, 9), "valid_until": date(2026, 3, 8)},
     {"valid_until": "over_already"}),
    ({"title": "", "phone": "x"}, {"title": "missing", "phone": "phone"}),
]  # fmt: skip


def draft(**fields):
    return Draft(
        **{"kind": Kind.NOTICE, "title": "通知", "text": "内容", "valid_from": TODAY} | fields
    )


@pytest.mark.parametrize(("fields", "wrong"), MISTAKES)
def test_every_mistake_is_told_at_its_field(fields, wrong):
    with pytest.raises(BadInput) as refused:
        checked(draft(**fields), TODAY)
    told = {problem.where.field: problem.code for problem in refused.value.problems}
    assert told == {field: f"information.wrong.{how}" for field, how in wrong.items()}


def test_texts_are_tidied_and_empty_ones_are_none():
    ready = checked(draft(title=" 通知 ", text="一 \r\n二\n\n\n\n三\n", address=" "), TODAY)
    assert (ready.title, ready.text, ready.address) == ("通知", "一\n二\n\n三", None)


@pytest.mark.parametrize("phone", ["12320", "0000-12345678", "400 123 4567", "+86 10 12345678"])
def test_phones_of_public_services(phone):
    assert checked(draft(kind=Kind.HOTLINE, phone=phone), TODAY).phone == phone


@pytest.mark.parametrize("text", ["文号 20200130123456789", "共 139 人", "430100199001020011"])
def test_other_figures_are_nobodys(text):
    assert checked(draft(text=text), TODAY).text == text
