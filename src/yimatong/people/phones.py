"""Phone numbers to log in with.

Only mobile numbers of mainland China can receive the log-in code: its SMS goes out by
mainland carriers. Who has another number is told so, and where to go instead.
"""

import re
import unicodedata

import phonenumbers

from yimatong.kernel.errors import BadInput, Where

MAINLAND = 86
_MOBILE = re.compile(r"1[3-9]\d{9}")
_DIGITS = 11
_LONGEST = 40


def check_phone(text: str, field: str = "phone") -> str:
    """The number in E.164 form (+8613900000000).

    BadInput, each in its own words: missing, not a number, of another country (which), a
    wrong count of digits, or not a mobile number.
    """
    where = Where(field=field)
    typed = unicodedata.normalize("NFKC", text).strip()
    if not typed:
        raise BadInput.of("people.phone.missing", where)
    number = _parsed(typed, where)
    if number.country_code != MAINLAND:
        raise BadInput.of("people.phone.other_country", where, country=number.country_code)
    national = phonenumbers.national_significant_number(number)
    if _MOBILE.fullmatch(national):
        return f"+{MAINLAND}{national}"
    landline = typed.startswith("0")  # an area code, of which 010 looks like a short mobile
    if national.startswith("1") and len(national) != _DIGITS and not landline:
        raise BadInput.of("people.phone.length", where, length=len(national))
    raise BadInput.of("people.phone.not_mobile", where)


def masked_phone(phone: str) -> str:
    """Of an E.164 mainland number the first three and the last four digits."""
    return f"{phone[3:6]}****{phone[-4:]}"


def _parsed(typed: str, where: Where) -> phonenumbers.PhoneNumber:
    if len(typed) > _LONGEST or not re.fullmatch(r"\+?[\d\s().\-–]+", typed):
        raise BadInput.of("people.phone.characters", where)
    try:
        return phonenumbers.parse(typed, "CN")
    except phonenumbers.NumberParseException:
        raise BadInput.of("people.phone.characters", where) from None
