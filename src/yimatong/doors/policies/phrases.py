"""From when and until when a rule holds, said in short sentences."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from yimatong.kernel.words import Catalogue, Language
from yimatong.policy.model import Comparison, Edge, Lapse, Pattern, Rule

Say = Callable[..., str]
"""Says a key of the catalogue in one language; figures by name."""

BETWEEN = " · "
"""Between the parts of a list, in both languages."""
_SIGNS = {">=": "≥", "<=": "≤"}
_DAY = timedelta(days=1)


def saying(catalogue: Catalogue, language: Language) -> Say:
    def say(key: str, **params: object) -> str:
        return catalogue.say(key, language, **params)

    return say


def fact(say: Say, pattern: Pattern) -> str:
    """A fact that a rule goes by, `temperature ≥ 37.3 ℃`."""
    name = say(f"policy.kind.{pattern.kind}")
    return f"{name} {with_sign(pattern.comparison)}" if pattern.comparison else name


def held(say: Say, rule: Rule) -> list[str]:
    """When a rule begins to hold, where that is not at once, and what ends it."""
    return [*_begins(say, rule), *_ends(say, rule), *_cut_short(say, rule)]


def lapsed(say: Say, lapse: Lapse) -> list[str]:
    """After how long green lapses."""
    return [say(f"policies.lapse.{lapse.after.unit}", count=lapse.after.count)]


def span(say: Say, time: timedelta) -> str:
    """`14 days`, or `72 hours` where it is not whole days."""
    if time % _DAY:
        return say("policies.span.hours", count=time // timedelta(hours=1))
    return say("policies.span.days", count=time // _DAY)


def with_sign(comparison: Comparison) -> str:
    """`≥ 37.3 ℃`"""
    return f"{_SIGNS.get(comparison.operator, comparison.operator)} {comparison.limit} ℃"


def _begins(say: Say, rule: Rule) -> Iterator[str]:
    if rule.starts != Edge("observed"):
        yield say("policies.holds.from", moment=_moment(say, rule.starts))


def _ends(say: Say, rule: Rule) -> Iterator[str]:
    moments = [_moment(say, edge) for edge in rule.ends]
    if not moments:
        yield say("policies.holds.no_time")
    elif len(moments) == 1:
        yield say("policies.holds.until", moment=moments[0])
    else:
        yield say("policies.holds.until_latest", moments=BETWEEN.join(moments))


def _cut_short(say: Say, rule: Rule) -> Iterator[str]:
    if rule.cleared_by:
        kinds = [say(f"policy.kind.{kind}") for kind in rule.cleared_by]
        yield say("policies.holds.cleared", kinds=BETWEEN.join(kinds))
    if rule.normal_days is not None:
        yield say("policies.holds.normal_days", count=rule.normal_days)


def _moment(say: Say, edge: Edge) -> str:
    if not edge.after:
        return say(f"policies.moment.{edge.anchor}")
    return say(f"policies.moment.{edge.anchor}_after", span=span(say, edge.after))
