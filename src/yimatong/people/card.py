"""Checking a whole card, so that every mistake is said at once."""

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import msgspec

from yimatong.kernel.errors import BadInput, Problem, Where
from yimatong.people.documents import Document, Sex, check_document
from yimatong.people.ethnic_groups import check_ethnic_group
from yimatong.people.model import Card
from yimatong.people.names import check_name

Value = TypeVar("Value")


class Checked(msgspec.Struct, frozen=True):
    """A card in which everything is in order."""

    name: str
    document: Document
    ethnic_group: str
    region: str
    sex: Sex


def check_card(card: Card, today: date) -> Checked:
    """The card with its texts in the form they are kept in; BadInput with all its problems."""
    problems: list[Problem] = []
    name = _gather(problems, lambda: check_name(card.name))
    document = _gather(
        problems, lambda: check_document(card.document_kind, card.document_number, today)
    )
    group = _gather(problems, lambda: check_ethnic_group(card.ethnic_group))
    region = _gather(problems, lambda: _check_region(card.region))
    sex = _gather(problems, lambda: _check_sex(card.sex, document))
    if name is None or document is None or group is None or region is None or sex is None:
        raise BadInput(*problems)
    return Checked(name, document, group, region, sex)


def _gather(problems: list[Problem], check: Callable[[], Value]) -> Value | None:
    try:
        return check()
    except BadInput as error:
        problems += error.problems
        return None


def _check_region(code: str) -> str:
    if not re.fullmatch(r"[a-z]{2,20}", code):
        raise BadInput.of("people.region.missing", Where(field="region"))
    return code


def _check_sex(declared: Sex | None, document: Document | None) -> Sex:
    if document is None:
        raise BadInput  # what is wrong with the document is said already
    sex = declared or document.sex
    if sex is None:
        raise BadInput.of("people.sex.missing", Where(field="sex"))
    if document.sex and sex is not document.sex:
        raise BadInput.of("people.sex.differs", Where(field="sex"))
    return sex
