"""B5: verifying a code and making one, beside what OpenSSL itself does with its signature.

The reference of verifying is `openssl speed ecdsap256`, whose figures are those of one core. A
Python of its own libcrypto is not compared with itself: the command measures the machine's.
"""

import re
import subprocess
from datetime import UTC, datetime, timedelta
from statistics import median
from uuid import UUID

from bench import Row
from bench.rounds import rates
from yimatong.codes.mint import Mint
from yimatong.codes.verify import Verified, verify
from yimatong.kernel.ids import system_randomness
from yimatong.keys import new_keys
from yimatong.policy.standing import Standing

NOON = datetime(2020, 3, 20, 12, tzinfo=UTC)
GREEN = Standing("issued", "green", (), None, None, "hubei@2020-03-16")
PERSON = UUID("5f3c9a1e-0000-4000-8000-00000000cafe")
AIM = "≥ 0.6"
TURNS = 5
_SPEED = re.compile(rb"([\d.]+)\s+([\d.]+)\s*$", re.MULTILINE)


def run() -> list[Row]:
    """Verifying and minting; OpenSSL and ours take turns."""
    keys = new_keys("production", ("hubei",), system_randomness, NOON - timedelta(days=1))
    mint, trusted = Mint(keys), keys.verifiers()
    claims = mint.claims(PERSON, "hubei", GREEN, ("张*", "2X"), NOON)
    text = mint.plain(claims)
    if not isinstance(verify(text, trusted, NOON), Verified):
        raise AssertionError("the code is refused: nothing to measure")
    turns = [
        (
            *rates(lambda: verify(text, trusted, NOON), lambda: mint.plain(claims), rounds=7),
            *_openssl(),
        )
        for _ in range(TURNS)
    ]
    verifies, mints, signed, verified = (median(column) for column in zip(*turns, strict=True))
    return [
        Row("B5", "verify a code", verifies, verified, verifies / verified, "codes/s", AIM),
        Row("B5", "make a code", mints, signed, mints / signed, "codes/s", "–"),
    ]


def _openssl() -> tuple[float, float]:
    """Signatures made and verified a second by one core, as OpenSSL measures itself."""
    command = ["openssl", "speed", "-seconds", "1", "ecdsap256"]
    told = subprocess.run(command, capture_output=True, check=True).stdout
    found = _SPEED.search(told)
    if found is None:
        raise AssertionError("openssl speed printed no figures")
    return float(found[1]), float(found[2])
