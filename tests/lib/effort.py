"""How many examples a generated test tries: few in every run, many when asked for.

`YIMATONG_DEEP=1` tries a hundred times as many, each time others; `YIMATONG_DEEP=3` three
hundred times as many. Otherwise the same examples every time, so that nobody's run fails by luck.
"""

import os

from hypothesis import HealthCheck, settings

DEEP = 100 * int(os.environ.get("YIMATONG_DEEP", "0"))


def effort(few: int) -> settings:
    """Settings for a test that tries so many examples in an ordinary run."""
    return settings(
        max_examples=few * DEEP or few,
        derandomize=not DEEP,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
