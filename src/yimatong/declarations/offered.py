"""The divisions that the forms offer."""

from functools import cache

from yimatong.places import Division, divisions

_BEYOND_THE_BORDER = ("7", "8")
"""Taiwan, Hong Kong and Macao: the notices' 境外 includes them, as border quarantine does."""


@cache
def provinces() -> tuple[Division, ...]:
    """Those that `arrival.province` and `stay.risk_area` may name."""
    return tuple(
        division
        for code, division in divisions().items()
        if code.endswith("0000") and not code.startswith(_BEYOND_THE_BORDER)
    )


@cache
def prefectures(province: str) -> tuple[Division, ...]:
    """Those of the province with this code (six digits)."""
    return tuple(
        division
        for code, division in divisions().items()
        if code[:2] == province[:2] and not code.endswith("0000")
    )


def is_one_of(code: str, offered: tuple[Division, ...]) -> bool:
    return any(code == division.code for division in offered)
