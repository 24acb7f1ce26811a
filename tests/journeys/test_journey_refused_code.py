"""A code that was refused lies on before the camera: it is not sent again and again."""

import pytest
from playwright.sync_api import TimeoutError as TooLate
from tests.lib.browser import camera_before
from tests.lib.cast import Cast

pytestmark = pytest.mark.browser


@pytest.mark.requirement("HI-08")
def test_a_refused_code_left_before_the_camera_is_sent_once(live, playwright, tmp_path):
    with camera_before(playwright, "no code of ours", tmp_path) as cameras:
        guard = Cast(live).page(cameras, "guard", "en", permissions=["camera"])
        guard.goto("/desk/gate")
        with guard.expect_navigation():
            guard.click("#start")
        guard.wait_for_selector(".notice.bad")
        guard.wait_for_selector("text=The same code is still before the camera")
        with pytest.raises(TooLate), guard.expect_navigation(timeout=2_000):
            pass
        with guard.expect_navigation():
            guard.click("#start")
        assert guard.locator(".notice.bad").count() == 1
