"""Other apps are set up whole or not at all, and a mistake names its setting."""

import base64

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from tests.lib.standins import new_key

from yimatong.doors.apps import apps_of
from yimatong.doors.config import Config
from yimatong.kernel.clock import SystemClock
from yimatong.kernel.errors import Misconfigured

HTTP = httpx.AsyncClient()


def set_up(**settings):
    return apps_of(Config(**settings), SystemClock(), HTTP)


def test_none_is_set_up_by_default():
    assert set_up().names() == ()


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"wechat_app_id": "wx1"}, "YIMATONG_WECHAT_SECRET_FILE"),
        ({"wechat_app_id": "wx1", "wechat_secret_file": "nowhere"}, "YIMATONG_WECHAT_SECRET_FILE"),
        ({"alipay_app_id": "2021"}, "YIMATONG_ALIPAY_KEY_FILE"),
        ({"alipay_app_id": "2021", "alipay_key_file": "README.md"}, "YIMATONG_ALIPAY_KEY_FILE"),
    ],
)
def test_a_file_that_is_missing_or_holds_no_key_is_told_by_its_setting(settings, named):
    with pytest.raises(Misconfigured) as told:
        set_up(**settings)
    assert told.value.problems[0].where.key == named


def test_keys_are_read_as_pem_or_as_the_one_line_of_alipays_tool(tmp_path):
    key, none = new_key(), serialization.NoEncryption()
    der = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.TraditionalOpenSSL, none
    )
    pem = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    (tmp_path / "ours").write_bytes(base64.b64encode(der) + b"\n")
    (tmp_path / "theirs").write_bytes(pem)
    found = set_up(
        alipay_app_id="2021", alipay_key_file=tmp_path / "ours",
        alipay_public_key_file=tmp_path / "theirs",
    )  # fmt: skip
    assert found.names() == ("alipay",)
    assert "BEGIN" not in repr(found.named("alipay"))
