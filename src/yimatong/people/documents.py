"""Documents that name a person, and whether a typed number can be one.

Eighteen-character numbers follow GB 11643-1999: six of the place, eight of the birth date,
three of order (the last odd for men), one check character by ISO 7064 MOD 11-2. Residence
permits of Hong Kong, Macao and Taiwan residents (81, 82, 83; State Council 2018) and permanent
residence cards of foreigners since 2023 (9, then the province, the country and the same
rest) carry numbers of the same build, so they are one kind here.
"""

import re
import unicodedata
from datetime import date
from enum import StrEnum, unique

import msgspec

from yimatong.kernel.errors import BadInput, Where

FIELD = "document_number"
_LENGTH = 18
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PROVINCES = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
"""GB/T 2260, first two digits."""
_EARLIEST = date(1880, 1, 1)


@unique
class DocumentKind(StrEnum):
    """What can be shown to prove who one is."""

    RESIDENT_ID = "resident_id"
    PASSPORT = "passport"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"


@unique
class Sex(StrEnum):
    """As the document says it."""

    MALE = "male"
    FEMALE = "female"


class Document(msgspec.Struct, frozen=True):
    """A document with its number in the one form it is kept and matched in."""

    kind: DocumentKind
    number: str

    @property
    def sex(self) -> Sex | None:
        """What the number itself says; None where it says nothing."""
        if self.kind is not DocumentKind.RESIDENT_ID:
            return None
        return Sex.MALE if int(self.number[16]) % 2 else Sex.FEMALE

    @property
    def born(self) -> date | None:
        """What the number itself says; None where it says nothing."""
        if self.kind is not DocumentKind.RESIDENT_ID:
            return None
        return date.fromisoformat(self.number[6:14])

    def age(self, today: date) -> int | None:
        """Full years; None where the number does not say."""
        if self.born is None:
            return None
        before_birthday = (today.month, today.day) < (self.born.month, self.born.day)
        return today.year - self.born.year - before_birthday

    @property
    def text(self) -> str:
        """By which equal documents find each other."""
        return f"{self.kind}:{self.number}"


def check_document(kind: DocumentKind, text: str, today: date) -> Document:
    """The document, its number in capitals, half-width, without spaces or hyphens.

    BadInput where no number of its kind can look like this, each mistake in its own words;
    none of them repeats the number.
    """
    number = re.sub(r"[\s\-–()]", "", unicodedata.normalize("NFKC", text)).upper()
    if not number:
        raise _wrong("people.document.missing")
    if kind is DocumentKind.RESIDENT_ID:
        _check_resident_id(number, today)
    elif kind is DocumentKind.PASSPORT:
        _check_form(number, r"(?=.*\d)[A-Z0-9]{5,9}", "people.document.passport")
    elif kind is DocumentKind.HK_MACAO_PERMIT:
        _check_form(number, r"[HM]\d{8}(\d{2})?", "people.document.hk_macao_permit")
        number = number[:9]  # the last two only count the issues of the same permit
    else:
        _check_form(number, r"\d{8}(\d{2}[A-Z]?)?", "people.document.taiwan_permit")
    return Document(kind, number)


def check_character(first_seventeen: str) -> str:
    """The eighteenth character of a number (ISO 7064 MOD 11-2)."""
    total = sum(
        int(digit) * weight for digit, weight in zip(first_seventeen, _WEIGHTS, strict=True)
    )
    return _CHECKS[total % 11]


def _check_resident_id(number: str, today: date) -> None:
    if len(number) != _LENGTH:
        raise _wrong("people.document.length", length=len(number))
    for position, character in enumerate(number, start=1):
        if not (character in "0123456789" or (character == "X" and position == _LENGTH)):
            raise _wrong("people.document.characters", position=position, character=character)
    province = number[1:3] if number.startswith("9") else number[:2]
    if not _PROVINCES.fullmatch(province):
        raise _wrong("people.document.province", province=province)
    _check_birth(number[6:14], today)
    if number[17] != check_character(number[:17]):
        raise _wrong("people.document.check_character", typed=number[17])


def _check_birth(digits: str, today: date) -> None:
    said = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    try:
        born = date.fromisoformat(said)
    except ValueError:
        raise _wrong("people.document.birth_date") from None
    if born > today:
        raise _wrong("people.document.future")
    if born < _EARLIEST:
        raise _wrong("people.document.too_old", earliest=_EARLIEST.year)


def _check_form(number: str, pattern: str, code: str) -> None:
    if not re.fullmatch(pattern, number, re.ASCII):
        raise _wrong(code)


def _wrong(code: str, **params: object) -> BadInput:
    return BadInput.of(code, Where(field=FIELD), **params)
