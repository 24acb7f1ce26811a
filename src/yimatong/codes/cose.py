"""COSE_Sign1 (RFC 9052, section 4.2) with ES256: framing, and the bytes that are signed.

Only the one deterministic encoding (RFC 8949, section 4.2.1) of the one shape that is issued
is read: tag 18 around [protected {1: -7, 4: kid}, {}, payload, signature].
"""

import cbor2
import msgspec

from yimatong.codes.cbor import byte_string, expected

SIGNATURE_LENGTH = 64
_SIGN1 = b"\xd2\x84"  # tag 18, array of four
_NOTHING_UNPROTECTED = b"\xa0"
_ES256_AND_KID = b"\xa2\x01\x26\x04"  # {1 (alg): -7 (ES256), 4 (kid): …


class Sign1(msgspec.Struct, frozen=True):
    """A signed payload; the signature is r and s, 32 bytes each (RFC 9053, section 2.1)."""

    kid: bytes
    payload: bytes
    signature: bytes


def to_be_signed(kid: bytes, payload: bytes) -> bytes:
    """The Sig_structure of RFC 9052, section 4.4, without external data."""
    return cbor2.dumps(["Signature1", _protected(kid), b"", payload])


def framed(sign1: Sign1) -> bytes:
    """The message as it travels."""
    fields = (_protected(sign1.kid), sign1.payload, sign1.signature)
    protected, payload, signature = map(cbor2.dumps, fields)
    return _SIGN1 + protected + _NOTHING_UNPROTECTED + payload + signature


def unframed(message: bytes) -> Sign1:
    """What `framed` made the message from; ValueError for any other bytes."""
    place = expected(message, 0, _SIGN1)
    protected, place = byte_string(message, place)
    place = expected(message, place, _NOTHING_UNPROTECTED)
    payload, place = byte_string(message, place)
    signature, place = byte_string(message, place)
    if place != len(message) or len(signature) != SIGNATURE_LENGTH:
        raise ValueError("not one signature of ES256 at the end")
    return Sign1(_kid(protected), payload, signature)


def _protected(kid: bytes) -> bytes:
    return _ES256_AND_KID + cbor2.dumps(kid)


def _kid(protected: bytes) -> bytes:
    kid, place = byte_string(protected, expected(protected, 0, _ES256_AND_KID))
    if place != len(protected):
        raise ValueError("more in the protected header than algorithm and key id")
    return kid
