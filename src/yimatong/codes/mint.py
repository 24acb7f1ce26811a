"""Making the plain code: signed by the region, short-lived, and nothing is written for it."""

import zlib
from datetime import datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from yimatong.codes import base45, code_ids, cose, cwt, cwt_paper
from yimatong.codes.cwt import Claims
from yimatong.codes.cwt_paper import PaperClaims
from yimatong.codes.profile import ES256, PREFIX
from yimatong.keys import KeyRing
from yimatong.policy.standing import Standing

LIFE = timedelta(seconds=120)
"""Two refreshes of the page: one may fail without the person standing there with nothing."""


class Mint:
    """Makes codes with the issuing keys of a ring."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys

    def claims(
        self, person: UUID, region: str, standing: Standing, masked: tuple[str, str], now: datetime
    ) -> Claims:
        """What a plain code of this person says. `masked`: name `张*`, document tail `2X`."""
        issued_at = now.replace(microsecond=0)
        return Claims(
            region,
            issued_at,
            issued_at + LIFE,
            code_ids.sealed(person, self._keys),
            standing.state,
            standing.colour,
            standing.policy,
            *masked,
        )

    def plain(self, claims: Claims) -> str:
        """The text for the QR code, under 366 characters: version 11 at level M.

        Raises Misconfigured where the region has no issuing key.
        """
        return self._text(claims.region, cwt.encoded(claims))

    def paper(self, claims: PaperClaims) -> str:
        """The text of a paper code. Misconfigured where the region has no issuing key."""
        return self._text(claims.region, cwt_paper.encoded(claims))

    def _text(self, region: str, payload: bytes) -> str:
        key = self._keys.issuer(region)
        signed = key.private_key.sign(cose.to_be_signed(key.kid, payload), ES256)
        message = cose.framed(cose.Sign1(key.kid, payload, _raw(signed)))
        return PREFIX + base45.encode(zlib.compress(message, 9))


def _raw(der: bytes) -> bytes:
    """r and s, 32 bytes each (RFC 9053, section 2.1), out of OpenSSL's DER."""
    r, s = decode_dss_signature(der)
    return r.to_bytes(32) + s.to_bytes(32)
