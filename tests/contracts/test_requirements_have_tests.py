"""What is done has a test that names it; a test names nothing that nobody asked for."""

import pytest
from tests.lib.requirements import ALL, named

DONE = (
    "HN-01", "HN-02", "HN-12", "HN-14", "HI-01", "HI-02", "HI-03", "HI-04", "HI-05", "HI-06",
    "HI-08", "HI-09", "HI-10", "HI-11", "HI-12", "HI-13", "HI-17", "HI-18", "HI-20", "YN-01",
    "YN-02", "YN-03", "YN-04", "YN-05", "YN-06", "YN-07", "YN-08", "YN-10", "SD-03", "SD-07",
    "SD-10", "HB-02", "HB-03", "HB-04", "HB-05", "HB-06", "HB-07", "HB-08", "YM-01", "YM-02",
    "YM-04", "YM-09",
)  # fmt: skip


@pytest.mark.parametrize("id", DONE)
def test_what_is_done_has_a_test(id):
    assert id in {found for found, _ in named()}


def test_no_test_names_an_id_that_there_is_not():
    assert [(id, file) for id, file in named() if id not in ALL] == []
