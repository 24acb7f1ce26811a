"""The editions that are at hand: asked by full name, or by region and moment."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import combinations

from yimatong.kernel.errors import Conflict, NotFound
from yimatong.policy.facts import nearest
from yimatong.policy.model import Policy


class Library:
    """Every edition once; Conflict where two of a region are in force at one moment."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        self._policies = {
            policy.name: policy
            for policy in sorted(policies, key=lambda policy: policy.in_force_from)
        }
        for earlier, later in combinations(self._policies.values(), 2):
            if earlier.region == later.region and earlier.in_force_at(later.in_force_from):
                raise Conflict.of(
                    "policy.library.overlap",
                    earlier=earlier.name,
                    later=later.name,
                    moment=later.in_force_from.isoformat(),
                )

    def names(self) -> Sequence[str]:
        return sorted(self._policies)

    def policies(self) -> Sequence[Policy]:
        return [self._policies[name] for name in self.names()]

    def named(self, text: str, at: datetime) -> Policy:
        """By full name that edition, whatever came after it; by region the one in force at `at`.

        Where none of the region is in force: the next to come, else the last that was, under
        which the state is `not_in_force`. NotFound where there is no such name or region.
        """
        if text in self._policies:
            return self._policies[text]
        of_region = [policy for policy in self._policies.values() if policy.region == text]
        if not of_region:
            raise self._unknown(text)
        current = (
            policy for policy in of_region if policy.in_force_at(at) or policy.in_force_from > at
        )
        return next(current, of_region[-1])

    def _unknown(self, text: str) -> NotFound:
        regions = {policy.region for policy in self._policies.values()}
        known = [*self.names(), *sorted(regions)]
        return NotFound.of("policy.library.unknown", found=text, nearest=nearest(text, known))
