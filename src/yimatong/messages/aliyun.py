"""Aliyun SMS (Dysmsapi 2017-05-25, SendSms), signed by ACS3-HMAC-SHA256.

The parameters go where the provider's description puts them, into the query; what is signed is
the query, the headers and the (empty) body.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from yimatong.messages.account import Account
from yimatong.messages.model import Letter
from yimatong.messages.signed import Signed, host_of

ADDRESS = "https://dysmsapi.aliyuncs.com"
_ALGORITHM = "ACS3-HMAC-SHA256"


def request(account: Account, letter: Letter, now: datetime, nonce: str) -> Signed:
    """The request that sends one letter."""
    address = account.address or ADDRESS
    query = _query(
        {
            "PhoneNumbers": letter.phone.removeprefix("+86"),
            "SignName": account.signature,
            "TemplateCode": account.template(letter),
            "TemplateParam": json.dumps(letter.params, ensure_ascii=False),
        }
    )
    headers = {
        "host": host_of(address),
        "x-acs-action": "SendSms",
        "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
        "x-acs-date": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": nonce,
        "x-acs-version": "2017-05-25",
    }
    signature = sign(account.key_secret, query, headers)
    headers["authorization"] = (
        f"{_ALGORITHM} Credential={account.key_id},"
        f"SignedHeaders={';'.join(sorted(headers))},Signature={signature}"
    )
    return Signed(f"{address}/?{query}", headers, b"")


def sign(secret: str, query: str, headers: Mapping[str, str]) -> str:
    """Over method, path, query, headers in order of their names, and the body's digest."""
    names = sorted(headers)
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in names)
    body = headers["x-acs-content-sha256"]
    canonical = "\n".join(("POST", "/", query, lines, ";".join(names), body))
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return hmac.digest(secret.encode(), f"{_ALGORITHM}\n{digest}".encode(), "sha256").hex()


def refusal(answer: Mapping[str, Any]) -> str:
    """Empty where the letter was taken, else the provider's code."""
    code = str(answer.get("Code", "NoCode"))
    return "" if code == "OK" else code


def _query(fields: Mapping[str, str]) -> str:
    """RFC 3986: everything but letters, digits and -_.~ is escaped."""
    return "&".join(f"{name}={quote(fields[name], safe='~')}" for name in sorted(fields))
