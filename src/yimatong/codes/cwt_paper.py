"""The claims of a paper code: a second flat map, without state, colour or edition.

What is printed outlives every colour, so there is none on it. Where the policy gives a standing
an end (the paper pass of Shandong) that end is on it, signed.
"""

from datetime import datetime

import cbor2
import msgspec

from yimatong.codes.cbor import byte_string, expected, text_string, unsigned
from yimatong.codes.cwt import CTI, DOCUMENT_TAIL, EXP, IAT, ISS, NAME
from yimatong.kernel.clock import SHANGHAI

PASS_UNTIL = -65542
_KEYS = {key: cbor2.dumps(key) for key in (ISS, EXP, IAT, CTI, NAME, DOCUMENT_TAIL, PASS_UNTIL)}
_SIX, _SEVEN = b"\xa6", b"\xa7"  # maps: a card, a card that is a pass


class PaperClaims(msgspec.Struct, frozen=True):
    """What a paper code says. Times are whole seconds.

    `pass_until`: until when the standing that let its holder pass at the issue is good by the
    policy; None where it did not, or where the policy names no end.
    """

    region: str
    issued_at: datetime
    expires_at: datetime
    code_id: bytes
    """Card and person, sealed; opened only by the server."""
    name: str
    document_tail: str
    pass_until: datetime | None


def is_paper(payload: bytes) -> bool:
    """Whether the map has as many entries as a paper code's; a phone's has more."""
    return payload.startswith((_SIX, _SEVEN))


def encoded(claims: PaperClaims) -> bytes:
    """The payload: a map whose keys are in the order of their bytes (RFC 8949, 4.2.1)."""
    values: dict[int, object] = {
        ISS: claims.region,
        EXP: int(claims.expires_at.timestamp()),
        IAT: int(claims.issued_at.timestamp()),
        CTI: claims.code_id,
        NAME: claims.name,
        DOCUMENT_TAIL: claims.document_tail,
    }
    if claims.pass_until is not None:
        values[PASS_UNTIL] = int(claims.pass_until.timestamp())
    return cbor2.dumps(values)


def decoded(payload: bytes) -> PaperClaims:
    """The claims that `encoded` made the payload from; ValueError for any other bytes."""
    passes = payload.startswith(_SEVEN)
    place = 1 if passes else expected(payload, 0, _SIX)
    region, place = text_string(payload, expected(payload, place, _KEYS[ISS]))
    expires, place = unsigned(payload, expected(payload, place, _KEYS[EXP]))
    issued, place = unsigned(payload, expected(payload, place, _KEYS[IAT]))
    code_id, place = byte_string(payload, expected(payload, place, _KEYS[CTI]))
    name, place = text_string(payload, expected(payload, place, _KEYS[NAME]))
    tail, place = text_string(payload, expected(payload, place, _KEYS[DOCUMENT_TAIL]))
    until = None
    if passes:
        seconds, place = unsigned(payload, expected(payload, place, _KEYS[PASS_UNTIL]))
        until = _moment(seconds)
    if place != len(payload):
        raise ValueError("something after the last claim")
    return PaperClaims(region, _moment(issued), _moment(expires), code_id, name, tail, until)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, SHANGHAI)
