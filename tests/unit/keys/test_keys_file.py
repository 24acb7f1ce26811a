import base64
import random

import pytest

from yimatong.kernel.errors import Misconfigured
from yimatong.keys import from_file, new_keys, revoke_issuing, rotate, rotate_issuing, to_file

AGAIN = random.Random(7).randbytes


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys.toml"


def test_a_ring_comes_back_from_its_file_whole(keys, clock, path):
    ring = rotate(rotate(keys, "sealing", clock.now()), "matching", clock.now())
    ring = revoke_issuing(rotate_issuing(ring, "hubei", clock.now()), keys.issuer("hunan").kid)
    to_file(ring, path)
    again = from_file(path, AGAIN)
    assert (again.purpose, again.sealing, again.matching) == ("test", ring.sealing, ring.matching)
    assert [vars_of(key) for key in again.issuing] == [vars_of(key) for key in ring.issuing]


def test_a_ring_without_regions_comes_back_too(randomness, clock, path):
    to_file(new_keys("production", [], randomness, clock.now()), path)
    assert from_file(path, AGAIN).issuing == ()


def test_only_the_owner_can_read_the_file(keys, path):
    to_file(keys, path)
    to_file(keys, path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["keys.toml"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o622, 0o644])
def test_a_file_that_others_can_read_is_refused(keys, path, mode):
    to_file(keys, path)
    path.chmod(mode)
    with pytest.raises(Misconfigured) as caught:
        from_file(path, AGAIN)
    assert caught.value.problems[0].code == "keys.file_open_to_others"
    assert caught.value.problems[0].params == {"mode": f"{mode:04o}"}


def test_a_file_that_is_missing_is_said_so(path):
    with pytest.raises(Misconfigured, match=r"keys\.no_file"):
        from_file(path, AGAIN)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[[sealing]]", "[[sealing"),
        ("[[sealing]]", "[[ceiling]]"),
        ('purpose = "test"', 'purpose = "production"'),
        ('purpose = "test"', 'purpose = "fun"'),
        ('secret = "', 'secret = "AA'),
        ('id = "test-hunan', 'id = "hunan'),
    ],
)
def test_a_file_that_was_edited_wrongly_is_refused(keys, path, old, new):
    to_file(keys, path)
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(Misconfigured, match=r"keys\.file_(unreadable|incomplete)"):
        from_file(path, AGAIN)


def test_a_file_without_symmetric_keys_is_refused(path):
    path.touch(mode=0o600)
    path.write_text('purpose = "test"\nsealing = []\nmatching = []\n')
    with pytest.raises(Misconfigured, match=r"keys\.file_incomplete"):
        from_file(path, AGAIN)


@pytest.mark.requirement("YM-09")
def test_a_printed_ring_shows_no_secret(keys):
    printed = repr(keys) + repr(keys.sealing) + repr(keys.issuing) + repr(keys.issuing[0].verifier)
    for key in (*keys.sealing, *keys.matching):
        assert key.id.hex() in repr(keys)
        assert repr(key.secret)[2:-1] not in printed
        assert base64.b64encode(key.secret).decode() not in printed


def vars_of(key):
    numbers = key.private_key.private_numbers()
    return numbers, key.kid, key.region, key.purpose, key.not_before, key.not_after, key.revoked
