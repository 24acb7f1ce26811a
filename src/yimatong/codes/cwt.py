"""The claims of a code: a CWT claims set (RFC 8392), a flat map in its only encoding.

Nothing else is ever in a code: no document number, phone, address, reason or place, and no
person id in the clear.
"""

from datetime import datetime
from typing import cast, get_args

import cbor2
import msgspec

from yimatong.codes.cbor import byte_string, expected, text_string, unsigned
from yimatong.kernel.clock import SHANGHAI
from yimatong.policy.model import Colour, State

# RFC 8392, section 4 …
ISS, EXP, IAT, CTI = 1, 4, 6, 7
# … and, below -65536, of private use (section 9.1): docs/reference/codes.en.md
STATE, COLOUR, POLICY, NAME, DOCUMENT_TAIL = -65537, -65538, -65539, -65540, -65541

_KEYS = {
    key: cbor2.dumps(key)
    for key in (ISS, EXP, IAT, CTI, STATE, COLOUR, POLICY, NAME, DOCUMENT_TAIL)
}
_NINE, _EIGHT = b"\xa9", b"\xa8"  # maps: with a colour, without
_STATES = frozenset(get_args(State))
_COLOURS = frozenset(get_args(Colour))


class Claims(msgspec.Struct, frozen=True):
    """What a code says. Times are whole seconds; `colour` is there only in state `issued`."""

    region: str
    issued_at: datetime
    expires_at: datetime
    code_id: bytes
    """The person's id, sealed anew for every code; opened only by the server."""
    state: State
    colour: Colour | None
    policy: str
    """Name of the edition that decided, `hubei@2020-03-16`."""
    name: str
    """Masked, `张*`."""
    document_tail: str
    """The last two characters of the document's number."""


def encoded(claims: Claims) -> bytes:
    """The payload: a map whose keys are in the order of their bytes (RFC 8949, 4.2.1)."""
    values: dict[int, object] = {
        ISS: claims.region,
        EXP: int(claims.expires_at.timestamp()),
        IAT: int(claims.issued_at.timestamp()),
        CTI: claims.code_id,
        STATE: claims.state,
        COLOUR: claims.colour,
        POLICY: claims.policy,
        NAME: claims.name,
        DOCUMENT_TAIL: claims.document_tail,
    }
    if claims.colour is None:
        del values[COLOUR]
    return cbor2.dumps(values)


def decoded(payload: bytes) -> Claims:
    """The claims that `encoded` made the payload from; ValueError for any other bytes."""
    coloured = payload.startswith(_NINE)
    place = 1 if coloured else expected(payload, 0, _EIGHT)
    region, place = text_string(payload, expected(payload, place, _KEYS[ISS]))
    expires, place = unsigned(payload, expected(payload, place, _KEYS[EXP]))
    issued, place = unsigned(payload, expected(payload, place, _KEYS[IAT]))
    code_id, place = byte_string(payload, expected(payload, place, _KEYS[CTI]))
    state, place = text_string(payload, expected(payload, place, _KEYS[STATE]))
    colour = None
    if coloured:
        colour, place = text_string(payload, expected(payload, place, _KEYS[COLOUR]))
    policy, place = text_string(payload, expected(payload, place, _KEYS[POLICY]))
    name, place = text_string(payload, expected(payload, place, _KEYS[NAME]))
    tail, place = text_string(payload, expected(payload, place, _KEYS[DOCUMENT_TAIL]))
    if place != len(payload):
        raise ValueError("something after the last claim")
    shown = _shown(state, colour)
    return Claims(region, _moment(issued), _moment(expires), code_id, *shown, policy, name, tail)


def _shown(state: str, colour: str | None) -> tuple[State, Colour | None]:
    """Of the closed lists, and a colour in `issued` alone."""
    if state not in _STATES or (colour is None) == (state == "issued"):
        raise ValueError("a state that there is not, or that goes without a colour")
    if colour is not None and colour not in _COLOURS:
        raise ValueError("a colour that there is not")
    return cast("State", state), cast("Colour | None", colour)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, SHANGHAI)
