"""What the reader of tables gives to those who read other files by it."""

import pytest

from yimatong.kernel.errors import BadInput
from yimatong.policy.tables import Sheet


def test_a_flag_is_true_or_false_and_nothing_else():
    sheet = Sheet("open = true\nshut = false\n", "x.toml")
    assert (sheet.root.flag("open"), sheet.root.flag("shut")) == (True, False)
    sheet = Sheet('open = "yes"\n', "x.toml")
    assert sheet.root.flag("open") is False
    with pytest.raises(BadInput) as caught:
        sheet.check()
    assert caught.value.problems[0].code == "policy.file.not_a_flag"
