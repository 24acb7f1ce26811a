"""Moments as people and files write them: RFC 3339, or a bare date in Asia/Shanghai."""

import re
from datetime import date, datetime, timedelta

from yimatong.kernel.clock import SHANGHAI, start_of
from yimatong.kernel.errors import BadInput, Where

_RFC3339 = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt]([01]\d|2[0-3])(:[0-5]\d:[0-5]\d)(?:\.(\d+))?"
    r"([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)",
    re.ASCII,
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 9998
"""What lies outside is a slip of the pen; spans of days are added without overflow."""


def read_moment(text: str, where: Where, *, as_end: bool = False) -> datetime:
    """A moment in Asia/Shanghai; finer than a microsecond is cut off.

    A bare date means 00:00, as an end 24:00. BadInput where it is neither a date nor RFC 3339
    with seconds and offset, or where no calendar has it.
    """
    try:
        moment = _parse(text, as_end=as_end)
    except ValueError:
        raise BadInput.of("policy.time.unreadable", where, found=text) from None
    if not _EARLIEST_YEAR <= moment.year <= _LATEST_YEAR:
        raise BadInput.of("policy.time.out_of_range", where, found=text)
    return moment


def _parse(text: str, *, as_end: bool) -> datetime:
    if match := _RFC3339.fullmatch(text):
        day, hour, rest, fraction, offset = match.groups()
        zone = "+00:00" if offset in "Zz" else offset
        microseconds = (fraction or "")[:6].ljust(6, "0")
        written = datetime.fromisoformat(f"{day}T{hour}{rest}.{microseconds}{zone}")
        return _in_shanghai(written)
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    day_start = start_of(date.fromisoformat(text))
    return day_start + timedelta(days=1) if as_end and day_start.year < 9999 else day_start


def _in_shanghai(moment: datetime) -> datetime:
    try:
        return moment.astimezone(SHANGHAI)
    except OverflowError:
        raise ValueError(moment) from None
