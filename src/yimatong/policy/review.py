"""What a review's words lead to; the latest word counts."""

from collections.abc import Mapping, Sequence

from yimatong.policy.facts import Fact
from yimatong.policy.model import Review, ReviewWord, State, WordRule
from yimatong.policy.spans import Held, latest


def outcome(review: Review, by_kind: Mapping[str, Sequence[Fact]]) -> Held | State | None:
    """A rule that the latest word holds, a state, or None where an approval is in effect."""
    said = [fact for word in review.words for fact in by_kind.get(word.kind, ())]
    fact = latest(said)
    if fact is None:
        return review.none
    word = review.by_kind[fact.kind]
    if _renews(review, word, fact, said):
        return None
    if isinstance(word.leads_to, WordRule):
        rule = word.leads_to
        return Held(rule.id, rule.colour, fact, fact.observed_at, None)
    return None if word.leads_to == "approved" else word.leads_to


def _renews(review: Review, word: ReviewWord, fact: Fact, said: Sequence[Fact]) -> bool:
    """Whether it was said while an approval was the latest of the other words, and young."""
    if word.renews_within is None:
        return False
    other = latest(other for other in said if other.kind != word.kind)
    if other is None or review.by_kind[other.kind].leads_to != "approved":
        return False
    return fact.observed_at < other.observed_at + word.renews_within
