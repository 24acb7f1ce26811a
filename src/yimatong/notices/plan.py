"""What somebody is told, and when: one pure function of what was told and what is so now.

docs/explanation/when-you-are-told says it in words.
"""

from datetime import date, datetime, timedelta

import msgspec

from yimatong.kernel.clock import day_of, start_of
from yimatong.messages.model import awake
from yimatong.notices.model import (
    AHEAD,
    NOT_IN_FORCE,
    SEEN_AGAIN,
    SMS_A_DAY,
    UNDECLARED,
    UNSPOKEN,
    WORSE,
    Kind,
    Plan,
    Seen,
    Told,
)

ASKED_OF = frozenset({UNSPOKEN, "expired"})


def plan(told: Told, seen: Seen, now: datetime) -> Plan:
    """What follows from a look at somebody."""
    before = (told.look, told.sms_look, seen.changes_at)
    if silent(told, seen):
        known = {"sms_look": seen.look, "sms_due": None, "reminded": False, "asked": False}
        kept = _seen(told, seen, since=now, **known)
        return Plan(_again(kept, seen, now), *before)
    notices, read = list[Kind](), False
    if changed(told, seen):
        notices, read = [Kind.CHANGED], seen.own
        due = _sms_due(told, seen, now)
        known = {"sms_look": seen.look} if seen.own else {}
        told = _seen(told, seen, since=now, sms_due=due, reminded=False, asked=False, **known)
    told = msgspec.structs.replace(told, version=seen.version)
    more = _reminders(told, seen, now)
    told, sms = _send(_marked(told, more), more, now)
    return Plan(_again(told, seen, now), *before, (*notices, *more), sms, read)


def changed(told: Told, seen: Seen) -> bool:
    """Whether there is anything to tell of."""
    return (told.look, told.rules) != (seen.look, seen.rules)


def silent(told: Told, seen: Seen) -> bool:
    """Nobody is told of one's own move, nor one by one that a policy starts or stops."""
    return told.region != seen.region or NOT_IN_FORCE in (told.look, seen.look)


def reminder_at(changes_at: datetime) -> datetime:
    """When a lapse at that moment is told of."""
    return awake(changes_at - AHEAD)


def worse(before: str, after: str) -> bool:
    return WORSE.get(after, 0) > WORSE.get(before, 0)


def _sms_due(told: Told, seen: Seen, now: datetime) -> datetime | None:
    """When the SMS about this change is to go; None where it tells nothing that is not known.

    At night only what somebody else recorded and what keeps the person in.
    """
    if seen.own or seen.look == told.sms_look:
        return None
    urgent = seen.recorded and seen.look in ("yellow", "red") and worse(told.sms_look, seen.look)
    return now if urgent else awake(now)


def _reminders(told: Told, seen: Seen, now: datetime) -> list[Kind]:
    found = []
    if _lapses(told, seen, now):
        found.append(Kind.LAPSES)
    if told.look in ASKED_OF and not told.asked and ask_at(told.since) <= now:
        found.append(Kind.DECLARE)
    return found


def _lapses(told: Told, seen: Seen, now: datetime) -> bool:
    near = seen.changes_at is not None and reminder_at(seen.changes_at) <= now
    gets_worse = seen.ahead not in (None, NOT_IN_FORCE) and worse(seen.look, seen.ahead or "")
    return near and gets_worse and not told.reminded


def ask_at(since: datetime) -> datetime:
    return awake(since + UNDECLARED)


def _marked(told: Told, more: list[Kind]) -> Told:
    return msgspec.structs.replace(
        told,
        reminded=told.reminded or Kind.LAPSES in more,
        asked=told.asked or Kind.DECLARE in more,
    )


def _send(told: Told, more: list[Kind], now: datetime) -> tuple[Told, tuple[Kind, ...]]:
    """The SMS that go now. Beyond SMS_A_DAY a change waits for the next day, where the last look
    is told if it is still another; a reminder stays in the page."""
    today = day_of(now)
    count = told.sms_count if told.sms_day == today else 0
    wanted = [*([Kind.CHANGED] if told.sms_due and told.sms_due <= now else []), *more]
    sent = wanted[: max(0, SMS_A_DAY - count)]
    if Kind.CHANGED in sent:
        told = msgspec.structs.replace(told, sms_look=told.look, sms_due=None)
    elif Kind.CHANGED in wanted:
        told = msgspec.structs.replace(told, sms_due=_tomorrow(today))
    if sent:
        told = msgspec.structs.replace(told, sms_day=today, sms_count=count + len(sent))
    return told, tuple(sent)


def _tomorrow(today: date) -> datetime:
    return awake(start_of(today + timedelta(days=1)))


def _seen(told: Told, seen: Seen, **more: object) -> Told:
    return msgspec.structs.replace(
        told, region=seen.region, version=seen.version, look=seen.look, rules=seen.rules, **more
    )


def _again(told: Told, seen: Seen, now: datetime) -> Told:
    """With when to look again: at the first moment at which there may be something to tell."""
    moments = [now + SEEN_AGAIN, told.sms_due]
    if seen.changes_at is not None:
        reminder = None if told.reminded else reminder_at(seen.changes_at)
        moments += [seen.changes_at, reminder]
    if told.look in ASKED_OF and not told.asked:
        moments.append(ask_at(told.since))
    ahead = [moment for moment in moments if moment is not None and moment > now]
    return msgspec.structs.replace(told, look_at=min(ahead))
