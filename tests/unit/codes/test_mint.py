import random
from uuid import UUID

import cbor2
import pytest
import segno
from tests.lib.codes import GREEN, NOON, PERSON, REGIONS, claims_of, ring, unpacked

from yimatong.codes import code_ids, cose, cwt
from yimatong.codes.mint import LIFE, Mint
from yimatong.codes.verify import Verified, verify
from yimatong.kernel.errors import Misconfigured
from yimatong.policy.standing import Standing


def test_a_code_says_what_was_put_in_and_verifies_as_it():
    keys = ring()
    claims = claims_of(keys)
    assert verify(Mint(keys).plain(claims), keys.verifiers(), NOON) == Verified(
        claims, keys.issuer("hubei").kid
    )


def test_any_decoder_of_the_standards_reads_a_code():
    keys = ring()
    message = cbor2.loads(unpacked(Mint(keys).plain(claims_of(keys))))
    protected, unprotected, payload, signature = message.value
    assert (message.tag, dict(unprotected), len(signature)) == (18, {}, 64)
    assert cbor2.loads(protected) == {1: -7, 4: keys.issuer("hubei").kid}
    claims = cbor2.loads(payload)
    assert claims.pop(7) != PERSON.bytes
    assert claims == {
        1: "hubei",
        6: int(NOON.timestamp()),
        4: int((NOON + LIFE).timestamp()),
        -65537: "issued",
        -65538: "green",
        -65539: "hubei@2020-03-16",
        -65540: "张*",
        -65541: "2X",
    }


def test_what_is_signed_is_the_sig_structure_of_rfc_9052():
    structure = cbor2.loads(cose.to_be_signed(b"kid", b"payload"))
    assert structure == ["Signature1", bytes.fromhex("a2012604436b6964"), b"", b"payload"]


@pytest.mark.parametrize("state", ["undeclared", "pending", "refused", "expired", "not_in_force"])
def test_a_state_other_than_issued_goes_without_a_colour(state):
    keys = ring()
    standing = Standing(state, None, (), None, None, "shandong@2020-02-22")
    claims = Mint(keys).claims(PERSON, "shandong", standing, ("李*", "18"), NOON)
    payload = cwt.encoded(claims)
    assert -65538 not in cbor2.loads(payload)
    assert cwt.decoded(payload) == claims


def test_the_server_reads_the_person_from_a_code_and_two_codes_are_not_linked():
    keys = ring()
    first, second = code_ids.sealed(PERSON, keys), code_ids.sealed(PERSON, keys)
    assert not {first[i : i + 8] for i in range(4, 44)} & {second[i : i + 8] for i in range(4, 44)}
    assert code_ids.opened(first, keys) == code_ids.opened(second, keys) == PERSON
    assert code_ids.opened(first, ring(seed=2)) is None


def test_a_region_without_an_issuing_key_is_a_mistake_of_the_configuration():
    keys = ring()
    with pytest.raises(Misconfigured):
        Mint(keys).plain(claims_of(keys, region="jiangxi"))


@pytest.mark.parametrize("region", REGIONS)
def test_the_qr_code_of_a_long_name_is_of_version_12_at_most(region):
    keys = ring("demo")
    claims = claims_of(keys, region=region, name="阿依古丽***", policy=f"{region}@2020-02-22")
    drawn = segno.make(Mint(keys).plain(claims), error="m", boost_error=False)
    assert drawn.mode == "alphanumeric"
    assert drawn.version <= 12


@pytest.mark.requirement("YM-09")
def test_ten_thousand_codes_hold_the_claims_and_nothing_about_the_person():
    keys, draw = ring(), random.Random(7)
    mint = Mint(keys)
    for _ in range(10_000):
        person, phone = UUID(bytes=draw.randbytes(16)), f"1390000{draw.randrange(10_000):04}"
        number = f"{draw.randrange(110000, 660000)}{draw.randrange(10**11, 10**12)}"
        surname, given = draw.choice("赵钱孙李周吴郑王"), draw.choice("一二三甲乙丙") + "安"
        claims = mint.claims(person, "hubei", GREEN, (surname + "*", number[-2:]), NOON)
        message = unpacked(mint.plain(claims))
        found = cbor2.loads(cbor2.loads(message).value[2])
        assert set(found) == {1, 4, 6, 7, -65537, -65538, -65539, -65540, -65541}
        for secret in (person.hex, str(person), number, number[6:14], phone, given):
            assert secret.encode() not in message
        assert person.bytes not in message
