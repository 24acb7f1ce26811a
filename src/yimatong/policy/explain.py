"""Why a standing is what it is, in words: each reason with its rule's sentence and its fact.

Pure, like `decide`; the words come in both languages, and who shows them chooses.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from yimatong.policy.facts import Fact
from yimatong.policy.model import Policy, RuleColour, Said
from yimatong.policy.standing import Standing


class Because(msgspec.Struct, frozen=True):
    """One reason, explained: the rule in words, and the fact that it holds by.

    `since` and `until` are those of the reason; `said` has the notice's sentence, the reason
    and what to do.
    """

    rule: str
    colour: RuleColour
    said: Said
    kind: str
    source: str
    observed_at: datetime
    since: datetime
    until: datetime | None


def explain(policy: Policy, standing: Standing, facts: Iterable[Fact]) -> list[Because]:
    """The reasons of a standing that `policy` made of these facts, in their order."""
    known = {fact.id: fact for fact in facts}
    colours, said = _colours(policy), policy.said_by_rule
    return [
        Because(
            reason.rule,
            colours[reason.rule],
            said[reason.rule],
            known[reason.fact].kind,
            known[reason.fact].source,
            known[reason.fact].observed_at,
            reason.since,
            reason.until,
        )
        for reason in standing.reasons
    ]


def _colours(policy: Policy) -> Mapping[str, RuleColour]:
    """What colour each rule, word of a review and lapse leads to, by its id."""
    found: dict[str, RuleColour] = {rule.id: rule.colour for rule in policy.rules}
    for lapse in policy.lapses:
        if lapse.leads_to != "expired":
            found[lapse.id] = lapse.leads_to
    for word in policy.review.words if policy.review else ():
        if not isinstance(word.leads_to, str):
            found[word.leads_to.id] = word.leads_to.colour
    return found
