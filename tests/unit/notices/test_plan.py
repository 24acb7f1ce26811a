"""What follows from a look: the rules of docs/explanation/when-you-are-told, one by one."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from yimatong.kernel.clock import SHANGHAI
from yimatong.notices.model import Kind, Seen, Told
from yimatong.notices.plan import plan

NOON = datetime(2026, 3, 2, 12, tzinfo=SHANGHAI)
NIGHT = datetime(2026, 3, 2, 23, tzinfo=SHANGHAI)
GREEN = Told(
    person=UUID(int=1), region="a", version=1, look="green", rules=(), since=NOON,
    sms_look="green", look_at=NOON,
)  # fmt: skip
STILL = Seen(region="a", version=1, look="green", rules=(), changes_at=None)


def seen(look, **more):
    rules = () if look == "green" else ("r",)
    return msgspec.structs.replace(STILL, version=2, look=look, rules=rules, **more)


def test_nothing_follows_from_nothing_but_a_look_in_a_week():
    followed = plan(GREEN, STILL, NOON)
    assert (followed.notices, followed.sms) == ((), ())
    assert followed.told.look_at == NOON + timedelta(days=7)


@pytest.mark.parametrize(
    ("look", "now", "more", "sms"),
    [
        ("yellow", NOON, {"recorded": True}, 1),
        ("yellow", NIGHT, {"recorded": True}, 1),
        ("red", NIGHT, {"recorded": True}, 1),
        ("yellow", NIGHT, {}, 0),
        ("expired", NIGHT, {"recorded": True}, 0),
        ("expired", NOON, {}, 1),
        ("red", NOON, {"recorded": True, "own": True}, 0),
        ("not_in_force", NOON, {}, 0),
    ],
)
def test_an_sms_goes_at_once_by_day_and_at_night_only_for_what_others_recorded(
    look, now, more, sms
):
    assert len(plan(GREEN, seen(look, **more), now).sms) == sms


def test_what_waited_over_night_is_told_unless_it_changed_back():
    waiting = plan(GREEN, seen("yellow"), NIGHT).told
    morning = datetime(2026, 3, 3, 7, tzinfo=SHANGHAI)
    assert (waiting.sms_due, waiting.look_at) == (morning, morning)
    yellow = seen("yellow")
    assert plan(waiting, yellow, morning).sms == (Kind.CHANGED,)
    back = plan(waiting, seen("green"), morning)
    assert (back.notices, back.sms, back.told.sms_due) == ((Kind.CHANGED,), (), None)


def test_other_reasons_of_the_same_colour_are_told_in_the_page_alone():
    yellow = plan(GREEN, seen("yellow"), NOON).told
    followed = plan(yellow, msgspec.structs.replace(seen("yellow"), rules=("s",)), NOON)
    assert (followed.notices, followed.sms) == ((Kind.CHANGED,), ())


def test_a_lapse_into_something_better_needs_no_reminder():
    yellow = plan(GREEN, seen("yellow"), NOON).told
    for ahead, reminded in (("green", ()), ("red", (Kind.LAPSES,))):
        soon = seen("yellow", changes_at=NOON + timedelta(hours=6), ahead=ahead)
        assert plan(yellow, soon, NOON).notices == reminded


def test_a_reminder_that_falls_into_the_night_comes_in_the_morning():
    lapse = datetime(2026, 3, 3, 11, tzinfo=SHANGHAI)
    soon = msgspec.structs.replace(STILL, changes_at=lapse)
    assert plan(GREEN, soon, NOON).told.look_at == datetime(2026, 3, 3, 7, tzinfo=SHANGHAI)


def test_reminders_beyond_three_a_day_stay_in_the_page():
    full = msgspec.structs.replace(GREEN, sms_day=NOON.date(), sms_count=3)
    soon = msgspec.structs.replace(STILL, changes_at=NOON + timedelta(hours=6), ahead="yellow")
    followed = plan(full, soon, NOON)
    assert (followed.notices, followed.sms, followed.told.reminded) == ((Kind.LAPSES,), (), True)
