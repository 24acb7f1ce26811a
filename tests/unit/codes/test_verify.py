import zlib
from datetime import timedelta

import cbor2
import pytest
from tests.lib.codes import NOON, claims_of, packed, ring, signed, unpacked

from yimatong.codes import base45, cose, cwt
from yimatong.codes.cose import Sign1
from yimatong.codes.mint import LIFE, Mint
from yimatong.codes.profile import PREFIX
from yimatong.codes.verify import GRACE, LONGEST_LIFE, LONGEST_MESSAGE, Refusal, Verified, verify
from yimatong.keys import revoke_issuing, rotate_issuing

KEYS = ring()
KEY = KEYS.issuer("hubei")
CODE = Mint(KEYS).plain(claims_of(KEYS))
SECOND = timedelta(seconds=1)


def asked(text, now=NOON, keys=KEYS, accept=frozenset({"production"})):
    return verify(text, keys.verifiers(), now, accept)


@pytest.mark.parametrize(
    ("after", "answer"),
    [
        (timedelta(minutes=-5) - SECOND, Refusal.NOT_YET_VALID),
        (timedelta(minutes=-5), None),
        (LIFE + GRACE - SECOND, None),
        (LIFE + GRACE, Refusal.EXPIRED),
        (timedelta(days=800), Refusal.EXPIRED),
    ],
)
def test_a_code_is_valid_from_five_minutes_before_it_was_made_until_its_end_and_grace(
    after, answer
):
    found = asked(CODE, NOON + after)
    assert found == answer if answer else isinstance(found, Verified)


def test_an_issuer_that_is_not_known_is_told_from_a_signature_that_is_wrong():
    stranger = ring(seed=2)
    foreign = stranger.issuer("hubei")
    assert asked(Mint(stranger).plain(claims_of(stranger))) is Refusal.UNKNOWN_ISSUER
    forged = signed(foreign, cwt.encoded(claims_of(KEYS)), kid=KEY.kid)
    assert asked(forged) is Refusal.BAD_SIGNATURE


@pytest.mark.parametrize("purpose", ["test", "demo"])
def test_a_test_or_demo_key_is_refused_by_its_id_unless_it_was_configured(purpose):
    trial = ring(purpose)
    code = Mint(trial).plain(claims_of(trial))
    assert asked(code) is Refusal.TEST_KEY
    assert asked(code, keys=trial) is Refusal.TEST_KEY
    assert isinstance(asked(code, keys=trial, accept={purpose}), Verified)


def test_a_revoked_key_is_refused_at_once_and_the_next_key_is_believed():
    keys = revoke_issuing(rotate_issuing(KEYS, "hubei", NOON), KEY.kid)
    assert asked(CODE, keys=keys) is Refusal.REVOKED
    assert isinstance(asked(Mint(keys).plain(claims_of(keys)), keys=keys), Verified)


def test_a_key_may_not_speak_for_another_region():
    assert asked(signed(KEY, cwt.encoded(claims_of(KEYS, region="hunan")))) is (
        Refusal.UNKNOWN_ISSUER
    )


@pytest.mark.parametrize("moved", [timedelta(days=-2), timedelta(days=364)])
def test_a_key_may_not_speak_outside_its_period(moved):
    issued = NOON + moved
    text = signed(KEY, cwt.encoded(claims_of(KEYS, issued_at=issued, expires_at=issued + LIFE)))
    assert asked(text, issued) is Refusal.UNKNOWN_ISSUER


@pytest.mark.parametrize("life", [timedelta(0), -SECOND, LONGEST_LIFE + SECOND])
def test_a_life_of_nothing_or_more_than_a_day_is_never_issued(life):
    text = signed(KEY, cwt.encoded(claims_of(KEYS, expires_at=NOON + life)))
    assert asked(text) is Refusal.MALFORMED


def test_a_picture_spelled_otherwise_is_the_same_code():
    again = PREFIX + base45.encode(zlib.compress(unpacked(CODE), 1))
    assert again != CODE
    assert asked(again) == asked(CODE)


