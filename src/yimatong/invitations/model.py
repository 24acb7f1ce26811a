"""What is asked for, and what becomes of each line of it."""

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

import msgspec

from yimatong.kernel.words import Language

MOST = 1000
"""Lines of one list."""
LISTS_A_DAY = 10
"""Of one administrator, in 24 hours."""
AGAIN_AFTER = timedelta(days=7)
"""A number is invited once in that time, whoever asks and for what."""
LONGEST_LINE = 100


class Purpose(StrEnum):
    """What people are invited to."""

    RETURN = "return"
    DECLARE = "declare"
    REGISTER = "register"


PAGES = {Purpose.RETURN: "/return", Purpose.DECLARE: "/declare", Purpose.REGISTER: "/login"}


class Aside(StrEnum):
    """Why a line was put aside."""

    MALFORMED = "malformed"
    TWICE = "twice"
    LATELY = "lately"


class Invitation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to invite to what, in which language.

    No field is called as something that handlers ask for (`language`): the framework would take
    a mistake in it for one of ours.
    """

    purpose: Purpose
    sms_language: Language
    numbers: Annotated[
        list[Annotated[str, msgspec.Meta(max_length=LONGEST_LINE)]],
        msgspec.Meta(min_length=1, max_length=MOST),
    ]


class PutAside(msgspec.Struct, frozen=True):
    """A line that was not taken: its number in the list, from 1, and why; never what it said."""

    line: int
    reason: Aside


class Result(msgspec.Struct, frozen=True):
    """received = taken + put aside. Of those taken, who needs no invitation (registered or
    declared already, or switched off) gets none, and nobody is told who that is."""

    received: int
    taken: int
    put_aside: list[PutAside]
