"""The provinces that a card may name as the region of residence."""

from collections.abc import Mapping

from yimatong.kernel.words import Words
from yimatong.places.divisions import divisions
from yimatong.policy.library import Library


def offered(library: Library) -> Mapping[str, Words]:
    """Those whose notices are at hand, by the name that policies have for them (`region`)."""
    regions = {policy.region for policy in library.policies()}
    provinces = (found for found in divisions().values() if found.code.endswith("0000"))
    return {found.region: found.words for found in provinces if found.region in regions}
