"""What in somebody's passages is worth a look, and what is not."""

from datetime import timedelta

import pytest
from tests.conftest import MORNING

from yimatong.gates.track import FAR_APART, Stop, marks

CHANGSHA, CHANGSHA_COUNTY, ZHUZHOU = "430100", "430121", "430200"
WUZHISHAN, QIONGHAI = "469001", "469002"


def marked(*stops: tuple[float, str]) -> list[bool]:
    """Which of the stops, each by minutes after the first and division, are marked."""
    made = [Stop(MORNING + timedelta(minutes=minutes), division) for minutes, division in stops]
    return [one is not None for one in marks(made)]


@pytest.mark.requirement("HI-09")
@pytest.mark.parametrize(
    ("stops", "found"),
    [
        ([], []),
        ([(0, CHANGSHA)], [False]),
        ([(0, CHANGSHA), (30, ZHUZHOU)], [True, True]),
        ([(0, CHANGSHA), (30.001, ZHUZHOU)], [False, False]),
        ([(0, CHANGSHA), (0, ZHUZHOU)], [True, True]),
        ([(0, CHANGSHA), (10, CHANGSHA_COUNTY)], [False, False]),
        ([(0, WUZHISHAN), (10, QIONGHAI)], [True, True]),
        ([(40, CHANGSHA), (20, ZHUZHOU), (-20, ZHUZHOU)], [True, True, False]),
        ([(0, CHANGSHA), (10, CHANGSHA), (25, ZHUZHOU)], [False, True, True]),
        ([(0, CHANGSHA), (20, ZHUZHOU), (40, CHANGSHA)], [True, True, True]),
    ],
)
def test_two_prefectures_within_half_an_hour_are_worth_a_look(stops, found):
    assert marked(*stops) == found
    assert marked(*reversed(stops)) == found[::-1]
    assert timedelta(minutes=30) == FAR_APART


def test_in_twice_without_an_out_between_is_nothing():
    assert marked((0, CHANGSHA), (5, CHANGSHA), (600, CHANGSHA)) == [False] * 3
