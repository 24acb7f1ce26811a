"""What tests of codes share: rings with issuing keys, claims, and codes with any layer changed."""

import random
import zlib
from datetime import UTC, datetime, timedelta
from uuid import UUID

from yimatong.codes import base45, cose, cwt, cwt_paper
from yimatong.codes.cwt import Claims
from yimatong.codes.cwt_paper import PaperClaims
from yimatong.codes.mint import Mint
from yimatong.codes.profile import ES256, PREFIX
from yimatong.keys import IssuerKey, KeyPurpose, KeyRing, new_keys
from yimatong.policy.standing import Standing

NOON = datetime(2020, 3, 20, 12, tzinfo=UTC)
PERSON = UUID("5f3c9a1e-0000-4000-8000-00000000cafe")
REGIONS = ("hubei", "hunan", "hainan", "yunnan", "shandong")
GREEN = Standing("issued", "green", (), None, None, "hubei@2020-03-16")


def ring(purpose: KeyPurpose = "production", seed: int = 1) -> KeyRing:
    """Keys made a day before noon; the same seed makes the same keys."""
    randomness = random.Random(seed).randbytes
    return new_keys(purpose, REGIONS, randomness, NOON - timedelta(days=1))


def claims_of(keys: KeyRing, **changed: object) -> Claims:
    made = Mint(keys).claims(PERSON, "hubei", GREEN, ("张*", "2X"), NOON)
    return Claims(**{**{name: getattr(made, name) for name in made.__struct_fields__}, **changed})


def paper_of(**changed: object) -> PaperClaims:
    """What a card made at noon says."""
    plain: dict[str, object] = {
        "region": "hubei",
        "issued_at": NOON,
        "expires_at": NOON + timedelta(days=180),
        "code_id": bytes(68),
        "name": "张*",
        "document_tail": "2X",
        "pass_until": None,
    }
    return PaperClaims(**{**plain, **changed})


def encoded(claims: Claims | PaperClaims) -> bytes:
    """The payload, by the profile."""
    if isinstance(claims, PaperClaims):
        return cwt_paper.encoded(claims)
    return cwt.encoded(claims)


def packed(message: bytes) -> str:
    """A text around any bytes."""
    return PREFIX + base45.encode(zlib.compress(message))


def signed(key: IssuerKey, payload: bytes, kid: bytes | None = None) -> str:
    """A text around any payload, rightly signed; `kid` puts another id on it."""
    kid = key.kid if kid is None else kid
    der = key.private_key.sign(cose.to_be_signed(kid, payload), ES256)
    return packed(cose.framed(cose.Sign1(kid, payload, raw_signature(der))))


def raw_signature(der: bytes) -> bytes:
    """r and s out of DER, by hand."""
    r_end = 4 + der[3]
    r, s = der[4:r_end], der[r_end + 2 :]
    return b"".join(int.from_bytes(n).to_bytes(32) for n in (r, s))


def unpacked(text: str) -> bytes:
    return zlib.decompress(base45.decode(text.removeprefix(PREFIX)))