BOMB = PREFIX + base45.encode(zlib.compress(b"\x00" * 4_000_000)[:1300])
TEXTS = {
    "nothing": "",
    "only a prefix": PREFIX,
    "another prefix": "HC1:" + CODE[4:],
    "small letters": CODE.lower(),
    "a letter outside the alphabet": CODE[:-1] + "一",
    "half a surrogate": CODE[:-1] + "\ud800",
    "a space after it": CODE + " ",
    "cut off": CODE[:-9],
    "too long": CODE + "0" * 2048,
    "an inflate bomb": BOMB,
    "a bomb that ends": PREFIX + base45.encode(zlib.compress(b"\x00" * (LONGEST_MESSAGE + 1))),
    "not compressed": PREFIX + base45.encode(unpacked(CODE)),
    "something behind the stream": PREFIX + base45.encode(zlib.compress(unpacked(CODE)) + b"0"),
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_text_that_is_no_code_is_malformed(text):
    assert asked(text) is Refusal.MALFORMED


def test_a_bomb_is_refused_before_it_has_grown():
    inflating = zlib.decompressobj()
    grown = inflating.decompress(base45.decode(BOMB.removeprefix(PREFIX)), LONGEST_MESSAGE)
    assert len(grown) == LONGEST_MESSAGE <= 65_536


PROTECTED = {1: -7, 4: KEY.kid}


def sign1(protected, unprotected=None, signature=b"y" * 64):
    header = protected if isinstance(protected, bytes) else cbor2.dumps(protected)
    return cbor2.dumps(cbor2.CBORTag(18, [header, unprotected or {}, b"x", signature]))


FRAMES = {
    "deep nesting": b"\x81" * 4000,
    "a huge map": b"\xbb\x7f" + b"\xff" * 7,
    "a huge string": b"\xd2\x84\x5a\xff\xff\xff\xff",
    "a huge length": b"\xd2\x84\x5b\x7f" + b"\xff" * 7,
    "an indefinite length": b"\xd2\x84\x5f\x41a\xff",
    "a length in more bytes than it needs": b"\xd2\x84\x58\x05hello",
    "another tag": b"\xd1" + unpacked(CODE)[1:],
    "no tag": unpacked(CODE)[1:],
    "three fields": cbor2.dumps(cbor2.CBORTag(18, [cbor2.dumps(PROTECTED), {}, b"x"])),
    "an unprotected header": sign1(PROTECTED, {4: b"x"}),
    "another algorithm": sign1({1: -35, 4: KEY.kid}),
    "no key id": sign1({1: -7}),
    "a key id that is a text": sign1({1: -7, 4: "x"}),
    "a third header": sign1({**PROTECTED, 5: 0}),
    "headers behind the headers": sign1(cbor2.dumps(PROTECTED) + b"\x05\x00"),
    "a short signature": sign1(PROTECTED, signature=b"y" * 63),
    "a text as signature": sign1(PROTECTED, signature="y" * 64),
    "something behind": unpacked(CODE) + b"\x00",
    "nothing": b"",
}


@pytest.mark.parametrize("message", FRAMES.values(), ids=FRAMES.keys())
def test_a_message_of_another_shape_is_malformed(message):
    assert asked(packed(message)) is Refusal.MALFORMED


@pytest.mark.parametrize("signature", [bytes(64), b"\xff" * 64, bytes(32) + b"\x01" * 32])
def test_a_signature_out_of_range_is_a_bad_signature(signature):
    payload = cwt.encoded(claims_of(KEYS))
    message = cose.framed(Sign1(KEY.kid, payload, signature))
    assert asked(packed(message)) is Refusal.BAD_SIGNATURE


CLAIMS = cbor2.loads(cwt.encoded(claims_of(KEYS)))
PAYLOADS = {
    "nothing": b"",
    "an empty map": cbor2.dumps({}),
    "a list": cbor2.dumps(list(CLAIMS.values())),
    "deep nesting": b"\xa9\x01" + b"\x81" * 900,
    "not a number": cbor2.dumps({**CLAIMS, 6: float("nan")}),
    "a fraction": cbor2.dumps({**CLAIMS, 6: CLAIMS[6] + 0.5}),
    "a huge number": cbor2.dumps({**CLAIMS, 4: 2**64}),
    "a huger number": cbor2.dumps({**CLAIMS, 4: 2**3000}),
    "a negative number": cbor2.dumps({**CLAIMS, 6: -1}),
    "true": cbor2.dumps({**CLAIMS, 6: True}),
    "a claim more": cbor2.dumps({**CLAIMS, 2: "somebody"}),
    "a claim less": cbor2.dumps({key: CLAIMS[key] for key in CLAIMS if key != 7}),
    "a claim twice": b"\xaa" + cbor2.dumps(CLAIMS)[1:] + cbor2.dumps({6: 0})[1:],
    "another order": cbor2.dumps(dict(reversed(CLAIMS.items()))),
    "an unknown state": cbor2.dumps({**CLAIMS, -65537: "forgiven"}),
    "an unknown colour": cbor2.dumps({**CLAIMS, -65538: "blue"}),
    "a colour that is bytes": cbor2.dumps({**CLAIMS, -65538: b"green"}),
    "a colour while pending": cbor2.dumps({**CLAIMS, -65537: "pending"}),
    "no colour when issued": cbor2.dumps({key: CLAIMS[key] for key in CLAIMS if key != -65538}),
    "text that is not UTF-8": cbor2.dumps(CLAIMS).replace("张".encode(), b"\xff\xfe\xfd"),
    "an indefinite map": b"\xbf" + cbor2.dumps(CLAIMS)[1:] + b"\xff",
    "something behind": cbor2.dumps(CLAIMS) + b"\x00",
}


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_even_rightly_signed_claims_of_another_shape_are_malformed(payload):
    assert asked(signed(KEY, payload)) is Refusal.MALFORMED
