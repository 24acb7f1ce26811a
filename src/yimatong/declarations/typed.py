"""One typed answer: what it means, or the code of what is wrong with it.

Phones and input methods type digits and punctuation full width, add a unit, or a comma for the
point; all of that is understood.
"""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal

from yimatong.kernel.clock import SHANGHAI
from yimatong.kernel.errors import Problem, Where

LOWEST, HIGHEST = Decimal(34), Decimal(43)
"""℃ that a living person can have, as at the gates."""

_A_TENTH = Decimal("0.1")
_NUMBER = re.compile(r"[+-]?\d{1,6}(?:\.\d{1,6})?", re.ASCII)
_DATE = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})日?", re.ASCII)
_TIME = re.compile(r"[T ]*(\d{1,2})\D(\d{2})(?::\d{2})?分?", re.ASCII)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def plain(text: str) -> str:
    """Half-width, compatibility forms resolved (Unicode NFKC), without space around."""
    return unicodedata.normalize("NFKC", text).strip()


def temperature(text: str, field: str) -> Decimal | Problem:
    """`36.5`, `３６。５℃`, `36,5` and the like."""
    number = plain(text).replace(",", ".").replace("。", ".").rstrip("°Cc度 ")
    if not _NUMBER.fullmatch(number):
        return Problem(
            "declarations.temperature_unreadable", Where(field=field), {"found": text[:20]}
        )
    return Decimal(number)


def temperature_problem(value: Decimal, field: str) -> Problem | None:
    """What is wrong with a temperature as a figure; names what was probably meant."""
    if not value.is_finite() or abs(value) > 1000:
        return _bad(value, field, "range")
    if LOWEST <= value <= HIGHEST:
        return None if value == value.quantize(_A_TENTH) else _bad(value, field, "decimals")
    if LOWEST * 10 <= value <= HIGHEST * 10:
        return _bad(value, field, "no_point", meant=(value / 10).quantize(_A_TENTH))
    celsius = (value - 32) * 5 / 9
    if LOWEST <= celsius <= HIGHEST:
        return _bad(value, field, "fahrenheit", meant=celsius.quantize(_A_TENTH))
    return _bad(value, field, "range")


def _bad(value: Decimal, field: str, how: str, **params: object) -> Problem:
    found = f"{value:.6g}"
    return Problem(
        f"declarations.temperature_{how}", Where(field=field), {"found": found, **params}
    )


def whole(text: str, field: str) -> int | Problem:
    """`14`, `１４`, `14 天`: a number of days."""
    number = plain(text).removesuffix("days").rstrip("天日 ")
    if number.isdecimal() and len(number) <= 4:
        return int(number)
    return Problem("declarations.whole_unreadable", Where(field=field), {"found": text[:20]})


def day(text: str, field: str) -> date | Problem:
    """`2026-03-02`, as browsers send it, or `2026年3月2日`, `2026/3/2`, as people type it."""
    found = _DATE.fullmatch(plain(text))
    try:
        if found:
            return date(*map(int, found.groups()))
    except ValueError:
        pass
    return Problem("declarations.date_unreadable", Where(field=field), {"found": text[:20]})


def moment(text: str, field: str) -> datetime | Problem:
    """`2026-03-02T09:30` and the like: a time on the clocks of Asia/Shanghai."""
    typed = plain(text)
    found = _DATE.match(typed)
    clock = _TIME.fullmatch(typed[found.end() :]) if found else None
    try:
        if found and clock:
            year, month, day, hour, minute = map(int, found.groups() + clock.groups())
            return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)
    except ValueError:
        pass
    return Problem("declarations.moment_unreadable", Where(field=field), {"found": text[:20]})


def text_problem(text: str, field: str, longest: int, *, lines: bool = False) -> Problem | None:
    """Too long, or with a character that no list or letter can show (emoji, control)."""
    where = Where(field=field)
    if len(text) > longest:
        return Problem("declarations.too_long", where, {"length": len(text), "longest": longest})
    for character in text:
        if lines and character in "\r\n\t":
            continue
        kind = unicodedata.category(character)
        if kind in _UNSEEN:
            code = f"U+{ord(character):04X}"
            return Problem("declarations.unseen_character", where, {"code": code})
        if kind == "So" and not lines:
            return Problem("declarations.symbol", where, {"character": character})
    return None
