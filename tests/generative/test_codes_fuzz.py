"""Whatever the bytes: no stray exception, and what is accepted was issued.

20,000 mutants in `make test`; YIMATONG_DEEP=1 tries 1,000,000. No failure in N tries bounds
the rate at 3/N with 95 % confidence.
"""

import os
import random
from datetime import timedelta

import cbor2
from hypothesis import given
from hypothesis import strategies as st
from tests.lib.codes import NOON, claims_of, encoded, packed, paper_of, ring, signed, unpacked
from tests.lib.mutants import changed, mutant

from yimatong.codes import base45, cwt
from yimatong.codes.mint import Mint
from yimatong.codes.profile import PREFIX
from yimatong.codes.verify import Refusal, Verified, verify

TRIES = 1_000_000 if os.environ.get("YIMATONG_DEEP") else 20_000
KEYS = ring()
KEY = KEYS.issuer("hubei")
TRUSTED = KEYS.verifiers()
ISSUED = [
    claims_of(KEYS, state=state, colour=colour, expires_at=NOON + timedelta(seconds=seconds))
    for state, colour in [("issued", "red"), ("issued", "green"), ("pending", None)]
    for seconds in (60, 3600)
]
ON_PAPER = [paper_of(), paper_of(pass_until=NOON + timedelta(days=5))]
ISSUED_AT_ALL = [*ISSUED, *ON_PAPER]
CODES = [Mint(KEYS).plain(claims) for claims in ISSUED]
CODES += [Mint(KEYS).paper(claims) for claims in ON_PAPER]
STRANGER = ring(seed=2)
OTHERS = [Mint(STRANGER).plain(claims_of(STRANGER)), Mint(ring("demo")).plain(claims_of(KEYS))]


def test_a_mutant_is_refused_or_says_exactly_what_was_issued():
    draw, accepted = random.Random(TRIES), 0
    for _ in range(TRIES):
        found = verify(text := mutant([*CODES, *OTHERS], draw), TRUSTED, NOON)
        if isinstance(found, Verified):
            accepted += 1
            assert found.claims in ISSUED_AT_ALL, text
        else:
            assert isinstance(found, Refusal)
    assert 0 < accepted < TRIES / 2  # other spellings of the same payload


def test_mutated_claims_that_the_key_did_sign_are_read_in_one_way_or_refused():
    draw = random.Random(45)
    payloads = [encoded(claims) for claims in ISSUED_AT_ALL]
    for _ in range(TRIES // 10):
        payload = changed(draw.choice(payloads), draw.choice(payloads), draw)
        found = verify(signed(KEY, payload), TRUSTED, NOON)
        assert isinstance(found, Refusal) or encoded(found.claims) == payload


SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.binary(max_size=80) | st.text()
)
KEYS_OF_MAPS = st.sampled_from([1, 4, 6, 7, -65537, -65541]) | st.integers() | st.text(max_size=3)
CBOR = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(KEYS_OF_MAPS, inner, max_size=9)
        | st.builds(cbor2.CBORTag, st.sampled_from([18, 17, 0, 1, 2, 4, 28, 55799]), inner)
    ),
    max_leaves=20,
)


@given(st.text(max_size=400) | st.text(base45.ALPHABET, max_size=400))
def test_any_text_is_malformed(text):
    assert verify(text, TRUSTED, NOON) is Refusal.MALFORMED
    assert verify(PREFIX + text, TRUSTED, NOON) is Refusal.MALFORMED


@given(st.binary(max_size=400) | CBOR.map(cbor2.dumps))
def test_any_message_is_malformed(message):
    assert verify(packed(message), TRUSTED, NOON) is Refusal.MALFORMED


@given(st.lists(CBOR, min_size=3, max_size=5))
def test_any_content_of_a_sign1_is_malformed(fields):
    message = cbor2.dumps(cbor2.CBORTag(18, fields))
    assert verify(packed(message), TRUSTED, NOON) is Refusal.MALFORMED


@given(CBOR.map(cbor2.dumps))
def test_any_payload_that_the_key_did_sign_is_malformed(payload):
    assert verify(signed(KEY, payload), TRUSTED, NOON) is Refusal.MALFORMED


@given(
    st.sampled_from([ISSUED[0], ON_PAPER[1]]),
    st.dictionaries(st.sampled_from(list(cbor2.loads(cwt.encoded(ISSUED[0])))), SCALARS),
)
def test_claims_of_any_types_that_the_key_did_sign_are_refused_or_read_in_one_way(issued, swapped):
    payload = cbor2.dumps({**cbor2.loads(encoded(issued)), **swapped})
    found = verify(signed(KEY, payload), TRUSTED, NOON)
    assert isinstance(found, Refusal) or encoded(found.claims) == payload


def test_the_unchanged_codes_are_accepted():
    for code, claims in zip(CODES, ISSUED_AT_ALL, strict=True):
        found = verify(code, TRUSTED, NOON)
        assert isinstance(found, Verified)
        assert found.claims == claims
        assert unpacked(code).startswith(b"\xd2\x84")
