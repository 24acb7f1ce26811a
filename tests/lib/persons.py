"""Made-up people. Numbers have a right check character and belong to nobody on purpose."""

from yimatong.people.documents import DocumentKind, check_character
from yimatong.people.model import Card

PHONE = "13900001234"


def id_number(place: str = "110101", born: str = "19900307", order: str = "002") -> str:
    """An eighteen-character number; an even order is a woman's."""
    first = place + born + order
    return first + check_character(first)


def a_card(
    name: str = "测试甲", number: str | None = None, region: str = "hainan", **other
) -> Card:
    return Card(name, DocumentKind.RESIDENT_ID, number or id_number(), "01", region, **other)
