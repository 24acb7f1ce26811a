"""The provinces that a card may name as the region of residence."""

from collections.abc import Mapping

from yimatong.kernel.words import Words
from yimatong.places.divisions import provinces
from yimatong.policy.library import Library


def offered(library: Library) -> Mapping[str, Words]:
    """Those whose notices are at hand, by the name that policies have for them (`region`)."""
    regions = {policy.region for policy in library.policies()}
    return {region: words for region, words in provinces().items() if region in regions}
