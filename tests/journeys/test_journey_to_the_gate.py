"""From declaration to gate: a person's morning, in every province and both languages."""

import pytest
from tests.lib.browser import camera_before, phone_page
from tests.lib.live import Live, code_now
from tests.lib.steps import (
    REVIEWED,
    code_text,
    declare,
    log_in_desk,
    register,
    scan_by_camera,
)

from yimatong.access.permissions import Role
from yimatong.kernel.clock import SystemClock, rfc3339

DIVISIONS = {
    "hunan": "430100",
    "hainan": "460100",
    "yunnan": "530100",
    "shandong": "370100",
    "hubei": "420100",
}
LOOKS = {"zh": "绿码", "en": "Green"}
PASS = {"zh": "通行", "en": "Pass"}
STOP = {"zh": "禁行", "en": "Stop"}
pytestmark = pytest.mark.browser


@pytest.mark.requirement("HN-01", "HN-02", "HN-12", "HI-01", "HI-08", "YN-03", "YN-05", "HB-04")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("region", DIVISIONS)
def test_declare_show_admit_and_refuse_after_a_fact(
    live, browser, playwright, tmp_path, region, language
):
    resident = phone_page(browser, language, live.url)
    number = register(resident, live, region)
    declare(resident)
    if region in REVIEWED:
        approve(live, browser, language, region)
    text = code_text(resident)
    assert LOOKS[language] in resident.inner_text("#code-word")
    place = live.gate(DIVISIONS[region])
    with camera_before(playwright, text, tmp_path) as cameras:
        guard = phone_page(cameras, language, live.url, permissions=["camera"])
        log_in_desk(guard, live, *live.post(Role.GUARD, place))
        assert pass_gate(guard) == PASS[language]
        record_case(live, number)
        assert pass_gate(guard) == STOP[language]
    resident.context.close()


def pass_gate(guard) -> str:
    """Two taps after the scan; the word that fills the screen."""
    scan_by_camera(guard)
    guard.fill("#temperature", "36.5")
    guard.click("[name=felt][value=normal]")
    return guard.inner_text(".gate-verdict h1")


def approve(live: Live, browser, language: str, region: str) -> None:
    """An issuer answers everybody who waits, the longest waiting first, on the issuer's desk."""
    issuer = phone_page(browser, language, live.url)
    log_in_desk(issuer, live, *live.post(Role.ISSUER))
    issuer.goto(f"/desk/permits?region={region}")
    for _ in range(issuer.locator("section form[action='/desk/permits']").count()):
        issuer.locator("[name=word][value=approved]").first.check()
        with issuer.expect_navigation():
            issuer.locator("section form[action='/desk/permits'] button").first.click()
    issuer.context.close()


def record_case(live: Live, number: str) -> None:
    """Two posts on the command line: one proposes, naming the source, another approves."""
    maker, secret = live.post(Role.REGISTRAR)
    typed = f"{number}\n{code_now(secret)}\n"
    now = rfc3339(SystemClock().now().replace(microsecond=0))
    proposal = live.command(
        "registry", "propose", "case.confirmed", "--as", maker, "--authority", "试验市疾控中心",
        "--report", "2026-1", "--observed-at", now, typed=typed,
    )  # fmt: skip
    checker, secret = live.post(Role.REGISTRY_CHECKER)
    live.command("registry", "approve", proposal, "--as", checker, typed=f"{code_now(secret)}\n")
