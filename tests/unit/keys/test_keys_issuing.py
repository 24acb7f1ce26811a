from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA

from yimatong.kernel.errors import Misconfigured, NotFound
from yimatong.keys import PURPOSES, new_keys, purpose_of, revoke_issuing, rotate_issuing


def test_what_a_region_signs_its_verifier_accepts(keys):
    issuer = keys.issuer("hunan")
    signature = issuer.private_key.sign(b"code", ECDSA(hashes.SHA256()))
    keys.verifiers()[issuer.kid].public_key.verify(signature, b"code", ECDSA(hashes.SHA256()))


@pytest.mark.parametrize("purpose", PURPOSES)
def test_the_id_alone_says_what_a_key_is_for(purpose, randomness, clock):
    issuer = new_keys(purpose, ["hunan"], randomness, clock.now()).issuer("hunan")
    assert purpose_of(issuer.kid) == issuer.purpose == purpose


def test_a_key_has_a_period_of_a_year(keys, clock):
    issuer = keys.issuer("hubei")
    assert issuer.not_before == clock.now()
    assert issuer.not_after == clock.now() + timedelta(days=365)


def test_after_a_rotation_the_new_signs_and_the_old_still_verifies(keys, clock):
    old = keys.issuer("hubei")
    rotated = rotate_issuing(keys, "hubei", clock.now())
    assert rotated.issuer("hubei").kid != old.kid
    assert not rotated.verifiers()[old.kid].revoked


def test_a_revoked_key_signs_nothing_and_is_known_as_revoked(keys):
    old = keys.issuer("hubei")
    revoked = revoke_issuing(keys, old.kid)
    assert revoked.verifiers()[old.kid].revoked
    with pytest.raises(Misconfigured, match=r"keys\.no_issuer"):
        revoked.issuer("hubei")


def test_a_key_that_is_not_there_cannot_be_revoked(keys):
    with pytest.raises(NotFound):
        revoke_issuing(keys, b"test-nowhere-00")


def test_a_region_without_a_key_is_said_by_name(keys):
    with pytest.raises(Misconfigured, match=r"keys\.no_issuer"):
        keys.issuer("nowhere")
