"""Tencent Cloud SMS (2021-01-11, SendSms), signed by TC3-HMAC-SHA256."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from yimatong.messages.account import Account
from yimatong.messages.model import Letter
from yimatong.messages.signed import Signed, host_of

ADDRESS = "https://sms.tencentcloudapi.com"
_ALGORITHM = "TC3-HMAC-SHA256"
_SIGNED = "content-type;host;x-tc-action"


def request(account: Account, letter: Letter, now: datetime, _nonce: str) -> Signed:
    """The request that sends one letter; its time is its nonce."""
    address = account.address or ADDRESS
    body = json.dumps(
        {
            "PhoneNumberSet": [letter.phone],
            "SmsSdkAppId": account.app,
            "SignName": account.signature,
            "TemplateId": account.template(letter),
            "TemplateParamSet": list(letter.params.values()),
        }
    ).encode()
    stamp = int(now.timestamp())
    headers = {
        "content-type": "application/json; charset=utf-8",
        "host": host_of(address),
        "x-tc-action": "SendSms",
        "x-tc-version": "2021-01-11",
        "x-tc-region": account.area,
        "x-tc-timestamp": str(stamp),
    }
    scope = f"{datetime.fromtimestamp(stamp, UTC):%Y-%m-%d}/sms/tc3_request"
    headers["authorization"] = (
        f"{_ALGORITHM} Credential={account.key_id}/{scope}, SignedHeaders={_SIGNED}, "
        f"Signature={sign(account.key_secret, scope, headers, body)}"
    )
    return Signed(f"{address}/", headers, body)


def sign(secret: str, scope: str, headers: Mapping[str, str], body: bytes) -> str:
    """By a key of the day and the service, over method, path, three headers and the body."""
    lines = "".join(f"{name}:{headers[name].lower()}\n" for name in _SIGNED.split(";"))
    digest = hashlib.sha256(body).hexdigest()
    canonical = "\n".join(("POST", "/", "", lines, _SIGNED, digest))
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    signed = "\n".join((_ALGORITHM, headers["x-tc-timestamp"], scope, hashed))
    key = f"TC3{secret}".encode()
    for part in (*scope.split("/"), signed):
        key = hmac.digest(key, part.encode(), "sha256")
    return key.hex()


def refusal(answer: Mapping[str, Any]) -> str:
    """Empty where the letter was taken, else the provider's code."""
    told = answer.get("Response", {})
    if "Error" in told:
        return str(told["Error"].get("Code", "NoCode"))
    [sent] = told.get("SendStatusSet") or [{}]
    code = str(sent.get("Code", "NoCode"))
    return "" if code == "Ok" else code
