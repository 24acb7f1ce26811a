"""The parts of a policy in words for people, in one language: which facts, from when, how long."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from yimatong.doors.rooms import catalogue
from yimatong.kernel.clock import SHANGHAI
from yimatong.kernel.words import Language, Words
from yimatong.policy.model import Comparison, Edge, Pattern, Rule, Span

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
_SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}


def when(moment: datetime) -> str:
    """`2020-03-16 09:30`, in Shanghai; seconds only where there are any."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}".removesuffix(":00")


class Speaker:
    """Says things of policies in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, key: str, **params: object) -> str:
        return catalogue().say(key, self.language, **params)

    def words(self, words: Words) -> str:
        return words.said_in(self.language)

    def listed(self, said: Iterable[str]) -> str:
        return ("、" if self.language == "zh" else ", ").join(said)

    def look(self, colour_or_state: str) -> str:
        return self.say(f"codes.look.{colour_or_state}")

    def kinds(self, kinds: Iterable[str]) -> str:
        return self.patterns(map(Pattern, kinds))

    def patterns(self, patterns: Iterable[Pattern]) -> str:
        return self.listed(map(self.pattern, patterns))

    def pattern(self, pattern: Pattern) -> str:
        said = f"{self.say(f'policy.kind.{pattern.kind}')} `{pattern.kind}`"
        return f"{said} {self.compared(pattern.comparison)}" if pattern.comparison else said

    def compared(self, comparison: Comparison) -> str:
        return f"{_SIGNS[comparison.operator]} {comparison.limit} ℃"

    def span(self, span: Span) -> str:
        one_or_many = span.unit if span.count > 1 else span.unit.removesuffix("s")
        return self.say(f"doors.policy.span.{one_or_many}", count=span.count)

    def time(self, time: timedelta) -> str:
        if time % _DAY:
            return self.span(Span(time // _HOUR, "hours"))
        return self.span(Span(time.days, "days"))

    def edge(self, edge: Edge) -> str:
        if not edge.after:
            return self.say(f"doors.policy.edge.{edge.anchor}")
        return self.say(f"doors.policy.edge.after_{edge.anchor}", time=self.time(edge.after))

    def stops(self, rule: Rule) -> str:
        """What ends it: time, a fact that clears it, a run of normal days."""
        said = []
        if len(rule.ends) > 1:
            latest = self.listed(map(self.edge, rule.ends))
            said.append(self.say("doors.policy.stops.latest", edges=latest))
        elif rule.ends:
            said.append(self.edge(rule.ends[0]))
        if rule.cleared_by:
            said.append(self.say("doors.policy.stops.cleared", kinds=self.kinds(rule.cleared_by)))
        if rule.normal_days:
            said.append(self.say("doors.policy.stops.normal_days", count=rule.normal_days))
        return self.say("doors.policy.stops.or").join(said)
