"""Until when a derived standing is good.

`next_change_at` is when state, colour or the rules that hold change. The list of reasons is
finer: one of two facts that hold the same rule may stop, or a further one begin to hold it,
without any such change.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from yimatong.policy.facts import Fact
from yimatong.policy.model import Policy
from yimatong.policy.standing import Standing


def good_until(
    policy: Policy, facts: Iterable[Fact], standing: Standing, at: datetime
) -> datetime | None:
    """The first moment after `at` at which any field of the standing may be another by time
    alone; None where there is none."""
    edges = [standing.next_change_at, *(reason.until for reason in standing.reasons)]
    edges += _beginnings(policy, facts)
    return min((edge for edge in edges if edge is not None and edge > at), default=None)


def _beginnings(policy: Policy, facts: Iterable[Fact]) -> Iterator[datetime | None]:
    for fact in facts:
        for rule, pattern in policy.rules_by_kind.get(fact.kind, ()):
            if pattern.admits(fact):
                yield rule.starts.of(fact)
